"""Credibility: trust in an organization, its kind and the sector: slow to build, fast to lose."""

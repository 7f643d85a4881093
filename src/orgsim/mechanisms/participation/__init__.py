"""Participation: what organizations tell government, and what it learns."""

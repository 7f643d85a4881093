"""Compliance: whether an organization keeps the rules, in two layers, and whom it copies."""

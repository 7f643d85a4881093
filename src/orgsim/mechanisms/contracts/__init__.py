"""Contracts: calls, applications, awards, delivery, late payment, and what communities buy themselves."""

"""Turnover: who leaves, and for where."""

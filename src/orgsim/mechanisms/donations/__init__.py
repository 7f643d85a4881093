"""Donations: what people and companies give, what matching adds, and how public money dampens the asking."""

"""Accounts: the only owner of cash. Every month Δcash = receipts − outlays, for each organization."""

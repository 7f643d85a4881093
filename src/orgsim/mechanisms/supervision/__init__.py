"""Supervision: who is found out and by whom, what follows, what is rewarded, and what the archive remembers."""

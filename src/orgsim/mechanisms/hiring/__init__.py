"""Hiring: how many posts the money carries, who is let go, how fast vacancies fill and with whom."""

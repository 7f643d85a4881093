"""Morale: satisfaction, aspiration, burnout and passion of each person, and what their organization lends them."""

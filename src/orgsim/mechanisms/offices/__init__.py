"""Offices: how strictly those who supervise do so, if they too go by what it brings them."""

"""Fits free values of the model to the targets by history matching and approximate Bayesian computation."""

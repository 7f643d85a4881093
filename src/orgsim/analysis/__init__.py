"""The model held against the evidence: targets and their bands, how each is measured, and what comes out."""

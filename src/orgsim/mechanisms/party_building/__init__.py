"""Party building: where Party organizations are and how far they work."""

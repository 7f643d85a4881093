"""Engines walk the schedule: over columns, over agents, or over both at once, comparing."""

"""Pay: what a post earns against the outside wage, and what public money adds to it."""

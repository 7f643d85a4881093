"""Parts of a screen, drawn into a place they are given."""

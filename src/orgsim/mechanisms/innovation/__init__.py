"""Innovation and learning: who tries something new, who learns from whom, and who leads."""

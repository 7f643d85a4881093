"""Autonomy: dependence, embeddedness on three sides, the balance between them, and mission drift."""

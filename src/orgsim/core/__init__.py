"""What the model is written in: rules, draws, columns, phases. It knows nothing of organizations."""

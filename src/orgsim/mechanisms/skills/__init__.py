"""Skills: what training and supervision build, what people get done, and the quality of what they do."""

"""Management: how well an organization is run inside."""

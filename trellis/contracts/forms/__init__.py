"""What the pages of the alliance contract ask."""

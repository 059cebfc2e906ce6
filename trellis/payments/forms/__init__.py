"""What the pages about money ask."""

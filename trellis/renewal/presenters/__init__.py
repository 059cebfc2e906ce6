"""The words and rows of pages of this area."""

"""Words and rows of the pages about money."""

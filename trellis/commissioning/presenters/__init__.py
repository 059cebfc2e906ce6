"""Words and rows of the pages of this area, a file per topic."""

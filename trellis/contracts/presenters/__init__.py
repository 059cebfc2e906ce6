"""Words and rows of the alliance contract's pages."""

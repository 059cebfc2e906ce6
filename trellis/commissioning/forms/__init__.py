"""What the pages of this area ask, a file per topic."""

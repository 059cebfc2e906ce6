"""Pure rules of this area, a file per topic."""

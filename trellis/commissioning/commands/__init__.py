"""Writes of this area, a file per topic."""

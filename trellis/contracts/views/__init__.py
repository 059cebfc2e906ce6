"""Pages of the alliance contract."""

"""Pages that span areas; reads only."""

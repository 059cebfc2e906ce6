"""Pure rules of this area."""

"""Writes of this area."""

"""Reads of this area."""

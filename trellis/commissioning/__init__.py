"""Outcomes and indicators, and the tapered budget."""

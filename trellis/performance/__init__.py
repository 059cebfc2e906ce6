"""Readings of indicators, and the quarter’s report."""

"""Writes of payments, topic by topic."""

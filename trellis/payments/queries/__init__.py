"""Reads of the money, topic by topic, always in scope."""

"""Trellis: commission an alliance that supports community organisations, and run it."""

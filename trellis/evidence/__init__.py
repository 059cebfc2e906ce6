"""Dated facts about delivery, append-only: what all performance is computed from."""

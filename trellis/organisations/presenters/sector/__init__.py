"""The sector in pictures: each with its finding, its figures and what is counted."""

from trellis.organisations.presenters.sector.page import page, picture_rows

__all__ = ["page", "picture_rows"]

"""Words and rows of the directory and of profiles."""

from trellis.organisations.presenters.directory import directory, directory_table
from trellis.organisations.presenters.profile import edit, profile, sources

__all__ = ["directory", "directory_table", "edit", "profile", "sources"]

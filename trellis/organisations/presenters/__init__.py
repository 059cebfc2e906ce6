"""Words and rows of the directory and of profiles."""

from trellis.organisations.presenters.directory import directory, directory_table
from trellis.organisations.presenters.profile import correct, edit, profile, sources
from trellis.organisations.presenters.suggestions import suggestions

__all__ = ["correct", "directory", "directory_table", "edit", "profile", "sources", "suggestions"]

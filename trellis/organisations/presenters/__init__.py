"""Words and rows of the directory and of profiles."""

from trellis.organisations.presenters.directory import directory, directory_table
from trellis.organisations.presenters.embeds import directory_embed, organisation_embed
from trellis.organisations.presenters.profile import correct, edit, profile, sources
from trellis.organisations.presenters.suggestions import suggestions

__all__ = [
    "correct",
    "directory",
    "directory_embed",
    "directory_table",
    "edit",
    "organisation_embed",
    "profile",
    "sources",
    "suggestions",
]

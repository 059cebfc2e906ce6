"""Writes to the register. Imports write in `imports`."""

from trellis.organisations.commands.keeping import (
    confirm_profile,
    list_organisation_again,
    say_where_it_went,
    unlist_organisation,
)
from trellis.organisations.commands.profile import ITSELF, KEEPERS, change_profile, undo_profile_change

__all__ = [
    "ITSELF",
    "KEEPERS",
    "change_profile",
    "confirm_profile",
    "list_organisation_again",
    "say_where_it_went",
    "undo_profile_change",
    "unlist_organisation",
]

"""Writes to the register. Imports write in `imports`."""

from trellis.organisations.commands.profile import ITSELF, change_profile, undo_profile_change

__all__ = ["ITSELF", "change_profile", "undo_profile_change"]

"""Writes of this area: callers need not know which file a verb stands in."""

from trellis.accounts.commands.invitations import accept_invitation, invite_person, withdraw_invitation
from trellis.accounts.commands.memberships import add_membership, end_membership, end_role, restore_membership
from trellis.accounts.commands.people import add_person, change_name
from trellis.accounts.commands.sign_in import end_other_sessions, end_session, note, note_failed_sign_in

__all__ = [
    "accept_invitation",
    "add_membership",
    "add_person",
    "change_name",
    "end_membership",
    "end_other_sessions",
    "end_role",
    "end_session",
    "invite_person",
    "note",
    "note_failed_sign_in",
    "restore_membership",
    "withdraw_invitation",
]

"""Writes of this area: callers need not know which file a verb stands in."""

from trellis.accounts.commands.claim_answers import (
    agree_to_claim,
    object_to_claim,
    run_claims,
    settle_claim,
    vouch_for_claim,
)
from trellis.accounts.commands.claims import enter_code, post_letter, start_claim, withdraw_claim
from trellis.accounts.commands.groups import add_own_group
from trellis.accounts.commands.invitations import accept_invitation, invite_person, withdraw_invitation
from trellis.accounts.commands.memberships import add_membership, end_membership, end_role, restore_membership
from trellis.accounts.commands.notices import send_notices
from trellis.accounts.commands.people import add_person, change_name
from trellis.accounts.commands.sign_in import end_other_sessions, end_session, note, note_failed_sign_in

__all__ = [
    "accept_invitation",
    "add_membership",
    "add_own_group",
    "add_person",
    "agree_to_claim",
    "change_name",
    "end_membership",
    "end_other_sessions",
    "end_role",
    "end_session",
    "enter_code",
    "invite_person",
    "note",
    "note_failed_sign_in",
    "object_to_claim",
    "post_letter",
    "restore_membership",
    "run_claims",
    "send_notices",
    "settle_claim",
    "start_claim",
    "vouch_for_claim",
    "withdraw_claim",
    "withdraw_invitation",
]

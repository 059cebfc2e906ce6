"""Who may invite whom, and when an invitation or a membership may change. Pure: no database, request or clock."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from trellis.accounts.roles import ADMINISTRATOR, ALL, Role
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission

Held = Iterable[tuple[Role, int]]

USED = "This invitation has been used. If it was not you, tell the person who invited you."
WITHDRAWN = "This invitation was withdrawn. Ask the person who invited you for a new one."
ALREADY_INVITED = "They have an open invitation for this role. Use “Send again” to send a new email."
ALREADY_ENDED = "Somebody has already ended this. Nothing was changed."


def digest_of(secret: str) -> str:
    """SHA-256 of the link's secret, in hexadecimal. It is random and long, so it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def roles_they_may_give(held: Held, organisation_id: int) -> list[Role]:
    """Which roles somebody may invite others to at an organisation, and end there again.

    `held` is each of their roles with the organisation where they hold it. At their own organisation they give roles
    of the kind that they hold themselves; an administrator of the council gives the other kinds everywhere else.
    """
    given = {
        role.code
        for holds, place in held
        for role in ALL
        if role.code in holds.invites and _reaches(holds, role, at_home=place == organisation_id)
    }
    return [role for role in ALL if role.code in given]


def _reaches(holds: Role, role: Role, *, at_home: bool) -> bool:
    same_kind = role.of == holds.of
    return same_kind if at_home else Permission.PEOPLE_INVITE_ELSEWHERE in holds.permissions and not same_kind


def check_can_invite(*, role: Role, may_give: list[Role], holds_it_already: bool) -> None:
    """Raises RuleBroken when the role is not theirs to give, or the person has it."""
    if role not in may_give:
        raise RuleBroken(f"You cannot invite somebody as {role.name.lower()} here.", field="role")
    if holds_it_already:
        raise RuleBroken("They already have this role here.", field="email")


def check_can_accept(
    *,
    invited: str,
    verified_addresses: Iterable[str],
    at: datetime,
    expires_at: datetime,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
) -> None:
    """Raises RuleBroken unless the invitation is open, and theirs by an address that they have shown to be theirs."""
    if accepted_at:
        raise RuleBroken(USED)
    if withdrawn_at:
        raise RuleBroken(WITHDRAWN)
    if expires_at <= at:
        raise RuleBroken("This invitation has run out. Ask the person who invited you for a new one.")
    if invited.lower() not in {address.lower() for address in verified_addresses}:
        raise RuleBroken("This invitation was sent to another email address. Sign in with that address to use it.")


def check_can_end(*, role: Role, may_give: list[Role], is_own: bool, others_with_it: int) -> None:
    """Raises RuleBroken when the membership is not theirs to end. Anyone may leave; the last administrator may not."""
    if not is_own and role not in may_give:
        raise RuleBroken(f"You cannot end the role of {role.name.lower()} here.")
    if role is ADMINISTRATOR and not others_with_it:
        raise RuleBroken("There must be at least 1 administrator. Invite another before you end this one.")


def check_can_restore(*, role: Role, may_give: list[Role]) -> None:
    """Raises RuleBroken when the role is not theirs to give back."""
    if role not in may_give:
        raise RuleBroken(f"You cannot give back the role of {role.name.lower()} here.")


def check_name(name: str) -> str:
    """The name with its spaces tidied; raises RuleBroken when nothing is left of it."""
    tidy = " ".join(name.split())
    if not tidy:
        raise RuleBroken("Enter your name", field="name")
    return tidy

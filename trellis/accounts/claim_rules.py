"""When somebody comes to speak for an organisation that they ask to speak for. Pure."""

from datetime import datetime, timedelta

from trellis.core.errors import RuleBroken

OPEN, PROVED, OBJECTED = "open", "proved", "objected"
GRANTED, REFUSED, WITHDRAWN, EXPIRED = "granted", "refused", "withdrawn", "expired"
EMAIL, LETTER, VOUCH = "email", "letter", "vouch"
# What may be done from where, and where it leads.
TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "prove": (frozenset({OPEN}), PROVED),
    "grant": (frozenset({PROVED}), GRANTED),
    "agree": (frozenset({OPEN, PROVED}), GRANTED),
    "object": (frozenset({OPEN, PROVED}), OBJECTED),
    "uphold": (frozenset({OBJECTED}), GRANTED),
    "refuse": (frozenset({OPEN, PROVED, OBJECTED}), REFUSED),
    "withdraw": (frozenset({OPEN, PROVED, OBJECTED}), WITHDRAWN),
    "expire": (frozenset({OPEN}), EXPIRED),
}
TOO_LATE = "This claim has moved on meanwhile. Look at it again."
WRONG_CODE = "That code is not right. Look at it again: it has 8 letters and figures."
TRIED_TOO_OFTEN = "That was one wrong code too many. Withdraw this claim and ask anew."


def can(status: str, action: str) -> bool:
    """Whether an action is possible at a status."""
    return status in TRANSITIONS[action][0]


def check_can(status: str, action: str) -> None:
    """Raise RuleBroken where an action is not possible at a status."""
    if not can(status, action):
        raise RuleBroken(TOO_LATE)


def check_can_start(*, speaks_already: bool, has_open_claim: bool, claims: int, most: int) -> None:
    """Raise RuleBroken for somebody who speaks for it, has asked already, or asks too often."""
    if speaks_already:
        raise RuleBroken("You speak for this organisation already.")
    if has_open_claim:
        raise RuleBroken("You have asked to speak for it already. Open that claim from your account.")
    if claims >= most:
        raise RuleBroken("You have asked to speak for many organisations lately. Wait, or ask us for help.")


def check_proof(*, proof: str, has_email: bool, has_address: bool) -> None:
    """Raise RuleBroken for a way of proof that this organisation does not offer."""
    if proof == EMAIL and not has_email:
        raise RuleBroken("The register holds no email address of it. Choose another way.", field="proof")
    if proof == LETTER and not has_address:
        raise RuleBroken("The register holds no postal address of it. Choose another way.", field="proof")


def check_can_enter_code(*, is_own: bool, status: str, was_sent: bool, at: datetime, expires_at: datetime) -> None:
    """Raise RuleBroken unless their own claim waits for a code that was sent and still holds."""
    if not is_own:
        raise RuleBroken("This code belongs to somebody else's claim.")
    check_can(status, "prove")
    if not was_sent:
        raise RuleBroken("No code was sent yet. The letter is still to be posted.")
    if expires_at <= at:
        raise RuleBroken("This code has run out. Withdraw this claim and ask anew.")


def check_can_vouch(
    *, may_vouch: bool, is_for_me: bool, is_colleague: bool, competes: bool, asked_for: bool, how_known: str
) -> None:
    """Raise RuleBroken unless an adviser vouches, for somebody who is not one of their own, and says how they know.

    `competes`: the adviser's organisation is the one that is claimed, or competes with it.
    """
    if not may_vouch:
        raise RuleBroken("Only an adviser can vouch for somebody.")
    if not asked_for:
        raise RuleBroken("They chose another way to show that they may speak for it.")
    if is_for_me:
        raise RuleBroken("You cannot vouch for yourself.")
    if is_colleague:
        raise RuleBroken("You cannot vouch for somebody of your own organisation. Ask an adviser of another.")
    if competes:
        raise RuleBroken("Your organisation competes with this one. Leave it to an adviser of another.")
    if not how_known.strip():
        raise RuleBroken("Say how you know that they speak for it.", field="how_known")


def check_can_answer_for(*, speaks: bool) -> None:
    """Raise RuleBroken unless they speak for the organisation now."""
    if not speaks:
        raise RuleBroken("Only somebody who speaks for the organisation can say this.")


def check_can_settle(*, is_keeper: bool, is_for_me: bool, reason: str) -> None:
    """Raise RuleBroken unless somebody who keeps the register settles another's claim, and says why."""
    if not is_keeper:
        raise RuleBroken("Only those who keep the register can settle this.")
    if is_for_me:
        raise RuleBroken("You cannot settle your own claim.")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")


def check_can_post(*, is_keeper: bool, proof: str, status: str) -> None:
    """Raise RuleBroken unless a letter is wanted, and those who keep the register make it."""
    if not is_keeper:
        raise RuleBroken("Only those who keep the register can post the letter.")
    if proof != LETTER:
        raise RuleBroken("They chose another way to show that they may speak for it.")
    check_can(status, "prove")


def may_be_granted_at(proved_at: datetime, objection_days: int) -> datetime:
    """Until when those who speak for it can object; then silence lets the person in."""
    return proved_at + timedelta(days=objection_days)


def tidied_code(typed: str) -> str:
    """A code as it was made, however it was typed: capitals, without the hyphen."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def masked(address: str) -> str:
    """An e-mail address that tells nothing to whoever does not know it: "d…@example.org"."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"

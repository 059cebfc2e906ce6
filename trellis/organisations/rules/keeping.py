"""When a profile is due to be looked at again, and who may take an organisation out of the directory. Pure."""

from datetime import date

from trellis.core.errors import RuleBroken
from trellis.core.periods import add_months

NOT_YOURS = "Only the organisation itself, or those who keep the register, can do this."


def check_due_on(confirmed_on: date | None, known_since: date, months: int) -> date:
    """The day on which an organisation is asked "is this still right?".

    So many months after it last said so; of one that never did, after it came to the register.
    """
    return add_months(confirmed_on or known_since, months)


def is_stale(confirmed_on: date | None, today: date, months: int) -> bool:
    """Whether what it said of itself is so many months old. What it never said cannot grow old: that has sources."""
    return confirmed_on is not None and add_months(confirmed_on, months) <= today


def check_can_confirm(*, is_own: bool, is_listed: bool) -> None:
    """Raise RuleBroken unless this person speaks for an organisation that stands."""
    if not is_own:
        raise RuleBroken("Only the organisation itself can say that its profile is right.")
    if not is_listed:
        raise RuleBroken("This organisation is now part of another. Look at the other one's profile.")


def check_can_unlist(*, is_own: bool, is_keeper: bool, reason: str) -> None:
    """Raise RuleBroken unless it is theirs to hide; who keeps the register says on whose word."""
    if not (is_own or is_keeper):
        raise RuleBroken(NOT_YOURS)
    if not is_own and not reason.strip():
        raise RuleBroken("Say who asked for this, and why.", field="reason")


def check_can_list_again(*, is_own: bool, is_keeper: bool) -> None:
    """Raise RuleBroken unless it is theirs to show again."""
    if not (is_own or is_keeper):
        raise RuleBroken(NOT_YOURS)


def check_can_say_where_it_went(*, is_keeper: bool, is_removed: bool, words: str) -> None:
    """Raise RuleBroken unless somebody who keeps the register says it of an organisation that is gone."""
    if not is_keeper:
        raise RuleBroken("Only those who keep the register can say this.")
    if not is_removed:
        raise RuleBroken("This organisation is active. Only where the work of one that is gone went can be told.")
    if not words.strip():
        raise RuleBroken("Say where its work or what it owned went.", field="went_to")

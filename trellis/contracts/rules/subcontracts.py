"""When a subcontract may move on, and on which terms. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.core.money import pounds_and_pence
from trellis.web.words import counted, day

# (status, verb) → status. Whatever is not here is refused.
TRANSITIONS: dict[tuple[str, str], str] = {
    ("proposed", "check"): "checked",
    ("checked", "agree"): "agreed",
    ("agreed", "start"): "running",
    ("running", "end"): "ended",
    ("proposed", "drop"): "dropped",
    ("checked", "drop"): "dropped",
    ("agreed", "drop"): "dropped",
}
WORDS = {
    "proposed": "proposed and not checked yet",
    "checked": "checked, and waits to be agreed",
    "agreed": "agreed, and has not started",
    "running": "running",
    "ended": "ended",
    "dropped": "dropped",
}


def next_status(status: str, verb: str) -> str:
    """What it becomes; RuleBroken with what it is now where the step is not its next."""
    if (status, verb) not in TRANSITIONS:
        raise RuleBroken(f"This subcontract is {WORDS[status]}. You cannot {verb} it.")
    return TRANSITIONS[status, verb]


def can(status: str, verb: str) -> bool:
    """Whether the step is open to it now."""
    return (status, verb) in TRANSITIONS


def check_terms(
    *, value: Decimal, starts_on: date, ends_on: date, term: tuple[date, date], days_to_pay: int, most_days: int
) -> None:
    """Refuse a term outside the contract's, and an invoice paid later than the law lets the partner be.

    `most_days` is the rulebook's: what binds the council binds each payer below it (regulation 113 of the Public
    Contracts Regulations 2015, section 73 of the Procurement Act 2023).
    """
    if value <= 0:
        raise RuleBroken("A subcontract is worth more than nothing.", field="value")
    if ends_on < starts_on:
        raise RuleBroken("The last day is before the first day. Check both dates.", field="ends_on")
    if starts_on < term[0]:
        raise RuleBroken(f"The contract starts on {day(term[0])}: nothing starts before it.", field="starts_on")
    if ends_on > term[1]:
        raise RuleBroken(f"The contract ends on {day(term[1])}: nothing goes on after it.", field="ends_on")
    if days_to_pay > most_days:
        raise RuleBroken(
            f"The body must be paid within {counted(most_days, 'day')} of a valid invoice, as you are.",
            field="days_to_pay",
        )


def check_is_from_outside(*, is_member: bool) -> None:
    """Refuse a member as its own subcontractor: what it does is its share."""
    if is_member:
        raise RuleBroken("This is a member of the alliance. What it does is part of its share.", field="organisation")


def check_fits_share(*, value: Decimal, committed: Decimal, share_worth: Decimal) -> None:
    """Refuse to promise more than the partner's share is worth. All in pounds over the contract's term."""
    left = share_worth - committed
    if value > left:
        raise RuleBroken(
            f"The partner’s share is worth {pounds_and_pence(share_worth)} over the term, of which "
            f"{pounds_and_pence(left)} is not promised yet.",
            field="value",
        )


def check_can_pass(*, asked: Mapping[str, str], answers: Mapping[str, str]) -> None:
    """Refuse to pass the checks while one is open or was answered with no. `asked` and `answers` are by code."""
    open_still = [code for code in asked if code not in answers]
    if open_still:
        raise RuleBroken(f"{counted(len(open_still), 'check')} of {len(asked)} not answered yet.")
    failed = [asked[code] for code in asked if answers[code] == "no"]
    if failed:
        raise RuleBroken(f"Answered with no: {failed[0]} Put that right first, or drop the subcontract.")


def check_can_agree(*, terms_passed_on: bool) -> None:
    """Refuse to agree while the contract's terms do not bind the body too."""
    if not terms_passed_on:
        raise RuleBroken("The contract’s terms are not passed on yet. They must bind the body too.")


def check_can_start(*, starts_on: date, today: date) -> None:
    """Refuse to start before its first day."""
    if today < starts_on:
        raise RuleBroken(f"It starts on {day(starts_on)}.")


def check_can_end(*, starts_on: date, ends_on: date, ending_on: date, today: date) -> None:
    """Refuse an end that has not come, or outside its term."""
    if ending_on > today:
        raise RuleBroken("That day has not come yet.", field="ended_on")
    if not starts_on <= ending_on <= ends_on:
        raise RuleBroken(
            f"It runs from {day(starts_on)} to {day(ends_on)}: the last day is one of these.", field="ended_on"
        )

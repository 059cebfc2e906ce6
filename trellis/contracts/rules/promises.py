"""When a promise of the bid is kept or broken. Pure."""

from datetime import date

from trellis.core.errors import RuleBroken
from trellis.web.words import day

PROMISED, KEPT, BROKEN = "promised", "kept", "broken"

# (status, what is done) → the status after it. A broken promise may still be kept, late; a kept one stays kept.
TRANSITIONS = {
    (PROMISED, "keep"): KEPT,
    (PROMISED, "break"): BROKEN,
    (BROKEN, "keep"): KEPT,
}
DONE = {"keep": "shown to be kept", "break": "called broken"}
STANDS = {PROMISED: "is open", KEPT: "is kept", BROKEN: "is broken"}


def next_status(status: str, action: str) -> str:
    """The status after an action, by the table; RuleBroken where the table has none."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise RuleBroken(f"This promise {STANDS[status]}, so it cannot be {DONE[action]}.") from None


def can(status: str, action: str) -> bool:
    """Whether the table has the transition: what the buttons ask."""
    return (status, action) in TRANSITIONS


def check_promise(*, words: str, evidence: str, due_on: date, starts_on: date, ends_on: date) -> None:
    """Refuse a promise that says nothing, that nobody could see kept, or that is due outside the contract."""
    if not words.strip():
        raise RuleBroken("Say what was promised.", field="words")
    if not evidence.strip():
        raise RuleBroken("Say how you will see that it is kept.", field="evidence")
    if not starts_on <= due_on <= ends_on:
        raise RuleBroken(f"The contract is from {day(starts_on)} to {day(ends_on)}.", field="due_on")


def check_settled(*, outcome: str, settled_on: date, today: date) -> None:
    """Refuse to settle a promise in the future, or without what shows it."""
    if settled_on > today:
        raise RuleBroken("That day has not come yet.", field="settled_on")
    if not outcome.strip():
        raise RuleBroken("Say what shows it.", field="outcome")

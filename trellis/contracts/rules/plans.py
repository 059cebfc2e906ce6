"""When the tasks of a plan are due, and when one may be done. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from trellis.core.errors import RuleBroken
from trellis.web.words import day

FINISHED = ("done", "not-needed")


def due_on(*, counts_from: str, days: int, anchors: Mapping[str, date | None]) -> date | None:
    """When a task is due; None while the day that it counts from is not known. `anchors` are award, start and end."""
    anchor = anchors[counts_from]
    return None if anchor is None else anchor + timedelta(days=days)


def is_late(*, due: date | None, status: str, today: date) -> bool:
    """Whether its day has passed and it is not finished."""
    return due is not None and due < today and status not in FINISHED


def check_can_set(*, status: str, waits_for: Sequence[str], note: str) -> None:
    """Refuse to finish a task before those that it waits for, and to leave one out without a reason.

    `waits_for` holds the titles of those that are not finished.
    """
    if status == "done" and waits_for:
        raise RuleBroken(f"This waits for: {waits_for[0]}. Finish that first.", field="status")
    if status == "not-needed" and not note.strip():
        raise RuleBroken("Say why it is not needed.", field="note")


def check_can_begin_ending(*, ends_on: date, term: tuple[date, date], today: date) -> None:
    """Refuse a termination in the past, or after the term: that is an expiry."""
    if ends_on <= today:
        raise RuleBroken("Give a day to come.", field="ends_on")
    if ends_on >= term[1]:
        raise RuleBroken(f"The term ends on {day(term[1])}: from that day on it is no termination.", field="ends_on")

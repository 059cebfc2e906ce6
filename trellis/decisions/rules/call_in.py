"""Who may call a decision in, when, and what may come of it. Pure."""

from collections.abc import Sequence
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.core.rulebook import Parameter
from trellis.web.words import day


def check_can_call_in(
    *,
    on: date,
    ends_on: date | None,
    was_called_in: bool,
    members: Sequence[tuple[str, str]],
    reasons: str,
    today: date,
) -> None:
    """Refuse a call-in out of time, a second one, or one without members or reasons.

    `ends_on` is the last day of the window, None when there is none; `members` are (name, group).
    """
    if ends_on is None:
        raise RuleBroken("This decision is not open to call-in.")
    if was_called_in:
        raise RuleBroken("This decision has been called in once, and cannot be again.")
    if on > today:
        raise RuleBroken("The date is in the future.", field="called_in_on")
    if on > ends_on:
        raise RuleBroken(f"The time to call it in ended on {day(ends_on)}.", field="called_in_on")
    if not members:
        raise RuleBroken("Name the members who call it in, each with their group.", field="members")
    if len({name.casefold() for name, _ in members}) < len(members):
        raise RuleBroken("One member is named twice.", field="members")
    if not reasons.strip():
        raise RuleBroken("Give the members’ reasons.", field="reasons")


def who_may_not(members: Sequence[tuple[str, str]], *, fewest: Parameter, groups: Parameter) -> tuple[str, bool]:
    """What is wrong with who calls in: the sentence, empty when nothing is, and whether it refuses or only warns."""
    names, parties = len(members), len({group.casefold() for _, group in members})
    if names < fewest.value:
        return f"It takes {fewest.value} {fewest.unit} to call a decision in.", fewest.verified
    if parties < groups.value:
        return f"The members must come from {groups.value} {groups.unit} or more.", groups.verified
    return "", False


def check_outcome(*, outcome: str, outcome_on: date, note: str, called_in_on: date, today: date) -> None:
    """Refuse an outcome of a day that cannot be, or a referral without what scrutiny asks for."""
    if not called_in_on <= outcome_on <= today:
        raise RuleBroken("The date must be from the day of the call-in to today.", field="outcome_on")
    if not outcome:
        raise RuleBroken("Say what scrutiny resolved.", field="outcome")
    if outcome != "no-comment" and not note.strip():
        raise RuleBroken("Say what scrutiny asks to be looked at again.", field="note")

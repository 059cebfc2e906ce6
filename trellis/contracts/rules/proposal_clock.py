"""How long members have to decide: discussion, facilitation, expert opinion; then things stay as they are. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trellis.core import working_days
from trellis.core.errors import RuleBroken
from trellis.core.working_days import Deadline
from trellis.web.words import day

DISCUSSION, FACILITATION, EXPERT = "discussion", "facilitation", "expert"
STAGES = (DISCUSSION, FACILITATION, EXPERT)
OVER = "over"
NAMES = {DISCUSSION: "discussion", FACILITATION: "facilitation", EXPERT: "expert opinion"}


@dataclass(frozen=True)
class Stage:
    """One stage: the day from which its working days count, how many, and its last day with the working."""

    code: str
    after: date
    days: int
    deadline: Deadline

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.deadline.on


def stages(opened_on: date, days: Sequence[int]) -> tuple[Stage, ...]:
    """The three stages, each counted in working days from the last day of the one before."""
    found, after = [], opened_on
    for code, number in zip(STAGES, days, strict=True):
        found.append(Stage(code, after, number, working_days.add(after, number)))
        after = found[-1].ends_on
    return tuple(found)


def stage_on(on: date, ends: Sequence[date]) -> str:
    """The stage that a day is in, by the last day of each; `over` after them all."""
    return next((code for code, end in zip(STAGES, ends, strict=True) if on <= end), OVER)


def check_time_is_left(*, on: date, ends_on: date) -> None:
    """Refuse what comes after the last day: the proposal lapses."""
    if on > ends_on:
        raise RuleBroken(f"The time to decide ended on {day(ends_on)}. Things stay as they are; propose it anew.")


def check_can_advise(*, kind: str, stage: str, given_on: date, opened_on: date, today: date) -> None:
    """Refuse an opinion that comes before its stage, or is dated before the proposal or after today."""
    if STAGES.index(kind) > STAGES.index(stage):
        raise RuleBroken(f"This proposal is in {NAMES[stage]}. {NAMES[kind].capitalize()} comes later.", field="kind")
    if not opened_on <= given_on <= today:
        raise RuleBroken("Give a day between the opening of the proposal and today.", field="given_on")

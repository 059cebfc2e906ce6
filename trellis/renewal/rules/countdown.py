"""By when things have to happen so that an optional year can follow the term: counted back from its end. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from trellis.core import working_days
from trellis.core.periods import add_months
from trellis.decisions.rules.deadlines import Deadline, deadline, latest_start
from trellis.web.words import day


@dataclass(frozen=True)
class LastDay:
    """The last day for one step, why, and the counting behind it where days are counted."""

    name: str
    on: date
    why: str
    working: Deadline | None = None


def last_days(ends_on: date, *, months: int = 0) -> tuple[LastDay, ...]:
    """The last day of each step, the earliest first, for a decision that is in effect `months` before the term ends.

    With 0 months: what is possible at the very latest, since a term that is over is not extended. That is the day
    before the last one, so that the nightly run that follows it still finds the term running. Raises RuleBroken where
    the bank holidays are not known.
    """
    effect = add_months(ends_on, -months) if months else ends_on - timedelta(days=1)
    published = _working_day(latest_start("call-in", effect))
    agenda = _working_day(latest_start("agenda", published))
    notice = _working_day(latest_start("forward-plan", published))
    before = f"{months} months before the term ends" if months else "The day before the last day of the term"
    steps = (
        LastDay("The decision is in effect", effect, f"{before}, {day(ends_on)}." if months else f"{before}."),
        LastDay(
            "The decision is taken and its record published", published, "Members can call it in first.",
            deadline("call-in", published),
        ),
        LastDay("The agenda is published", agenda, "It is open before the meeting.", deadline("agenda", agenda)),
        LastDay(
            "Notice is on the forward plan", notice, "It is a key decision, so the public is told before.",
            deadline("forward-plan", notice),
        ),
    )  # fmt: skip
    return tuple(sorted(steps, key=lambda step: step.on))


def _working_day(on: date) -> date:
    """The last working day up to a day: nobody publishes on another."""
    while not working_days.is_working_day(on):
        on -= timedelta(days=1)
    return on

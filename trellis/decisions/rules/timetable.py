"""A plan from notice to the first day of a contract, checked against every rule of time, beside the earliest lawful.

Pure. Events follow one another; between some of them the law wants days. An event that a plan leaves out, or puts too
early, falls on the first day on which it may, so that what comes after it is checked against what can be.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from trellis.core import rulebook, working_days
from trellis.core.errors import RuleBroken
from trellis.decisions.rules.deadlines import RULES, Deadline, deadline, latest_start
from trellis.web.words import day

# In the order in which they happen, with the words of pages.
EVENTS = {
    "notice": "Notice on the forward plan",
    "agenda": "Agenda and report published",
    "committee": "The last committee meets",
    "decision": "The decision is taken",
    "publication": "The record is published",
    "procurement": "Procurement opens",
    "award": "Bidders are told who has won",
    "signing": "The contract is signed",
    "start": "The contract starts",
}
NEW_ACT = "standstill-pa2023"
OLD_REGULATIONS = "standstill-pcr2015"


@dataclass(frozen=True)
class Plan:
    """The days that somebody has in mind, by event; and what kind of decision it is.

    `begins_on` is the first day on which anything can still be done.
    """

    planned: Mapping[str, date]
    begins_on: date
    is_key: bool = True
    is_subject_to_call_in: bool = True


@dataclass(frozen=True)
class Line:
    """One event: the day in the plan, the first lawful day given what the plan has before it, and the earliest of all.

    `clash` says what is wrong, empty when nothing is; `why` what the lawful day rests on; `working` how it was counted.
    """

    event: str
    name: str
    planned: date | None
    lawful: date
    earliest: date
    why: str
    clash: str
    working: Deadline | None


@dataclass(frozen=True)
class Bound:
    """That an event may not come before a day: why, and the counting behind it."""

    on: date
    why: str
    working: Deadline | None = None


@dataclass(frozen=True)
class Timetable:
    """The plan, line by line."""

    lines: tuple[Line, ...]

    @property
    def clashes(self) -> tuple[Line, ...]:
        """Those lines that cannot lawfully be."""
        return tuple(line for line in self.lines if line.clash)


def check_plan(plan: Plan) -> Timetable:
    """Check a plan against every rule that applies to it.

    Raises RuleBroken for a plan with an event that is none, or that runs into years whose bank holidays are not known.
    """
    if unknown := plan.planned.keys() - EVENTS.keys():
        raise RuleBroken(f"A plan has no event called {sorted(unknown)[0]}.")
    as_planned = _walk(plan, lambda event, bound: _when_planned(plan, event, bound))
    soonest = _walk(plan, lambda event, bound: _with_planned_gap(plan, event, _when_at_work(event, bound)))
    return Timetable(tuple(_line(plan, event, as_planned, soonest) for event in EVENTS))


def _line(plan: Plan, event: str, as_planned: dict, soonest: dict) -> Line:
    bound, _ = as_planned[event]
    planned = plan.planned.get(event)
    clash = _clash(event, planned, bound) if planned and planned < bound.on else ""
    return Line(
        event, EVENTS[event], planned, bound.on, soonest[event][1], bound.why, clash, bound.working
    )  # fmt: skip


def _walk(plan: Plan, choose: Callable[[str, date], date]) -> dict[str, tuple[Bound, date]]:
    """Each event with the bound before which it may not be, and the day chosen for it."""
    days: dict[str, date] = {}
    found = {}
    for event in EVENTS:
        bounds = [Bound(plan.begins_on, "Nothing comes before it."), *_bounds(plan, event, days)]
        bound = max(bounds[1:] or bounds, key=lambda one: one.on)
        days[event] = choose(event, bound.on)
        found[event] = (bound, days[event])
    return found


def _when_planned(plan: Plan, event: str, bound: date) -> date:
    """The day in the plan if it may be then; else the first day on which it may."""
    planned = plan.planned.get(event)
    return max(planned, bound) if planned else _when_at_work(event, bound)


def _when_at_work(event: str, bound: date) -> date:
    """The first working day from a day on; a contract may start on any."""
    return bound if event == "start" else _working_day(bound)


def _with_planned_gap(plan: Plan, event: str, first: date) -> date:
    """Where the law fixes no number of days, the time that the plan gives: bidders need what it takes to bid well."""
    opens, award = plan.planned.get("procurement"), plan.planned.get("award")
    if event == "award" and opens and award and award > opens:
        return _working_day(first + (award - opens))
    return first


def _bounds(plan: Plan, event: str, days: Mapping[str, date]) -> list[Bound]:
    """What each rule says of an event, given the days of those before it."""
    if event == "committee":
        return [_counted("agenda", days["agenda"])]
    if event == "decision":
        after = Bound(days["committee"], "The decision follows the committee’s advice.")
        return [after, _counted("forward-plan", days["notice"])] if plan.is_key else [after]
    if event == "publication":
        return [Bound(days["decision"], "The record is published once the decision is taken.")]
    if event == "procurement":
        if plan.is_subject_to_call_in:
            return [_counted("call-in", days["publication"])]
        return [Bound(days["publication"], "The decision is not open to call-in and takes effect at once.")]
    if event == "award":
        words = "The law fixes no number of days here: bidders must have time that is reasonable and proportionate."
        return [Bound(days["procurement"], words)]
    if event == "signing":
        return [_counted(standstill_rule(days["procurement"]), days["award"])]
    if event == "start":
        return [Bound(days["signing"], "The contract is signed before it starts.")]
    return []


def standstill_rule(procurement_on: date) -> str:
    """Which law a procurement is under: that of the day on which it began, for its whole life."""
    begins = rulebook.book()[RULES[NEW_ACT].parameter][0].effective_from
    return NEW_ACT if procurement_on >= begins else OLD_REGULATIONS


def _counted(code: str, start: date) -> Bound:
    found = deadline(code, start)
    figure = found.figure
    words = f"When {found.rule.starts} on {day(start)}, {found.rule.allows} from {day(found.on)} on: {figure.value} "
    return Bound(found.on, f"{words}{figure.unit}.", found)


def _clash(event: str, planned: date, bound: Bound) -> str:
    """What is wrong, and the two ways to put it right."""
    words = f"{EVENTS[event]} on {day(planned)}, but it may not be before {day(bound.on)}. {bound.why}"
    if bound.working is None:
        return words
    try:
        latest = latest_start(bound.working.rule.code, planned)
    except RuleBroken:
        return words
    return f"{words} To keep the date, act by {day(latest)}."


def _working_day(on: date) -> date:
    while not working_days.is_working_day(on):
        on += timedelta(days=1)
    return on

"""From which day the law lets something happen, with the working day by day. Pure: the figures are the rulebook's.

A deadline is counted from the day on which something was published or sent. “Clear” days are whole days between: the
day of the notice and the day of the event are not among them. Whether a rule counts working days or calendar days is
the unit of its figure in the rulebook.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from trellis.core import rulebook, working_days
from trellis.core.errors import RuleBroken
from trellis.core.rulebook import Parameter
from trellis.core.working_days import Step
from trellis.web.words import day as in_words

ONE_DAY = timedelta(days=1)
KNOWN_TO = "decisions.bank_holidays_known_to"


@dataclass(frozen=True)
class Day:
    """One day of the working: its number when it was counted, and why it was or was not."""

    on: date
    number: int | None
    note: str


@dataclass(frozen=True)
class Deadline:
    """The first lawful day under a rule, and how it was reached.

    `end` is the last day of a standstill, None for other rules; `figure` is what the rulebook says, and who says so.
    """

    rule: "Rule"
    start: date
    on: date
    end: date | None
    working: tuple[Day, ...]
    figure: Parameter


@dataclass(frozen=True)
class Rule:
    """One rule of time: what starts it, what it then allows, and how its days are counted."""

    code: str
    name: str
    parameter: str
    starts: str
    allows: str
    count: "Callable[[Rule, date, Parameter], list[Step]]"
    is_standstill: bool = False


def deadline(code: str, start: date) -> Deadline:
    """The first day on which a rule allows what it holds back, counted from `start`, with the working.

    `code` is a key of RULES. Raises RuleBroken for a code that is none, a start before the rule was law, and where the
    count would run through a year whose bank holidays are not known.
    """
    rule = rule_called(code)
    _check_year(start)
    figure = _figure(rule, start)
    steps = rule.count(rule, start, figure)
    end = steps[-1].on
    _check_year(end)
    last = Step(end + ONE_DAY, False, f"the first day on which {rule.allows}")
    working = _numbered([*steps, last])
    return Deadline(rule, start, last.on, end if rule.is_standstill else None, working, figure)


def rule_called(code: str) -> Rule:
    """The rule of that name; RuleBroken, with those there are, for any other."""
    if code not in RULES:
        raise RuleBroken(f"There is no rule called {code}: use one of {', '.join(RULES)}.", field="rule")
    return RULES[code]


def latest_start(code: str, event: date) -> date:
    """The last day on which the notice may be given for something to happen lawfully on a day: the count, backwards.

    Raises RuleBroken where no start within a year before would do.
    """
    for past in range(366):
        start = event - timedelta(days=past)
        if deadline(code, start).on <= event:
            return start
    raise RuleBroken(f"No notice within a year before {in_words(event)} is early enough.")


def _figure(rule: Rule, start: date) -> Parameter:
    first = rulebook.book()[rule.parameter][0]
    if start < first.effective_from:
        since = in_words(first.effective_from)
        raise RuleBroken(f"{rule.name} is counted from {since} on: {first.source}.", field="start")
    return rulebook.parameter(rule.parameter, on=start)


def _check_year(day: date) -> None:
    known = int(rulebook.book()[KNOWN_TO][-1].value)
    if day.year > known:
        raise RuleBroken(
            f"The bank holidays of {day.year} are not known yet: days can be counted to 31 December {known}.",
            field="start",
        )


def _clear_days(rule: Rule, start: date, figure: Parameter) -> list[Step]:
    """The start, which does not count, and the clear days after it."""
    found = working_days.clear_days(start, figure.value, calendar="calendar" in figure.unit)
    return [Step(start, False, f"the day on which {rule.starts}"), *found.working[1:-1]]


def _days_from_the_day_after(rule: Rule, start: date, figure: Parameter) -> list[Step]:
    """Calendar days from the day after; when the last is no working day, on to the next one that is."""
    steps = _clear_days(rule, start, figure)
    while off := working_days.day_off(steps[-1].on):
        last = steps.pop()
        steps.append(Step(last.on, last.counted, f"{last.why}, but {off}" if last.counted else off))
        steps.append(Step(last.on + ONE_DAY, False, "the next working day, the last of the standstill"))
    return steps


def _days_from_the_day_itself(rule: Rule, start: date, figure: Parameter) -> list[Step]:
    """Working days, the start among them when it is one."""
    first, *others = working_days.add(start - ONE_DAY, figure.value).working[1:]
    return [Step(start, first.counted, f"{first.why}, the day on which {rule.starts}"), *others]


def _numbered(steps: Iterable[Step]) -> tuple[Day, ...]:
    numbers = count(1)
    return tuple(Day(step.on, next(numbers) if step.counted else None, step.why) for step in steps)


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "forward-plan", "The forward plan", "decisions.forward_notice_days",
            "the notice is published", "the decision may be made", _clear_days,
        ),
        Rule(
            "agenda", "An agenda", "decisions.agenda_days",
            "the agenda is published", "the meeting may be held", _clear_days,
        ),
        Rule(
            "call-in", "Call-in", "decisions.call_in_days",
            "the record is published", "the decision may take effect", _clear_days,
        ),
        Rule(
            "general-exception", "The general exception", "decisions.general_exception_days",
            "the notice is published", "the decision may be made", _clear_days,
        ),
        Rule(
            "private-meeting",
            "A private meeting",
            "decisions.private_notice_days",
            "the first notice is published",
            "the private meeting may be held",
            _clear_days,
        ),
        Rule(
            "private-meeting-again",
            "The second notice of a private meeting",
            "decisions.private_second_notice_days",
            "the second notice is published",
            "the private meeting may be held",
            _clear_days,
        ),
        Rule(
            "standstill-pcr2015", "The standstill of the 2015 regulations", "procurement.standstill_days_pcr2015",
            "bidders are told", "the contract may be signed", _days_from_the_day_after, is_standstill=True,
        ),
        Rule(
            "standstill-pa2023", "The standstill of the 2023 act", "procurement.standstill_days_pa2023",
            "the award notice is published", "the contract may be signed", _days_from_the_day_itself,
            is_standstill=True,
        ),
    )
}  # fmt: skip

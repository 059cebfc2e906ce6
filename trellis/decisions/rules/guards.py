"""The guards of a decision: everything that must be so on the day on which it is taken. Pure.

Each guard says whether it is met on a day, from which day it would be, and shows its working. A guard binds unless it
rests on a figure that nobody has verified at its source, or on the authority's custom alone: then it warns.
"""

from dataclasses import dataclass
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.decisions.rules.deadlines import Deadline, deadline
from trellis.decisions.rules.pathway import Step
from trellis.web.words import counted, day

NOT_DESCRIBED = "Say who takes it, whether it is a key decision, and whom it affects."


@dataclass(frozen=True)
class Facts:
    """What the guards ask about a decision. Dates are of publication or agreement; None: there was none."""

    is_key: bool
    is_body: bool
    meets_in_private: bool
    has_report: bool
    report_on: date | None = None
    is_described: bool = True
    restriction: str = "open"
    exemption: str = ""
    public_interest: str = ""
    forward_plan_on: date | None = None
    general_exception_on: date | None = None
    special_urgency_on: date | None = None
    agenda_on: date | None = None
    agenda_at_short_notice: bool = False
    private_on: date | None = None
    private_again_on: date | None = None
    private_agreed_on: date | None = None
    steps: tuple[Step, ...] = ()
    divisions_not_consulted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guard:
    """One guard: `allows_from` is the first day on which it is met as things stand, None when something must be done.

    `binds`: without it the decision is refused; otherwise the page only warns.
    """

    code: str
    name: str
    words: str
    allows_from: date | None
    workings: tuple[Deadline, ...] = ()
    binds: bool = True

    def is_met(self, on: date) -> bool:
        """Whether it stands in nobody's way on a day."""
        return self.allows_from is not None and self.allows_from <= on


def guards(facts: Facts) -> tuple[Guard, ...]:
    """Every guard that applies to a decision, in the order in which one meets them."""
    found = [_pathway(facts), _report(facts)]
    if not facts.is_described:
        found.insert(0, Guard("description", "Who takes it", f"{NOT_DESCRIBED} That is not done yet.", None))
    if facts.is_key:
        found.append(_forward_plan(facts))
    if facts.is_body:
        found.append(_private_meeting(facts) if facts.meets_in_private else _agenda(facts))
    if facts.restriction != "open":
        found.append(_exempt(facts))
    if facts.divisions_not_consulted:
        found.append(_divisions(facts))
    return tuple(found)


def first_lawful_day(facts: Facts) -> date | None:
    """The first day on which every binding guard is met as things stand; None when something must be done first."""
    days = [guard.allows_from for guard in guards(facts) if guard.binds]
    return None if None in days else max((one for one in days if one), default=date.min)


def unmet(facts: Facts, on: date) -> tuple[Guard, ...]:
    """The binding guards that are not met on a day."""
    return tuple(guard for guard in guards(facts) if guard.binds and not guard.is_met(on))


def check_can_take_decision(facts: Facts, on: date) -> None:
    """Refuse a decision before it may be taken: RuleBroken says why, and from which day it could be."""
    against = unmet(facts, on)
    if not against:
        return
    first = first_lawful_day(facts)
    when = f" It may be taken from {day(first)} on." if first else ""
    raise RuleBroken(f"{against[0].words}{when}", field="decided_on")


def _pathway(facts: Facts) -> Guard:
    waiting = [step.body for step in facts.steps if not step.outcome]
    name = "The pathway"
    if waiting:
        return Guard("pathway", name, f"{waiting[0]} has not said what it thinks yet.", None)
    last = max((step.held_on for step in facts.steps if step.held_on), default=date.min)
    words = (
        f"Each of {counted(len(facts.steps), 'body', 'bodies')} has been heard." if facts.steps else "It has no bodies."
    )
    return Guard("pathway", name, words, last)


def _report(facts: Facts) -> Guard:
    if facts.has_report and facts.report_on:
        words = f"The report to decide on has been there since {day(facts.report_on)}."
        return Guard("report", "The report", words, facts.report_on)
    if facts.has_report:
        return Guard("report", "The report", "The report to decide on is there.", date.min)
    return Guard("report", "The report", "No report to decide on is published yet.", None)


def _forward_plan(facts: Facts) -> Guard:
    """Regulation 9, or the two ways round it: the soonest of those that were taken."""
    name = "Notice of a key decision"
    if facts.special_urgency_on:
        words = f"It was agreed on {day(facts.special_urgency_on)} that the decision is urgent (special urgency)."
        return Guard("forward-plan", name, words, facts.special_urgency_on)
    ways = []
    if facts.forward_plan_on:
        ways.append(deadline("forward-plan", facts.forward_plan_on))
    if facts.general_exception_on:
        ways.append(deadline("general-exception", facts.general_exception_on))
    if not ways:
        return Guard("forward-plan", name, "It is a key decision, and it is not on the forward plan yet.", None)
    soonest = min(ways, key=lambda way: way.on)
    words = (
        f"The notice was published on {day(soonest.start)}; {soonest.figure.value} {soonest.figure.unit} must pass "
        f"before a key decision is made."
    )
    return Guard("forward-plan", name, words, soonest.on, tuple(ways), binds=soonest.figure.verified)


def _agenda(facts: Facts) -> Guard:
    name = "Agenda of the meeting"
    if facts.agenda_on is None:
        return Guard("agenda", name, "The agenda of the meeting that takes the decision is not published yet.", None)
    if facts.agenda_at_short_notice:
        words = f"The meeting was called at short notice; its agenda was published on {day(facts.agenda_on)}."
        return Guard("agenda", name, words, facts.agenda_on)
    found = deadline("agenda", facts.agenda_on)
    words = f"The agenda was published on {day(facts.agenda_on)}; {found.figure.value} {found.figure.unit} must pass."
    return Guard("agenda", name, words, found.on, (found,), binds=found.figure.verified)


def _private_meeting(facts: Facts) -> Guard:
    """Regulation 5: two notices, or agreement that the meeting is urgent."""
    name = "Notices of a private meeting"
    if facts.private_agreed_on:
        words = f"It was agreed on {day(facts.private_agreed_on)} that the private meeting is urgent."
        return Guard("private", name, words, facts.private_agreed_on)
    if not (facts.private_on and facts.private_again_on):
        which = "second" if facts.private_on else "first"
        return Guard("private", name, f"The {which} notice of the private meeting is not published yet.", None)
    both = (deadline("private-meeting", facts.private_on), deadline("private-meeting-again", facts.private_again_on))
    words = (
        f"Notices of the private meeting were published on {day(facts.private_on)} and {day(facts.private_again_on)}; "
        f"{both[0].figure.value} {both[0].figure.unit} must pass after the first, and {both[1].figure.value} "
        f"{both[1].figure.unit} after the second."
    )
    return Guard("private", name, words, max(one.on for one in both), both, all(one.figure.verified for one in both))


def _exempt(facts: Facts) -> Guard:
    name = "Exempt information"
    if facts.exemption and facts.public_interest.strip():
        words = f"Paragraph {facts.exemption} of schedule 12A makes it exempt, and the public interest was weighed."
        return Guard("exempt", name, words, date.min)
    return Guard("exempt", name, "Say which paragraph makes it exempt, and why that serves the public.", None)


def _divisions(facts: Facts) -> Guard:
    missing = ", ".join(facts.divisions_not_consulted)
    return Guard("divisions", "Divisions", f"Nobody has been asked for {missing} yet.", None, binds=False)

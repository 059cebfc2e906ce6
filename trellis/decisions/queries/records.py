"""Reads of what was decided: the record that holds, whether it is in effect, and what still waits."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from trellis.commissioning.queries import policies
from trellis.core import clock
from trellis.decisions.models import CallIn, Condition, Decision, Delegation, Record
from trellis.decisions.rules import records as rules

Citation = dict[str, Any]  # policy, number and text: the words of that day
IN_EFFECT = (Decision.Status.PUBLISHED,)


def current_record(decision: Decision) -> Record | None:
    """The latest version that was published; None while there is none."""
    return decision.records.order_by("-version").first()


def effective_on(decision: Decision) -> date | None:
    """The day from which a decision holds, or will: after call-in, or on the day scrutiny let it through if later.

    None while it is not published, is called in, or was referred.
    """
    record = current_record(decision)
    if record is None or decision.status not in IN_EFFECT:
        return None
    let_through = decision.call_ins.filter(outcome=CallIn.Outcome.NO_COMMENT).values_list("outcome_on", flat=True)
    return max([record.effective_on, *(on for on in let_through if on)])


def is_irregular(decision: Decision, on: date) -> bool:
    """Whether it was taken irregularly and that is not put right on a day."""
    entered = decision.irregularities.filter(entered_on__lte=on)
    return entered.exclude(cured_on__lte=on).exists()


def is_effective(decision: Decision, on: date) -> bool:
    """Whether acts may rest on a decision on a day: in effect, and not irregular. Conditions are asked apart."""
    since = effective_on(decision)
    return since is not None and since <= on and not is_irregular(decision, on)


def conditions(decision: Decision) -> list[Condition]:
    """The conditions of the record that holds, in order."""
    record = current_record(decision)
    return list(record.conditions.order_by("number")) if record else []


def open_conditions(decision: Decision, gates: str = "") -> list[Condition]:
    """The conditions that are not met yet; with `gates`, those that hold back that act (those of everything too)."""
    met = set(decision.conditions_met.values_list("number", flat=True))
    waiting = [one for one in conditions(decision) if one.number not in met]
    return [one for one in waiting if not gates or one.gates in (gates, Condition.Gates.EVERYTHING)]


def conditions_allow_from(decision: Decision, gates: str, on: date) -> date | None:
    """The first day on which the conditions that gate an act let it be, as it stands on a day; None without any.

    While one is open, that is the day after at the soonest; then, the day on which the last was met.
    """
    if open_conditions(decision, gates):
        return on + timedelta(days=1)
    gating = {one.number for one in conditions(decision) if one.gates in (gates, Condition.Gates.EVERYTHING)}
    return decision.conditions_met.filter(number__in=gating).aggregate(last=Max("met_on"))["last"]


def delegations(decision: Decision, on: date | None = None) -> list[Delegation]:
    """The powers that the record gives; with `on`, those that hold on a day."""
    record = current_record(decision)
    powers = list(record.delegations.order_by("number")) if record else []
    return [one for one in powers if on is None or one.until is None or on <= one.until]


def citable(decision: Decision) -> dict[str, Citation]:
    """The commitments that a decision can cite, those of its commission's policies, as a record would keep them."""
    if decision.commission is None:
        return {}
    return {
        str(one.pk): {"policy": one.policy.title, "number": one.number, "text": one.text}
        for one in policies.commitments(decision.commission)
    }


def check_can_act(decision: Decision, *, on: date, gates: str = Condition.Gates.EVERYTHING) -> None:
    """Refuse an act that depends on a decision: RuleBroken says what it waits for. What later areas call.

    An act of an earlier day is blocked too while the decision is irregular today: nobody dates it before the finding.
    """
    rules.check_can_act(
        on=on,
        effective_on=effective_on(decision),
        is_irregular=is_irregular(decision, on) or is_irregular(decision, clock.today()),
        waits_for=[one.text for one in open_conditions(decision, gates)],
    )

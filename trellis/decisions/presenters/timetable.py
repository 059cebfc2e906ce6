"""The plan of a decision beside the earliest lawful one."""

from collections.abc import Mapping
from datetime import date

from trellis.commissioning.models import Milestone
from trellis.decisions.models import Decision, Notice
from trellis.decisions.queries import records
from trellis.decisions.rules.timetable import Plan

FROM_MILESTONES = {"decision": "decision", "procurement": "procurement", "award": "award", "start": "start"}


def known_days(decision: Decision) -> dict[str, date]:
    """The days that the decision and its commission's timetable already give, by event."""
    days = {}
    if decision.commission:
        for row in decision.commission.milestones.exclude(kind=Milestone.Kind.OTHER):
            days[FROM_MILESTONES[row.kind]] = row.happened_on or row.planned_on
    notices = list(decision.notices.all())
    for event, kind in (("notice", Notice.Kind.FORWARD_PLAN), ("agenda", Notice.Kind.AGENDA)):
        found = [one.published_on for one in notices if one.kind == kind]
        if found:
            days[event] = found[0] if event == "notice" else found[-1]
    meetings = [step.held_on or step.planned_on for step in decision.steps.all() if step.needs_agenda]
    if held := [on for on in meetings if on]:
        days["committee"] = max(held)
    record = records.current_record(decision)
    if decision.decided_on:
        days["decision"] = decision.decided_on
    if record:
        days["publication"] = decision.records.order_by("version")[0].published_on
    return days


def plan_of(decision: Decision, days: Mapping[str, date], today: date) -> Plan:
    """The plan to check. Nothing can be done before its first day, or today if that is sooner."""
    return Plan(
        planned=days,
        begins_on=min([today, *days.values()]),
        is_key=decision.is_key,
        is_subject_to_call_in=decision.is_subject_to_call_in,
    )

"""Decisions at each point of their road, made by the same commands as people use, on days of their own."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import time_machine

from trellis.core.actors import NIGHTLY
from trellis.decisions.commands import forward_plan, pathway, records
from trellis.decisions.models import Decision, Irregularity, Pathway, PathwayStep
from trellis.organisations.models import Organisation

DESCRIBED: dict[str, Any] = {
    "title": "Support for community organisations",
    "matter": "Whether the grants end and a contract takes their place.",
    "maker_kind": "person",
    "maker_name": "Lee Hart",
    "maker_title": "Leader of the Council",
    "maker_members": "",
    "is_key": True,
    "key_reason": "It affects more than two divisions.",
    "divisions": "All divisions",
    "department": "Social Care",
    "lead_officer": "Sam Reed",
}
RECORD: dict[str, Any] = {
    "text": "The grants end and a contract is procured.",
    "reasons": "The support differs from place to place.",
    "alternatives": "To go on as before: rejected, because nothing would change.",
    "interests": "Nobody declared any.",
    "delegations": [{"what": "Carry it out", "to_whom": "The corporate director", "until": "2018-12-31"}],
    "conditions": [{"text": "A good alternative is in place", "gates": "end-grants"}],
}
NOTICE: dict[str, Any] = {
    "due_from": date(2018, 6, 18),
    "due_to": date(2018, 7, 31),
    "documents": "The report",
    "copies_from": "Democratic Services, County Hall",
}
FORWARD_PLAN_ON = date(2018, 5, 14)  # 28 clear days later: 12 June
DECIDED_ON = date(2018, 6, 18)
PUBLISHED_ON = date(2018, 6, 19)  # a Tuesday; five working days later: 27 June
EFFECTIVE_ON = date(2018, 6, 27)


@contextmanager
def on(day: date):
    """It is 10 in the morning of a day."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 9), tick=False):
        yield


def a_pathway(authority: Organisation, *, by=NIGHTLY, name: str = "Usual") -> Pathway:
    """Management, then a committee that meets in public."""
    bodies = [("Management", False), ("Care Committee", True)]
    return pathway.define_pathway(authority=authority, name=name, bodies=bodies, by=by)


def drafted(authority: Organisation, *, by=NIGHTLY, reference: str = "18/00012", **changes: Any) -> Decision:
    """A decision in preparation, described, with its report, and nothing published."""
    decision = pathway.open_decision(reference=reference, authority=authority, by=by, **DESCRIBED | changes)
    forward_plan.add_document(decision=decision, kind="report", title="The report", by=by)
    return decision


def bare(authority: Organisation, *, by=NIGHTLY, **fields: Any) -> Decision:
    """A decision that says what it is about, and not yet who takes it."""
    said = {"reference": "18/00012", "title": "Support", "matter": "Whether the grants end."} | fields
    return pathway.open_decision(authority=authority, by=by, **said)


def announced(authority: Organisation, *, by=NIGHTLY, **changes: Any) -> Decision:
    """On the forward plan since 14 May 2018, heard by one committee."""
    with on(FORWARD_PLAN_ON):
        decision = drafted(authority, by=by, **changes)
        forward_plan.publish_notice(decision=decision, kind="forward-plan", by=by, **NOTICE)
        committee = pathway.add_step(
            decision=decision, body="Care Committee", needs_agenda=True, planned_on=date(2018, 6, 12), by=by
        )
    with on(date(2018, 6, 4)):
        forward_plan.publish_agenda(decision=decision, step=committee, meeting_on=date(2018, 6, 12), by=by)
    with on(date(2018, 6, 13)):
        pathway.record_outcome(step=committee, held_on=date(2018, 6, 12), outcome="endorsed", by=by)
    return Decision.objects.get(pk=decision.pk)


def taken(authority: Organisation, *, by=NIGHTLY, **changes: Any) -> Decision:
    """Taken on 18 June 2018, its record written."""
    decision = announced(authority, by=by, **changes)
    with on(DECIDED_ON):
        records.draft_record(decision=decision, by=by, **RECORD)
        records.take_decision(decision=decision, decided_on=DECIDED_ON, by=by)
    return decision


def published(authority: Organisation, *, by=NIGHTLY, **changes: Any) -> Decision:
    """Published on 19 June 2018; it takes effect on 27 June."""
    decision = taken(authority, by=by, **changes)
    with on(PUBLISHED_ON):
        records.publish_record(decision=decision, by=by)
    return decision


def irregular(authority: Organisation, *, by=NIGHTLY, **changes: Any) -> Irregularity:
    """Taken on 11 June 2018 without the forward plan, entered as such and published the same day; in effect since."""
    with on(date(2018, 6, 11)):
        decision = drafted(authority, by=by, **changes)
        records.draft_record(decision=decision, by=by, **RECORD)
        entered = records.enter_irregular_decision(
            decision=decision, decided_on=date(2018, 6, 11), monitoring_officer="Mo Finch",
            reason="The decision was signed, so it must be recorded.", by=by,
        )  # fmt: skip
        records.publish_record(decision=decision, by=by)
    return entered


def deferred(step: PathwayStep, held_on: date, *, by=NIGHTLY) -> PathwayStep:
    """Put off at one meeting; the row of the next."""
    pathway.record_outcome(step=step, held_on=held_on, outcome="deferred", note="More facts are wanted.", by=by)
    return step.decision.steps.get(body=step.body, outcome="")


def days_after(day: date, number: int) -> date:
    """So many calendar days later."""
    return day + timedelta(days=number)

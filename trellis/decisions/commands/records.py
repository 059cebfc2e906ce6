"""Taking a decision, recording it, and what follows: versions, conditions, acts, and what was irregular."""

from datetime import date
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.models import (
    Condition,
    ConditionMet,
    Decision,
    Delegation,
    Implementation,
    Irregularity,
    Record,
    RecordDraft,
)
from trellis.decisions.moving import MOVED_ON, hold, move, record, tell
from trellis.decisions.queries import pathway as pathway_queries
from trellis.decisions.queries import records as queries
from trellis.decisions.rules import guards
from trellis.decisions.rules import records as rules
from trellis.decisions.rules.deadlines import deadline
from trellis.decisions.rules.forward_plan import check_published

COPIED = (
    "text", "reasons", "alternatives", "interests", "cites", "dispensation", "urgency_agreed_by", "urgency_reasons",
)  # fmt: skip
DECIDED_AGAIN = "Decided again after it was referred."


@transaction.atomic
def draft_record(*, decision: Decision, by: Actor, seen: str = "", **fields: Any) -> None:
    """Write the record of a decision, or a part of it, until it is published.

    `fields` are the columns of RecordDraft; `seen` is the mark of the words that the writer had before them
    (`rules.records.as_seen`). Raises RuleBroken when somebody else has written others since, and once the record is
    published: a new version is then published instead (`correct_record`).
    """
    hold(decision, "draft")
    _save_draft(decision, by, seen, fields)
    record(decision, "draft_record", by, fields=sorted(fields))


def _save_draft(decision: Decision, by: Actor, seen: str, fields: dict[str, Any]) -> None:
    rules.check_was_seen(seen, _draft(decision))
    rules.check_delegations(fields.get("delegations", ()))
    rules.check_conditions(fields.get("conditions", ()), gates=Condition.Gates.values)
    RecordDraft.objects.filter(decision=decision).update(saved_at=clock.now(), saved_by=by.actor_name, **fields)


@transaction.atomic
def take_decision(*, decision: Decision, decided_on: date, by: Actor) -> None:
    """Record that the decision maker decided on a day. Refused before it may be, in a sentence that says from when."""
    _check_day(decision, decided_on)
    guards.check_can_take_decision(pathway_queries.guard_facts(decision), decided_on)
    move(decision, "take", by=by, decided_on=decided_on)
    record(decision, "take_decision", by, decided_on=decided_on)


@transaction.atomic
def enter_irregular_decision(
    *, decision: Decision, decided_on: date, monitoring_officer: str, reason: str, by: Actor
) -> Irregularity:
    """Enter a decision that was taken although it might not be: records must record. What was wrong is published.

    Nothing can be done under it until `cure_irregularity`.
    """
    _check_day(decision, decided_on)
    against = guards.unmet(pathway_queries.guard_facts(decision), decided_on)
    rules.check_irregular(against=against, monitoring_officer=monitoring_officer, reason=reason)
    move(decision, "take", by=by, note="Entered as irregular", decided_on=decided_on)
    irregularity = Irregularity.objects.create(
        decision=decision,
        what="\n".join(guard.words for guard in against),
        reason=reason.strip(),
        monitoring_officer=monitoring_officer.strip(),
        entered_on=clock.today(),
        entered_by=by.actor_name,
    )
    rules_broken = [guard.code for guard in against]
    record(decision, "enter_irregular_decision", by, reason=reason.strip(), decided_on=decided_on, against=rules_broken)
    return irregularity


def _check_day(decision: Decision, decided_on: date) -> None:
    held = [row.held_on for row in decision.steps.all() if row.held_on]
    rules.check_decided_on(decided_on, last_held_on=max(held, default=None), today=clock.today())


@transaction.atomic
def cure_irregularity(*, irregularity: Irregularity, cure: str, cured_on: date, by: Actor) -> None:
    """Say how an irregularity was put right, so that acts may rest on the decision again."""
    if not cure.strip():
        raise RuleBroken("Say how it was put right.", field="cure")
    if not irregularity.entered_on <= cured_on <= clock.today():
        raise RuleBroken("The date must be from the day on which it was entered to today.", field="cured_on")
    changes = {"cure": cure.strip(), "cured_on": cured_on, "cured_at": clock.now(), "cured_by": by.actor_name}
    if not Irregularity.objects.filter(pk=irregularity.pk, cured_at__isnull=True).update(**changes):
        raise RuleBroken("This is put right already.")
    decision = irregularity.decision
    tell(decision, by=by, note=f"Put right: {cure.strip()}")
    record(decision, "cure_irregularity", by, reason=cure.strip(), cured_on=cured_on)


@transaction.atomic
def publish_record(*, decision: Decision, by: Actor, published_on: date | None = None, elsewhere: str = "") -> Record:
    """Publish the record. From here on it never changes; call-in, where it is open, begins to count.

    It is published today, or was on `published_on`, `elsewhere` than here: then it counts from that day.
    """
    draft = _draft(decision)
    rules.check_record_complete(draft, is_subject_to_call_in=decision.is_subject_to_call_in)
    today, before = clock.today(), queries.current_record(decision)
    on = published_on or today
    check_published(published_on=on, elsewhere=elsewhere, today=today, decided_on=decision.decided_on)
    move(decision, "publish", by=by)
    opens_to_call_in = decision.is_subject_to_call_in and not draft["is_urgent"] and before is None
    found = deadline("call-in", on) if opens_to_call_in else None
    published = _publish(
        decision,
        draft,
        by,
        decided_on=decision.decided_on,
        call_in_ends_on=max(day.on for day in found.working if day.number) if found else None,
        effective_on=found.on if found else on,
        published_on=on,
        elsewhere=elsewhere.strip() if on < today else "",
        change_note=DECIDED_AGAIN if before else "",
    )
    record(decision, "publish_record", by, version=published.version, effective_on=published.effective_on)
    return published


@transaction.atomic
def correct_record(*, decision: Decision, change_note: str, by: Actor, seen: str = "", **fields: Any) -> Record:
    """Publish a new version of a published record, with some fields put right. What was decided, and when, stays.

    Raises RuleBroken where somebody else published one since the writer had the record before them: `seen` is its mark.
    """
    rules.check_correction(change_note)
    hold(decision, "correct")
    before = queries.current_record(decision)
    assert before is not None, "a decision in this status has a record"
    _save_draft(decision, by, seen, fields)
    draft = _draft(decision)
    rules.check_record_complete(draft, is_subject_to_call_in=decision.is_subject_to_call_in)
    published = _publish(
        decision,
        draft,
        by,
        decided_on=before.decided_on,
        call_in_ends_on=before.call_in_ends_on,
        effective_on=before.effective_on,
        published_on=clock.today(),
        change_note=change_note.strip(),
    )
    tell(decision, by=by, note=f"Version {published.version}: {change_note.strip()}")
    record(decision, "correct_record", by, reason=change_note.strip(), version=published.version)
    return published


def _draft(decision: Decision) -> dict[str, Any]:
    """The draft as it stands in the database: nothing that somebody held in memory."""
    return dict(RecordDraft.objects.values().get(decision=decision))


def _publish(decision: Decision, draft: dict[str, Any], by: Actor, **fields: Any) -> Record:
    version = decision.records.count() + 1
    members = [line.strip() for line in decision.maker_members.splitlines() if line.strip()]
    try:
        with transaction.atomic():
            published = Record.objects.create(
                decision=decision,
                version=version,
                title=decision.title,
                maker="\n".join([decision.maker, *members]),
                is_key=decision.is_key,
                key_reason=decision.key_reason,
                published_by=by.actor_name,
                **{name: draft[name] for name in COPIED},
                **fields,
            )
    except IntegrityError as error:
        raise RuleBroken(MOVED_ON) from error
    for number, row in enumerate(draft["delegations"], start=1):
        until = date.fromisoformat(row["until"]) if row["until"] else None
        Delegation.objects.create(
            record=published, number=number, what=row["what"], to_whom=row["to_whom"], until=until
        )
    rows = _numbered(decision, draft["conditions"])
    for row in rows:
        Condition.objects.create(record=published, number=row["number"], text=row["text"], gates=row["gates"])
    RecordDraft.objects.filter(decision=decision).update(conditions=rows)
    return published


def _numbered(decision: Decision, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The conditions with their numbers: what is met by its number stays so, and no number is used for another."""
    published = Condition.objects.filter(record__decision=decision).aggregate(last=Max("number"))["last"] or 0
    later = count(published + 1)
    return [row | {"number": row.get("number") or next(later)} for row in rows]


@transaction.atomic
def meet_condition(*, decision: Decision, number: int, met_on: date, evidence: str, by: Actor) -> ConditionMet:
    """Record that a condition is met, and what shows it: what waited for it may then be done."""
    hold(decision, "implement")
    waiting = queries.open_conditions(decision)
    rules.check_can_meet(
        is_open=number in {one.number for one in waiting},
        met_on=met_on,
        evidence=evidence,
        decided_on=decision.decided_on or met_on,
        today=clock.today(),
    )
    met = ConditionMet.objects.create(
        decision=decision, number=number, met_on=met_on, evidence=evidence.strip(), recorded_by=by.actor_name
    )
    tell(decision, by=by, note=f"Condition {number} is met")
    record(decision, "meet_condition", by, reason=evidence.strip(), number=number, met_on=met_on)
    return met


@transaction.atomic
def record_implementation(
    *,
    decision: Decision,
    done_on: date,
    what: str,
    by: Actor,
    act: str = Condition.Gates.EVERYTHING,
    delegation: Delegation | None = None,
) -> Implementation:
    """Record something done under a decision. `act` is the act of Condition.Gates that it was, if one of those.

    Refused before the decision is effective, while it is irregular, and while a condition that gates the act is open.
    """
    hold(decision, "implement")
    if not what.strip():
        raise RuleBroken("Say what was done.", field="what")
    if done_on > clock.today():
        raise RuleBroken("The date is in the future. Record it once it is done.", field="done_on")
    rules.check_can_act(
        on=done_on,
        effective_on=queries.effective_on(decision),
        is_irregular=queries.is_irregular(decision, clock.today()),
        waits_for=[one.text for one in queries.open_conditions(decision, act)],
        powers_end=delegation.until if delegation else None,
    )
    entry = Implementation.objects.create(
        decision=decision, done_on=done_on, what=what.strip(), delegation=delegation, recorded_by=by.actor_name
    )
    record(decision, "record_implementation", by, done_on=done_on, entry=entry.pk, act=act)
    return entry

"""When a record may be published, corrected and acted on. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from trellis.core.errors import RuleBroken
from trellis.web.words import day

REQUIRED = (
    ("text", "Write down what was decided."),
    ("reasons", "Give the reasons for the decision."),
    ("alternatives", "Say which alternatives were considered and why they were rejected."),
    ("interests", "Say which conflicts of interest were declared, or that there were none."),
)

WRITTEN = (
    "text", "reasons", "alternatives", "interests", "cites", "dispensation", "is_urgent", "urgency_agreed_by",
    "urgency_reasons", "delegations", "conditions",
)  # fmt: skip
MEANWHILE = "Somebody else changed the record since you began. Look at it again before you go on."


def as_seen(draft: Mapping[str, Any]) -> str:
    """A mark of what a draft says, the same for the same words: whoever writes over it shows which they had read."""
    said = json.dumps([draft[name] for name in WRITTEN], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def check_was_seen(seen: str, draft: Mapping[str, Any]) -> None:
    """Refuse to write over words that the writer has not had before them. No mark: nobody was asked."""
    if seen and seen != as_seen(draft):
        raise RuleBroken(MEANWHILE)


def check_decided_on(decided_on: date, *, last_held_on: date | None, today: date) -> None:
    """Refuse a decision of a day to come, or of a day before the last body was heard."""
    if decided_on > today:
        raise RuleBroken("The date is in the future. Record the decision once it is taken.", field="decided_on")
    if last_held_on and decided_on < last_held_on:
        raise RuleBroken(f"The last body was heard on {day(last_held_on)}, after this date.", field="decided_on")


def check_irregular(*, against: Sequence, monitoring_officer: str, reason: str) -> None:
    """Refuse to call irregular what was regular, or to enter it without the monitoring officer's name and reason."""
    if not against:
        raise RuleBroken("Every rule is kept on that day: record the decision in the ordinary way.")
    if not monitoring_officer.strip():
        raise RuleBroken("Give the name of the monitoring officer.", field="monitoring_officer")
    if not reason.strip():
        raise RuleBroken("Give the monitoring officer’s reason for entering it.", field="reason")


def check_record_complete(said: dict, *, is_subject_to_call_in: bool) -> None:
    """Refuse a record that leaves out what regulations 12 and 13 ask for, or an urgency that nobody agreed."""
    for field, sentence in REQUIRED:
        if not said[field].strip():
            raise RuleBroken(sentence, field=field)
    if not said["is_urgent"]:
        return
    if not is_subject_to_call_in:
        raise RuleBroken("The decision cannot be called in anyway, so it need not be urgent.", field="is_urgent")
    if not said["urgency_agreed_by"].strip():
        raise RuleBroken("Give the name of the chair of scrutiny who agreed.", field="urgency_agreed_by")
    if not said["urgency_reasons"].strip():
        raise RuleBroken("Say why the decision cannot wait for call-in.", field="urgency_reasons")


def check_delegations(rows: Sequence[dict]) -> None:
    """Refuse a power without what it is or to whom it is given. Each row has what, to_whom and until."""
    for row in rows:
        if not row["what"].strip() or not row["to_whom"].strip():
            raise RuleBroken("Say what each power is and to whom it is given.", field="delegations")


def check_conditions(rows: Sequence[dict], *, gates: Sequence[str]) -> None:
    """Refuse a condition without words, or that gates nothing there is. Each row has text and gates."""
    for row in rows:
        if not row["text"].strip():
            raise RuleBroken("Say in words what each condition is.", field="conditions")
        if row["gates"] not in gates:
            raise RuleBroken("Say what waits for each condition.", field="conditions")


def check_can_meet(*, is_open: bool, met_on: date, evidence: str, decided_on: date, today: date) -> None:
    """Refuse to call a condition met twice, without evidence, or on a day that cannot be."""
    if not is_open:
        raise RuleBroken("This condition is met already, or there is none of that number.")
    if not evidence.strip():
        raise RuleBroken("Say what shows that the condition is met.", field="evidence")
    if not decided_on <= met_on <= today:
        raise RuleBroken("The date must be from the day of the decision to today.", field="met_on")


def check_can_act(
    *, on: date, effective_on: date | None, is_irregular: bool, waits_for: Sequence[str], powers_end: date | None = None
) -> None:
    """Refuse an act that depends on a decision before it is effective, while irregular, or while a condition is open.

    `waits_for` are the open conditions that gate the act; `powers_end` the last day of the power that it uses.
    """
    if is_irregular:
        raise RuleBroken("The decision was taken irregularly. Nothing can be done under it until that is put right.")
    if effective_on is None:
        raise RuleBroken("The decision is not in effect, so nothing can be done under it yet.")
    if on < effective_on:
        raise RuleBroken(f"The decision takes effect on {day(effective_on)}: nothing can be done under it before.")
    if waits_for:
        raise RuleBroken(f"A condition is open: {waits_for[0].rstrip('.')}. Record first that it is met.")
    if powers_end and on > powers_end:
        raise RuleBroken(f"The delegated power ended on {day(powers_end)}.", field="delegation")


def check_correction(change_note: str) -> None:
    """Refuse a new version that does not say what it puts right."""
    if not change_note.strip():
        raise RuleBroken(
            "The record is published and stays as it is. Say what a new version puts right.", field="change_note"
        )


def citation_words(row: dict[str, Any]) -> str:
    """A policy's commitment, as a record cites it."""
    return f"{row['policy']}, commitment {row['number']}: {row['text']}"

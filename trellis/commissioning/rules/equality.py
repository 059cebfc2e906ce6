"""What an equality impact assessment must hold before two people can attest it. Pure.

The groups, the limbs of the duty and what an impact asks for are the rulebook's (equality.toml); they are passed in.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.web.words import day

LEVELS = ("none", "low", "medium", "high")
FULL, ACTION, EVIDENCE = "full assessment", "action plan", "evidence"


@dataclass(frozen=True)
class Duty:
    """Whom an assessment looks at, in their order, and by which limbs; what an impact of a level asks for.

    `first_limb_only` is the group that counts for the first limb of the duty alone.
    """

    groups: Mapping[str, str]
    limbs: Mapping[str, str]
    first_limb_only: str
    asks: Mapping[str, str]

    @property
    def first_limb(self) -> str:
        """The name of the first limb."""
        return next(iter(self.limbs.values()))


@dataclass(frozen=True)
class Impact:
    """How one group may be affected, each way: "none", "low", "medium" or "high"."""

    group: str
    positive: str
    negative: str
    commentary: str


@dataclass(frozen=True)
class Evidence:
    """What is known, its source, and when it was published or found out. Without a group it is about everybody."""

    group: str
    statement: str
    source: str
    dated_on: date


@dataclass(frozen=True)
class Action:
    """What will be done about an impact; the cost is in pounds. Without a group it is for everybody."""

    group: str
    issue: str
    action: str
    expected_outcome: str
    owner: str
    due_on: date
    cost: Decimal


@dataclass(frozen=True)
class Content:
    """Everything that the two attest; what is followed up later is not part of it."""

    title: str
    service: str
    responsible: str
    assessed_on: date
    context: str
    aims: str
    summary: str
    is_full: bool
    engagement: str
    analysis: str
    judgement: str
    reasons: str
    impacts: tuple[Impact, ...]
    limbs: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Screening:
    """What the impacts ask for: `groups` by what each asks; `needs_full` whether a full assessment must follow."""

    groups: Mapping[str, tuple[str, ...]]

    @property
    def needs_full(self) -> bool:
        """Whether some group's negative impact is so large that screening is not enough."""
        return bool(self.groups.get(FULL))

    @property
    def needs_actions(self) -> bool:
        """Whether something must be done about an impact."""
        return self.needs_full or bool(self.groups.get(ACTION))


def digest(content: Content) -> str:
    """SHA-256 of everything that is attested: the same words and figures give the same digest, whatever the database.

    The JSON has sorted keys, dates as 2016-06-30 and money as text.
    """
    written = json.dumps(asdict(content), sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def screening(impacts: Iterable[Impact], asks: Mapping[str, str]) -> Screening:
    """Say what each group's negative impact asks for; `asks` names it by level (the rulebook's equality.screening)."""
    found: dict[str, tuple[str, ...]] = {}
    for impact in impacts:
        found[asks[impact.negative]] = (*found.get(asks[impact.negative], ()), impact.group)
    return Screening(found)


def overall(levels: Iterable[str]) -> str:
    """The largest of some levels; "none" of none."""
    return max(levels, key=LEVELS.index, default="none")


def missing(content: Content, duty: Duty) -> list[str]:
    """What it lacks before anyone can attest it, in sentences. Empty: nothing."""
    return [
        *_missing_words(content),
        *_missing_groups(content, duty),
        *_missing_limbs(content, duty),
        *_missing_of_full(content, duty),
        *_missing_evidence_and_actions(content, duty),
        *(_too_late(one, content.assessed_on) for one in content.evidence if one.dated_on > content.assessed_on),
    ]


def check_evidence_date(dated_on: date, assessed_on: date) -> None:
    """Refuse evidence that nobody could have had on the day of the assessment: no 2021 figure in a 2016 document."""
    if dated_on > assessed_on:
        raise RuleBroken(
            f"This is dated {day(dated_on)}, after the assessment ({day(assessed_on)}): it was not known then. "
            "Put it into a new version.",
            field="dated_on",
        )


def check_assessed_on(assessed_on: date, evidence: Iterable[date], *, today: date, duty_since: date) -> None:
    """Refuse a date of the assessment that is to come, before the duty began, or before evidence that it rests on."""
    if assessed_on < duty_since:
        raise RuleBroken(f"The duty that it is about began on {day(duty_since)}.", field="assessed_on")
    if assessed_on > today:
        raise RuleBroken("That day has not come yet.", field="assessed_on")
    latest = max(evidence, default=None)
    if latest and latest > assessed_on:
        sentence = f"It rests on evidence of {day(latest)}: the assessment cannot be before that."
        raise RuleBroken(sentence, field="assessed_on")


def check_can_attest(
    content: Content, duty: Duty, *, capacity: str, name: str, attested_on: date, others: Sequence[tuple[str, str]],
    today: date,
) -> None:  # fmt: skip
    """Whether someone can attest an assessment: it lacks nothing, the day is right, and it is not the same person.

    `others` are those who have, as (capacity, name).
    """
    if lacks := missing(content, duty):
        raise RuleBroken(f"It cannot be attested yet. {' '.join(lacks)}")
    if not content.assessed_on <= attested_on <= today:
        raise RuleBroken(f"Attest it on a day from {day(content.assessed_on)} to today.", field="attested_on")
    if any(capacity == taken for taken, _ in others):
        raise RuleBroken("Somebody has attested it in this capacity already.", field="capacity")
    if any(name.strip().lower() == taken.lower() for _, taken in others):
        raise RuleBroken("Two different people attest it: this one has already.", field="name")


def is_screened(impacts: Iterable[Impact], groups: Iterable[str]) -> bool:
    """Whether every group has been looked at."""
    return set(groups) <= {one.group for one in impacts}


def is_late(due_on: date, done_on: date | None, today: date) -> bool:
    """Whether an action ought to be done and is not."""
    return done_on is None and due_on < today


def _missing_words(content: Content) -> Iterator[str]:
    if not content.summary.strip():
        yield "Sum up the impact."


def _missing_groups(content: Content, duty: Duty) -> Iterator[str]:
    rated = {impact.group for impact in content.impacts}
    if absent := [name for group, name in duty.groups.items() if group not in rated]:
        yield f"Say how it may affect: {', '.join(absent)}."
    silent = [duty.groups.get(one.group, one.group) for one in content.impacts if not one.commentary.strip()]
    if silent:
        yield f"Say why you think so of: {', '.join(silent)}."


def _missing_limbs(content: Content, duty: Duty) -> Iterator[str]:
    considered = {limb for limb, commentary in content.limbs if commentary.strip()}
    if absent := [name for limb, name in duty.limbs.items() if limb not in considered]:
        yield f"Say what regard was had to: {'; '.join(absent)}."


def _missing_of_full(content: Content, duty: Duty) -> Iterator[str]:
    found = screening(content.impacts, duty.asks)
    if found.needs_full and not content.is_full:
        names = ", ".join(duty.groups.get(group, group) for group in found.groups[FULL])
        yield f"The negative impact on {names} is high: a full assessment is needed."
    if content.is_full and not all((content.engagement.strip(), content.analysis.strip(), content.reasons.strip())):
        yield "Fill in the full assessment: who was asked, the analysis, and the reasons for what it comes to."


def _missing_evidence_and_actions(content: Content, duty: Duty) -> Iterator[str]:
    """Each negative impact needs evidence; one that asks for more than that needs an action too."""
    affected = {one.group: one.negative for one in content.impacts if one.negative != "none"}
    known = {one.group for one in content.evidence}
    planned = {one.group for one in content.actions}
    for group, level in affected.items():
        name = duty.groups.get(group, group)
        if not {group, ""} & known:
            yield f"Give evidence for the negative impact on {name}."
        if duty.asks[level] != EVIDENCE and not {group, ""} & planned:
            yield f"Plan what is done about the negative impact on {name}."


def _too_late(one: Evidence, assessed_on: date) -> str:
    return f"“{one.source}” is dated {day(one.dated_on)}, after the assessment ({day(assessed_on)})."

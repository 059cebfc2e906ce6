"""An equality impact assessment as a document: the page, the public page and the PDF say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import DueRegard, EqualityAction, EqualityAssessment
from trellis.commissioning.presenters.commissions import Trail, trail
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.rules import equality as rules
from trellis.commissioning.rules.equality import Content, Duty
from trellis.core.money import pounds_and_pence
from trellis.web.fields import in_a_sentence
from trellis.web.pieces import Event, Task
from trellis.web.table import Column, Table
from trellis.web.words import day

STATUS_COLOURS = {"draft": "blue", "signing": "yellow", "attested": "green"}
EVERYBODY = "Everybody"
DRAFT, ATTESTED = "draft", "attested"
DONE, TO_DO, NOT_NEEDED = "Done", "To do", "Not needed"
LEVELS = {"none": "No impact", "low": "Low", "medium": "Medium", "high": "High"}
OUTCOMES = {
    "nothing more": "Nothing more is asked for",
    "evidence": "Evidence is asked for",
    "action plan": "An action is asked for",
    "full assessment": "A full assessment is asked for",
}


@dataclass(frozen=True)
class ImpactRow:
    """How one group may be affected, in words."""

    group: str
    positive: str
    negative: str
    asks: str
    commentary: str

    @property
    def is_negative(self) -> bool:
        """Whether there is a negative impact, which asks for something."""
        return self.negative != LEVELS["none"]


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence in words; `url` is where it is taken out, empty for those who may not."""

    url: str
    group: str
    statement: str
    source: str
    dated_on: date


@dataclass(frozen=True)
class ActionRow:
    """An action in words, with how it stands; `url` is where it is taken out or followed up, empty where it is not."""

    url: str
    group: str
    issue: str
    action: str
    expected_outcome: str
    owner: str
    due_on: date
    cost: str
    state: tuple[str, str]
    done: str


@dataclass(frozen=True)
class Document:
    """Everything that an assessment says, in words."""

    row: EqualityAssessment
    content: Content
    facts: list[tuple[str, str]]
    screening: str
    is_screened: bool
    impacts: list[ImpactRow]
    limbs: list[tuple[str, str]]
    evidence: list[EvidenceRow]
    actions: list[ActionRow]
    attestations: list[tuple[str, str, str]]
    first_limb_only: str
    first_limb: str
    authority: str
    digest: str
    is_as_attested: bool


def status_of(row: EqualityAssessment) -> tuple[str, str]:
    """How a version stands, as a tag."""
    return row.get_status_display(), STATUS_COLOURS[row.status]


def equality_trail(row: EqualityAssessment) -> Trail:
    """Breadcrumbs down to a page below the assessment of a commission."""
    reference = row.commission.reference
    return trail(
        row.commission,
        ("Equality", reverse("commission_equality", args=[reference])),
        (f"Version {row.version}", reverse("equality_version", args=[reference, row.version])),
    )


def act_page(row: EqualityAssessment, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to an assessment."""
    back = reverse("equality_version", args=[row.commission.reference, row.version])
    return {"title": title, "button": button, "cancel": back, "breadcrumbs": equality_trail(row), **more}


def document(row: EqualityAssessment, on: date, *, can_edit: bool = False) -> Document:
    """An assessment in words; `on` is the day by which actions are late.

    For those who can edit it, evidence and actions of a draft, and actions of an attested one, lead on.
    """
    content, duty = queries.content(row), queries.duty(row.assessed_on)
    found, is_screened = rules.screening(content.impacts, duty.asks), rules.is_screened(content.impacts, duty.groups)
    attestations, digest = list(row.attestations.all()), rules.digest(content)
    return Document(
        row=row,
        content=content,
        facts=_facts(row, content),
        screening=_screening_words(found, content) if is_screened else "Not every group has been looked at yet.",
        is_screened=is_screened,
        impacts=_impacts(content, duty),
        limbs=[(duty.limbs[limb], commentary) for limb, commentary in content.limbs],
        evidence=[
            EvidenceRow(
                _address(row, "drop_equality_evidence" if row.status == DRAFT else "", one.pk, can_edit),
                _whom(one.group, duty),
                one.statement,
                one.source,
                one.dated_on,
            )
            for one in queries.evidence(row)
        ],
        actions=[_action(one, duty, on, _action_address(row, one, can_edit)) for one in queries.actions(row)],
        attestations=[
            (one.get_capacity_display(), f"{one.name}, {one.title}", day(one.attested_on)) for one in attestations
        ],
        first_limb_only=duty.groups[duty.first_limb_only],
        first_limb=in_a_sentence(duty.first_limb),
        authority=row.commission.authority.name,
        digest=digest,
        is_as_attested=bool(attestations) and all(one.digest == digest for one in attestations),
    )


def tables(request: HttpRequest, seen: Document) -> dict[str, Table]:
    """What an assessment lists, as files: on the page, each is a list that fits a narrow screen."""
    columns = {
        "impacts": [
            Column("group", "Group"), Column("positive", "Positive"), Column("negative", "Negative"),
            Column("asks", "What the negative impact asks for"), Column("commentary", "Why"),
        ],
        "evidence": [
            Column("group", "About"), Column("statement", "What is known"), Column("source", "Source"),
            Column("dated_on", "Dated"),
        ],
        "actions": [
            Column("group", "For"), Column("issue", "Issue"), Column("action", "Action"),
            Column("expected_outcome", "Expected outcome"), Column("owner", "Owner"), Column("due_on", "By"),
            Column("cost", "Cost"), Column("state", "State", tag=lambda one: one.state),
            Column("done", "What came of it"),
        ],
    }  # fmt: skip
    return {
        name: Table(
            request, getattr(seen, name), columns=columns[name], caption=name, name=f"equality-{name}",
            prefix=f"{name}_",
        )
        for name in columns
    }  # fmt: skip


def tasks(seen: Document, lacks: Sequence[str]) -> list[Task]:
    """The steps of a draft, each with how it stands. What depends on the screening waits for it."""
    content, told = seen.content, " ".join(lacks)
    here = [seen.row.commission.reference, seen.row.version]
    signers = "Two different people: head of service and management team."

    def step(name: str, url: str, status: str, hint: str = "") -> Task:
        return Task(name, status, reverse(url, args=here), hint, "blue" if status == TO_DO else "")

    def asked(is_lacking: bool, is_there: bool) -> str:
        if is_lacking:
            return TO_DO
        return DONE if is_there else NOT_NEEDED if seen.is_screened else "After the screening"

    described = DONE if content.summary else TO_DO
    limbs = TO_DO if "what regard" in told else DONE
    full = asked("full assessment" in told, content.is_full)
    return [
        step("What is to be decided, and the impact in short", "describe_assessment", described),
        step("Screen each group", "rate_groups", DONE if seen.is_screened and "why you think" not in told else TO_DO),
        step("The three limbs of the duty", "consider_limbs", limbs),
        step("Evidence", "add_equality_evidence", asked("Give evidence" in told, bool(content.evidence))),
        step("Full assessment", "assess_fully", full, seen.screening),
        step("Action plan", "plan_equality_action", asked("Plan what is done" in told, bool(content.actions))),
        Task("Attest it", "Cannot start yet", None, signers)
        if lacks
        else step("Attest it", "attest_assessment", TO_DO, signers),
    ]


def versions_table(request: HttpRequest, rows: Sequence[EqualityAssessment]) -> Table:
    """Every version of a commission's assessment."""
    return Table(
        request,
        rows,
        columns=[
            Column("version", "Version", value=lambda row: f"Version {row.version}",
                   link=lambda row: reverse("equality_version", args=[row.commission.reference, row.version])),
            Column("reference", "Reference"),
            Column("assessed_on", "Date"),
            Column("status", "Status", tag=status_of),
            Column("signed", "Attested by", value=lambda row: ", ".join(one.name for one in row.attestations.all())),
        ],
        caption="Versions",
        name="versions",
    )  # fmt: skip


def regard_events(rows: Sequence[DueRegard]) -> list[Event]:
    """The log of due regard, the newest first."""
    return [
        Event(row.body, row.considered_on, f"version {row.assessment.version}", row.considered)
        for row in reversed(rows)
    ]


def _facts(row: EqualityAssessment, content: Content) -> list[tuple[str, str]]:
    positive = rules.overall(one.positive for one in content.impacts)
    negative = rules.overall(one.negative for one in content.impacts)
    facts = [
        ("To be decided", row.title),
        ("Service", row.service),
        ("Who answers for it", row.responsible),
        ("Date", day(row.assessed_on)),
        ("Version", f"{row.version} ({row.reference})"),
        ("Largest negative impact", LEVELS[negative]),
        ("Largest positive impact", LEVELS[positive]),
        ("Context", row.context),
        ("Aims", row.aims),
        ("The impact in short", row.summary or "Not said yet"),
    ]
    return [*facts, ("What it comes to", row.get_judgement_display())] if row.is_full else facts


def _screening_words(found: rules.Screening, content: Content) -> str:
    if found.needs_full:
        return "Some negative impact is high, so a full assessment is needed."
    why = "No negative impact is so large that a full assessment is needed."
    return f"{why} One was made all the same." if content.is_full else f"{why} Screening is enough."


def _impacts(content: Content, duty: Duty) -> list[ImpactRow]:
    return [
        ImpactRow(
            _whom(one.group, duty), LEVELS[one.positive], LEVELS[one.negative], OUTCOMES[duty.asks[one.negative]],
            one.commentary,
        )
        for one in content.impacts
    ]  # fmt: skip


def _action(one: EqualityAction, duty: Duty, on: date, url: str) -> ActionRow:
    if one.done_on:
        state, done = ("Done", "green"), f"{day(one.done_on)}: {one.done_with}"
    else:
        state, done = ("Late", "red") if rules.is_late(one.due_on, None, on) else ("To do", "blue"), ""
    return ActionRow(
        url, _whom(one.group, duty), one.issue, one.action, one.expected_outcome, one.owner, one.due_on,
        pounds_and_pence(one.cost), state, done,
    )  # fmt: skip


def _action_address(row: EqualityAssessment, one: EqualityAction, can_edit: bool) -> str:
    """A draft's actions can be taken out; an attested one's are followed up, once."""
    pages = {DRAFT: "drop_equality_action", ATTESTED: "follow_up_action"}
    return _address(row, "" if one.done_on else pages.get(row.status, ""), one.pk, can_edit)


def _address(row: EqualityAssessment, page: str, number: int, can_edit: bool) -> str:
    """Where a part of an assessment is worked on; empty where it is not, and for those who may not."""
    return reverse(page, args=[row.commission.reference, row.version, number]) if page and can_edit else ""


def _whom(group: str, duty: Duty) -> str:
    return duty.groups.get(group, group) if group else EVERYBODY

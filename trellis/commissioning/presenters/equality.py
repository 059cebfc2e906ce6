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


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence in words; its number is for its own address."""

    number: int
    group: str
    statement: str
    source: str
    dated_on: date


@dataclass(frozen=True)
class ActionRow:
    """An action in words, with how it stands."""

    number: int
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


def document(row: EqualityAssessment, on: date) -> Document:
    """An assessment in words; `on` is the day by which actions are late."""
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
            EvidenceRow(one.pk, _whom(one.group, duty), one.statement, one.source, one.dated_on)
            for one in queries.evidence(row)
        ],
        actions=[_action(one, duty, on) for one in queries.actions(row)],
        attestations=[
            (one.get_capacity_display(), f"{one.name}, {one.title}", day(one.attested_on)) for one in attestations
        ],
        first_limb_only=duty.groups[duty.first_limb_only],
        first_limb=in_a_sentence(duty.first_limb),
        authority=row.commission.authority.name,
        digest=digest,
        is_as_attested=bool(attestations) and all(one.digest == digest for one in attestations),
    )


def tables(request: HttpRequest, seen: Document, *, can_edit: bool) -> dict[str, Table]:
    """The tables of an assessment's page, each of which downloads. In a draft, evidence and actions lead on."""
    row = seen.row
    drafting = can_edit and row.status == EqualityAssessment.Status.DRAFT
    here = [row.commission.reference, row.version]
    return {
        "impacts": Table(
            request, seen.impacts, caption="Who may be affected, and how", name="impacts", prefix="impacts_",
            columns=[
                Column("group", "Group"), Column("positive", "Positive"), Column("negative", "Negative"),
                Column("asks", "What the negative impact asks for"), Column("commentary", "Why"),
            ],
            empty="No group has been looked at yet.",
        ),
        "evidence": Table(
            request, seen.evidence, caption="Evidence", name="evidence", prefix="evidence_",
            columns=[
                Column("group", "About"),
                Column("statement", "What is known",
                       link=(lambda one: reverse("drop_equality_evidence", args=[*here, one.number])) if drafting
                       else None),
                Column("source", "Source"), Column("dated_on", "Dated"),
            ],
            empty="No evidence yet.",
        ),
        "actions": _actions_table(request, seen, here, can_edit=can_edit),
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


def _action(one: EqualityAction, duty: Duty, on: date) -> ActionRow:
    if one.done_on:
        state, done = ("Done", "green"), f"{day(one.done_on)}: {one.done_with}"
    else:
        state, done = ("Late", "red") if rules.is_late(one.due_on, None, on) else ("To do", "blue"), ""
    return ActionRow(
        one.pk, _whom(one.group, duty), one.issue, one.action, one.expected_outcome, one.owner, one.due_on,
        pounds_and_pence(one.cost), state, done,
    )  # fmt: skip


def _actions_table(request: HttpRequest, seen: Document, here: list[Any], *, can_edit: bool) -> Table:
    pages = {"draft": "drop_equality_action", "attested": "follow_up_action"}
    page = pages.get(seen.row.status) if can_edit else None

    def link(one: ActionRow) -> str:
        return reverse(page, args=[*here, one.number]) if page and not one.done else ""

    return Table(
        request, seen.actions, caption="Action plan", name="actions", prefix="actions_",
        columns=[
            Column("group", "For"), Column("issue", "Issue"), Column("action", "Action", link=link),
            Column("expected_outcome", "Expected outcome"),
            Column("owner", "Who, and by when", value=lambda one: f"{one.owner}, by {day(one.due_on)}"),
            Column("cost", "Cost", numeric=True), Column("state", "State", tag=lambda one: one.state),
            Column("done", "What came of it"),
        ],
        empty="No action is planned.",
    )  # fmt: skip


def _whom(group: str, duty: Duty) -> str:
    return duty.groups.get(group, group) if group else EVERYBODY

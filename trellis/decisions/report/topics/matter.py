"""The decision itself: what it is, who takes it, the way it goes, and whom to ask."""

from datetime import date

from django.urls import reverse

from trellis.commissioning.models import Commission
from trellis.decisions.models import Decision, PathwayStep
from trellis.decisions.report.facts import Facts, Source, by_name, named
from trellis.decisions.report.pieces import Figure
from trellis.web.words import day

CLASSES = {"open": "Unrestricted", "part": "Part exempt", "fully": "Exempt"}


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """Everything that stands above the report and under it."""
    source = Source("The decision", reverse("decision", args=[decision.slug]))
    steps = list(decision.steps.all())
    committee = next((step for step in reversed(steps) if step.needs_agenda), None)
    meeting = _when(committee) if committee else None
    office = decision.maker_title or decision.maker_name
    figures = named(
        source.figure("reference", "Number of the decision", decision.reference),
        source.figure("title", "Title", decision.title),
        source.figure("authority", "Authority", decision.authority.name),
        source.figure("classification", "Classification", CLASSES[decision.restriction]),
        source.figure("committee", "Committee", committee.body) if committee else None,
        source.on("committee_on", "Meeting of the committee", meeting) if meeting else None,
    )
    figures |= _maker(source, decision, office) if decision.is_described else {}
    shown = by_name(_contacts(source, decision))
    missing = {} if steps else {"pathway": "The pathway has no body yet: say who looks at this before it is decided."}
    if steps:
        shown["pathway"] = _pathway(source, steps, office, decision)
    if not decision.is_described:
        missing |= dict.fromkeys(("decision", "committee"), "Nobody has said yet who takes it, and whom it affects.")
    elif steps and not committee:
        missing["committee"] = "No body of the pathway meets in public: say which committee this goes to."
    return Facts(figures, shown, missing)


def _maker(source: Source, decision: Decision, office: str) -> dict[str, Figure]:
    return named(
        source.figure("maker", "Who decides", office),
        source.figure("department", "Department", decision.department),
        source.figure("lead_officer", "Lead officer", decision.lead_officer),
        source.figure("contact", "Contact", decision.contact) if decision.contact else None,
        source.figure("divisions", "Divisions affected", _in_a_line(decision.divisions)),
        source.figure("key_decision", "Key decision", _key(decision)),
        source.figure("delegate", "Who carries it out", _delegate(decision)),
    )


def _key(decision: Decision) -> str:
    return f"{'Yes' if decision.is_key else 'No'}: {decision.key_reason}"


def _delegate(decision: Decision) -> str:
    """The first power of the record, as far as that is drafted; else the officer who leads."""
    draft = getattr(decision, "draft", None)
    powers = draft.delegations if draft else []
    return powers[0]["to_whom"] if powers else decision.lead_officer


def _when(step: PathwayStep) -> date | None:
    return step.held_on or step.planned_on


def _in_a_line(text: str) -> str:
    return ", ".join(line.strip() for line in text.splitlines() if line.strip())


def _pathway(source: Source, steps: list[PathwayStep], office: str, decision: Decision):
    rows = [(step.body, _day(_when(step)), step.get_outcome_display() or "To come") for step in steps]
    rows.append((f"Decision by {office}", _day(decision.decided_on), "Taken" if decision.decided_on else "To come"))
    return source.table("pathway", "Who looks at this, and when", ("Body", "Date", "What it said"), rows)


def _day(value: date | None) -> str:
    return day(value) if value else "Not fixed"


def _contacts(source: Source, decision: Decision):
    rows = [("Lead officer", decision.lead_officer), ("Department", decision.department)]
    rows += [("How to reach them", decision.contact)] if decision.contact else []
    return source.listing("contacts", "Whom to ask", rows)

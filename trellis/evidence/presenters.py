"""The words of a fact's page."""

from typing import Any

from trellis.evidence import queries
from trellis.evidence.models import Evidence
from trellis.web import words
from trellis.web.pieces import Event


def fact_page(fact: Evidence) -> dict[str, Any]:
    """One fact: what it says, whether it stands, and its story."""
    story = queries.corrections_of(fact)
    return {
        "fact": fact,
        "caption": f"Fact {fact.pk}",
        "status": state_of(fact, story),
        "says": [{"key": {"text": key}, "value": {"text": value}} for key, value in _says(fact).items()],
        "story": [_event(one, is_first=one == story[0]) for one in reversed(story)],
        "latest": story[-1] if story[-1] != fact else None,
    }


def state_of(fact: Evidence, story: list[Evidence]) -> tuple[str, str]:
    """Whether figures count the fact, as a tag."""
    if story[-1].retracts:
        return ("Did not happen", "red")
    return ("Corrected", "yellow") if story[-1] != fact else ("Counts", "green")


def quantity_of(fact: Evidence) -> str:
    """24,000 pounds of income"""
    if fact.quantity is None:
        return f"Not known ({fact.unit})"
    number = f"{fact.quantity:,.2f}".removesuffix(".00")
    return f"{number} {fact.unit}"


def _says(fact: Evidence) -> dict[str, str]:
    link = getattr(fact, "link", None)
    return {
        "What": fact.kind,
        "Happened on": words.day(fact.occurred_on),
        "How much": quantity_of(fact),
        "Organisation": str(fact.organisation or "–"),
        "District": str(fact.district or "–"),
        "Partner": str(fact.partner or "–"),
        "Contract": fact.contract or "–",
        "Source": fact.source,
        "Recorded": words.day_and_time(fact.recorded_at),
        "Sequence number": f"{link.position:,}" if link else "Not sealed yet",
    }


def _event(fact: Evidence, *, is_first: bool) -> Event:
    if fact.retracts:
        return Event("Withdrawn: it did not happen", fact.recorded_at, note=f"Fact {fact.pk}")
    what = "Recorded" if is_first else "Corrected"
    said = f"{what}: {quantity_of(fact)} on {words.day(fact.occurred_on)}"
    return Event(said, fact.recorded_at, note=f"Fact {fact.pk}")

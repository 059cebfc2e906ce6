"""What the report rests on: policies, comparators, co-designers, and every document behind it."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from trellis.commissioning.models import Commission
from trellis.commissioning.queries import appraisal, equality, market, policies, surveys
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, listed, named
from trellis.web.words import counted, day


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """Policies with their commitments, and the list of background documents."""
    address = reverse(policies.progress(commission).topic, args=[commission.reference])
    source = Source("Policies, comparators and co-designers", address)
    titles = [row.title for row in policies.policies(commission)]
    papers = _each_once(_documents(decision, commission))
    shown, missing = [], {}
    if papers:
        papers_source = Source("The commission and the decision", reverse("commission", args=[commission.reference]))
        shown.append(papers_source.listing("documents", "Background documents", papers))
    else:
        missing["documents"] = "No background document is named: list what this report rests on."
    if not titles:
        return Facts({}, by_name(*shown), {**missing, "policies": "No policy is named that this follows from."})
    promised = ((f"{row.policy.title}, {row.number}", row.text) for row in policies.commitments(commission))
    shown.append(source.listing("commitments", "What the council is committed to", promised))
    figures = named(
        source.figure("policies", "Policies that this follows from", listed(titles)), *_others(commission, address)
    )
    return Facts(figures, by_name(*shown), missing)


def _each_once(papers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """One of each title, the first: what a commission knows of a document says more than its title."""
    found: dict[str, tuple[str, str]] = {}
    for title, what in papers:
        found.setdefault(title.casefold(), (title, what))
    return list(found.values())


def _others(commission: Commission, address: str):
    """Other authorities' models that were looked at, and who helped to design the outcomes."""
    others = list(policies.comparators(commission))
    helped = list(policies.co_designers(commission))
    for rows, name, label, words in (
        (others, "comparators", "Other authorities’ models", sorted({row.authority for row in others})),
        (helped, "co_designers", "Who shaped the outcomes with us", sorted({row.name for row in helped})),
    ):
        source = Source("Policies, comparators and co-designers", address, any(row.is_illustrative for row in rows))
        if words:
            yield source.figure(name, label, listed(words))


def _documents(decision: Decision, commission: Commission) -> Iterator[tuple[str, str]]:
    """Everything that the report rests on. The report itself is not among them."""
    for row in policies.policies(commission):
        yield row.title, f"Policy of {row.adopted_by}{f', {day(row.adopted_on)}' if row.adopted_on else ''}"
    for consultation in surveys.consultations(commission):
        if consultation.status in ("closed", "told"):
            dates = f"{day(consultation.opens_on)} to {day(consultation.closes_on)}"
            yield consultation.title, f"Consultation {consultation.reference}, {dates}"
    if market.progress(commission).done:
        yield "What providers said", f"Market engagement, {counted(market.events(commission).count(), 'event')}"
    weighed = appraisal.latest(commission)
    if weighed and weighed.concluded_on:
        yield "Options appraisal", f"Version {weighed.version}, {day(weighed.concluded_on)}"
    assessed = equality.latest_attested(commission)
    if assessed:
        yield assessed.title, f"Equality impact assessment {assessed.reference}, {day(assessed.assessed_on)}"
    for document in decision.documents.exclude(kind="report"):
        if not (assessed and document.kind == "equality"):
            yield document.title, document.get_kind_display()

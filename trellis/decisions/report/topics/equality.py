"""Whom the decision may affect, for better or worse: the equality impact assessment."""

from datetime import date

from django.urls import reverse

from trellis.commissioning.models import Commission, EqualityAssessment
from trellis.commissioning.queries import equality as queries
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, listed, named
from trellis.web.words import day


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """The newest attested version. One that nobody has attested says nothing yet."""
    row = queries.latest_attested(commission)
    if row is None:
        return lacking("No equality impact assessment is attested yet.", "equality")
    address = reverse(queries.TOPIC, args=[commission.reference])
    source = Source(f"Equality impact assessment {row.reference}, version {row.version}", address)
    signers = [f"{one.name}, {one.title}" for one in row.attestations.all()]
    figures = named(
        source.figure("eqia", "Equality impact assessment", f"{row.reference}, version {row.version}"),
        source.on("eqia_on", "Date of the assessment", row.assessed_on),
        source.figure("eqia_summary", "What it finds", row.summary) if row.summary else None,
        source.figure("eqia_judgement", "What it comes to", _judgement(row)),
        source.figure("eqia_signers", "Who attested it", listed(signers)),
    )
    return Facts(figures, by_name(*_impacts(source, row), *_actions(source, row)))


def _judgement(row: EqualityAssessment) -> str:
    return row.get_judgement_display() if row.judgement else "A full assessment is not needed"


def _impacts(source: Source, row: EqualityAssessment):
    groups = queries.duty(row.assessed_on).groups
    found = queries.content(row).impacts
    rows = [
        (groups.get(one.group, one.group), one.positive.title(), one.negative.title(), one.commentary) for one in found
    ]
    headings = ("Who", "Good effect", "Bad effect", "Why we think so")
    return [source.table("impacts", "How each group may be affected", headings, rows)] if rows else []


def _actions(source: Source, row: EqualityAssessment):
    rows = [(one.action, one.owner, day(one.due_on)) for one in queries.actions(row)]
    headings = ("Action", "Who does it", "By")
    return [source.table("equality_actions", "What will be done about it", headings, rows)] if rows else []

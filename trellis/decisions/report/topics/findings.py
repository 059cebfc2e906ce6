"""What people said is wrong, as findings that stand on evidence, and what the authority had promised."""

from datetime import date

from django.urls import reverse

from trellis.commissioning.models import Commission
from trellis.commissioning.queries import findings as queries
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, named
from trellis.web.words import counted


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """Findings with how many said so; small numbers are withheld, as on their page."""
    found = queries.evidence(commission, on)
    if not found:
        return lacking("Nothing has been found yet: say what people told us is wrong.", "findings")
    address = reverse(queries.progress(commission).topic, args=[commission.reference])
    source = Source("Findings", address)
    told = Source("Findings", address, any(one.is_illustrative for one in found))
    figures = named(
        source.figure("findings", "Findings", len(found), counted(len(found), "finding")),
        told.figure("answers", "Answers to consultations", found[0].of, counted(found[0].of, "answer"), "answers"),
    )
    items = ((f"Finding {one.number}", _words(one)) for one in found)
    return Facts(figures, by_name(told.listing("findings", "What is wrong today", items)))


def _words(one: queries.FindingEvidence) -> str:
    said = [f"{one.people} of {one.of} people who answered said so" if one.people is not None else ""]
    said.append(f"{counted(one.heard, 'interview or workshop', 'interviews and workshops')} too" if one.heard else "")
    evidence = "; ".join(words for words in said if words)
    statement = one.statement if one.statement.endswith(".") else f"{one.statement}."
    return " ".join(part for part in (statement, one.explanation, f"({evidence}.)" if evidence else "") if part)

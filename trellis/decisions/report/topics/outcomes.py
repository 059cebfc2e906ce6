"""What the contract must bring about, and how one can tell."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from trellis.commissioning.models import Commission, Measure
from trellis.commissioning.queries import outcomes as queries
from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, listed, named
from trellis.web.words import counted


def facts(decision: Decision, commission: Commission, on: date) -> Facts:
    """Outcomes in the authority's own words; their indicators with what is measured."""
    outcomes = list(queries.outcomes_of(commission))
    if not outcomes:
        return lacking("No outcome is set yet: say what the contract must bring about.", "outcomes", "measures")
    source = Source("Outcomes and indicators", reverse(queries.progress(commission).topic, args=[commission.reference]))
    figures = named(
        source.figure("outcomes", "Outcomes", len(outcomes), counted(len(outcomes), "outcome")),
        source.figure("outcome_names", "Names of the outcomes", listed([one.name for one in outcomes])),
        *(source.figure(_name(one.code), f"Outcome: {one.name}", one.statement) for one in outcomes),
    )
    shown = [source.listing("outcomes", "Outcomes", ((one.name, one.statement) for one in outcomes))]
    measures = list(queries.measures_of(commission))
    if not measures:
        return Facts(figures, by_name(*shown), {"measures": "Nothing says yet how one can tell that an outcome comes."})
    headings = ("Indicator and measure", "Outcome", "Before", "Target", "Least that will do")
    rows = [_row(one) for one in measures]
    measured = source.table("measures", "How one can tell", headings, rows, numeric=(2, 3, 4))
    return Facts(figures, by_name(*shown, measured))


def _name(code: str) -> str:
    return f"outcome_{code.replace('-', '_')}"


def _row(one: Measure) -> tuple[str, ...]:
    indicator = one.indicator
    figures = (_amount(value, indicator.unit) for value in (one.before, one.target, one.floor))
    return (f"{indicator.name}: {one.name}", indicator.outcome.name, *figures)


def _amount(value: Decimal | None, unit: str) -> str:
    return f"{value.normalize():,f} {unit}" if value is not None else "Not counted"

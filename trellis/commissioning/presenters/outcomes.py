"""A commission's theory of change in rows and as a picture."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Commission, Indicator, Measure, Outcome
from trellis.commissioning.presenters.commissions import page, trail
from trellis.commissioning.queries import outcomes as queries
from trellis.web.charts.chains import ChainChart, Link
from trellis.web.table import Column, Table
from trellis.web.words import counted


@dataclass(frozen=True)
class TheoryRow:
    """A line of the theory of change; the parts that are not there yet are None or empty."""

    outcome: Outcome
    indicator: Indicator | None = None
    measure: Measure | None = None

    @property
    def unit(self) -> str:
        """What the figures count."""
        return self.indicator.unit if self.indicator else ""

    def figure(self, name: str) -> Decimal | None:
        """The baseline ("before"), the target or the floor."""
        return getattr(self.measure, name) if self.measure else None


def room(commission: Commission) -> str:
    """The address of the page."""
    return reverse("commission_outcomes", args=[commission.reference])


def step(commission: Commission, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that changes one thing in this room."""
    way = trail(commission, ("Outcomes and indicators", room(commission)))
    return page(commission, title, button, **{"cancel": room(commission), "breadcrumbs": way, "drop": ""} | more)


def outcomes_page(request: HttpRequest, commission: Commission, *, can_edit: bool) -> dict[str, Any]:
    """The theory of change: drawn, as a table, and each outcome with what it follows from."""
    found = list(queries.outcomes_of(commission))
    return {
        "commission": commission,
        "can_edit": can_edit,
        "outcomes": found,
        "chart": _chart(found),
        "theory": _table(request, commission, rows(found), can_edit=can_edit),
        "breadcrumbs": trail(commission),
    }


def rows(found: list[Outcome]) -> list[TheoryRow]:
    """Each way from an outcome to a measure, and the ends where there is none yet."""
    return [row for outcome in found for row in _rows_of(outcome)]


def bounds(measure: Measure, unit: str) -> str:
    """From where to where: "From 90 to 150 organisations, at least 110"."""
    if measure.target is None:
        return f"Now {plain(measure.before)} {unit}, no target yet" if measure.before is not None else "No target yet"
    start = f"From {plain(measure.before)} to" if measure.before is not None else "To"
    floor = f", floor {plain(measure.floor)}" if measure.floor is not None else ""
    return f"{start} {plain(measure.target)} {unit}{floor}"


def plain(figure: Decimal | None) -> str:
    """A figure without the noughts that say nothing."""
    return "" if figure is None else f"{figure.normalize():,f}"


def _rows_of(outcome: Outcome) -> list[TheoryRow]:
    found = [
        TheoryRow(outcome, indicator, measure)
        for indicator in outcome.indicators.all()
        for measure in (indicator.measures.all() or [None])
    ]
    return found or [TheoryRow(outcome)]


def _chart(found: list[Outcome]) -> ChainChart:
    indicators = sum(len(outcome.indicators.all()) for outcome in found)
    return ChainChart(
        title=f"How we tell: {counted(len(found), 'outcome')}, {counted(indicators, 'indicator')}",
        description="From each outcome to the indicators that show it, and to what is measured: from the baseline to "
        "the target, and the floor that is the least that will do. The table says the same.",
        headings=("Outcome", "Indicator", "Measure"),
        chains=[
            Link(outcome.name, follows=[_of_indicator(one) for one in outcome.indicators.all()]) for outcome in found
        ],
    )


def _of_indicator(indicator: Indicator) -> Link:
    measures = [Link(one.name, bounds(one, indicator.unit)) for one in indicator.measures.all()]
    return Link(indicator.name, indicator.get_polarity_display(), measures)


def _table(request: HttpRequest, commission: Commission, found: list[TheoryRow], *, can_edit: bool) -> Table:
    def outcome(row: TheoryRow) -> str:
        return reverse("outcome", args=[commission.reference, row.outcome.pk]) if can_edit else ""

    def indicator(row: TheoryRow) -> str:
        return reverse("indicator", args=[commission.reference, row.indicator.pk]) if can_edit and row.indicator else ""

    return Table(
        request,
        found,
        columns=[
            Column("outcome", "Outcome", value=lambda row: row.outcome.name, sort="outcome.name", link=outcome),
            Column("indicator", "Indicator", value=lambda row: row.indicator and row.indicator.name, link=indicator),
            Column("measure", "Measure", value=lambda row: row.measure and row.measure.name),
            Column("unit", "Counted in"),
            Column("before", "Baseline", value=lambda row: plain(row.figure("before")), numeric=True),
            Column("target", "Target", value=lambda row: plain(row.figure("target")), numeric=True),
            Column("floor", "Floor", value=lambda row: plain(row.figure("floor")), numeric=True),
            Column("better", "Better", value=lambda row: row.indicator and row.indicator.get_polarity_display()),
            Column("source", "Source", value=lambda row: row.measure and row.measure.source),
        ],
        caption="Outcomes, indicators and measures",
        empty="No outcome is set yet. Add what is to be different for people, then how one can tell.",
        name="theory",
    )

"""How the contract has done: each indicator against target and floor in every final quarter, and where it is going."""

from decimal import Decimal

from django.urls import reverse

from trellis.core.periods import Quarter
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, named
from trellis.performance import queries, rules
from trellis.performance.models import QuarterReport
from trellis.performance.report import IndicatorResult, QuarterlyReport
from trellis.renewal.dossier.basis import Basis
from trellis.web.words import counted

Signed = list[QuarterlyReport]


def facts(basis: Basis) -> Facts:
    """As it was closed, quarter by quarter: what was judged then stays judged so."""
    if basis.quarter is None:
        return lacking("No quarter’s report is final yet, so nothing can be said of performance.", "performance")
    signed = _signed(basis)
    latest = signed[-1]
    address = reverse("quarterly_report", args=[basis.contract.reference, latest.quarter])
    source = Source(f"The quarters’ final reports to {latest.period}", address)
    met = sum(one.rating == rules.TARGET_MET for one in latest.indicators)
    below = [one.name for one in latest.indicators if one.rating == rules.FLOOR_NOT_MET]
    figures = named(
        source.figure("quarters", "Quarters with a final report", len(signed), counted(len(signed), "quarter")),
        source.figure("latest_quarter", "The last final quarter", latest.period),
        source.figure("on_target", "Indicators on target", f"{met} of {counted(len(latest.indicators), 'indicator')}"),
        source.figure("below_floor", "Indicators below their floor", ", ".join(below) or "none"),
    )
    return Facts(figures, by_name(_standing(source, signed), _history(source, signed)))


def _signed(basis: Basis) -> Signed:
    rows = QuarterReport.objects.filter(
        contract=basis.contract, status__in=rules.FINAL, quarter__lte=str(basis.quarter)
    )
    return [queries.frozen(row) for row in rows.order_by("quarter")]


def _standing(source: Source, signed: Signed):
    headings = ("Indicator", "Target", "Floor", "Now", "On target", "Below floor", "Direction")
    latest = signed[-1]
    rows = [
        (
            f"{one.name} ({one.unit})",
            *(_plain(value, one.decimals) for value in (one.target, one.floor, one.value)),
            _how_often(signed, one.code, rules.TARGET_MET),
            _how_often(signed, one.code, rules.FLOOR_NOT_MET),
            one.direction,
        )
        for one in latest.indicators
    ]
    return source.table("performance_standing", "How each indicator stands", headings, rows, numeric=(1, 2, 3))


def _plain(value: Decimal | None, decimals: int) -> str:
    shown = rules.shown(value, decimals)
    return "–" if shown is None else f"{shown:,}"


def _how_often(signed: Signed, code: str, rating: str) -> str:
    found = [one for report in signed if (one := report.indicator(code))]
    return f"{sum(one.rating == rating for one in found)} of {len(found)}"


def _history(source: Source, signed: Signed):
    shown = signed[-1].indicators
    headings = ("Quarter", *(f"{one.name} ({one.unit})" for one in shown))
    rows = [(Quarter.parse(one.quarter).words, *(_value(one.indicator(each.code)) for each in shown)) for one in signed]
    numeric = range(1, len(headings))
    return source.table("performance_history", "Quarter by quarter, as it was closed", headings, rows, numeric=numeric)


def _value(one: IndicatorResult | None) -> str:
    return "not measured" if one is None or one.value is None else f"{one.value:,}"

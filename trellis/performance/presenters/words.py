"""The words and rows of a report: for the page, its PDF and its CSV. All from the one frozen object."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts.models import Contract, ContractQuarter
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Quarter
from trellis.evidence.models import Evidence
from trellis.performance import queries, rules
from trellis.performance.models import QuarterReport
from trellis.performance.report import Correction, DistrictFigure, IndicatorResult, QuarterlyReport, to_json
from trellis.web.charts import Bar, BarChart, LineChart, Series, Tile, TileMap
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

COLOURS = {rules.TARGET_MET: "green", rules.FLOOR_MET: "yellow", rules.FLOOR_NOT_MET: "red"}
STATES = {"prepared": "yellow", "withdrawn": "grey", "signed": "green", "closed": "turquoise"}
NOTHING = "Nothing to measure"
NOT_OVER = "Not over yet"
WHOLE_AREA = "Whole area"


def amount(value: Decimal | None) -> str:
    """A figure by itself: 1,204 or 2.5."""
    return NOTHING if value is None else f"{value:,}".replace("-", "−")


def figure(value: Decimal | None, unit: str) -> str:
    """A figure with its unit: 12 organisations, 1 working day. Units are stored as more than one."""
    if value is None:
        return NOTHING
    return f"{amount(value)} {unit.removesuffix('s') if value == 1 else unit}"


def rating_tag(indicator: IndicatorResult, *, is_over: bool = True) -> tuple[str, str]:
    """The rating in words, and its colour; a running quarter can still come to meet its target."""
    if not is_over:
        return NOT_OVER, "grey"
    return indicator.rating, COLOURS.get(indicator.rating, "grey")


def state_tag(row: QuarterReport | None) -> tuple[str, str]:
    """The state of a quarter's report in words, and its colour."""
    return (row.get_status_display(), STATES[row.status]) if row else ("Not prepared yet", "grey")


def correction_words(correction: Correction) -> str:
    """Says what was published and what it is now."""
    before = figure(correction.published, correction.unit)
    return f"{correction.name}, {correction.period}: published as {before}, and is now {amount(correction.now)}."


def basis(indicator: IndicatorResult) -> str:
    """What a figure rests on, and what could not be counted."""
    if indicator.code not in rules.EVIDENCE_KINDS:
        return "No evidence is kept yet that could tell, so it has no figure."
    is_count = indicator.code in rules.COUNTS
    rests = f"It rests on {counted(indicator.counted, 'organisation' if is_count else 'case')}."
    if not indicator.unknown:
        return rests
    if is_count:
        return f"{rests} The income of {indicator.unknown:,} of them is not known, so they are not in the figure."
    return f"{rests} The days of {counted(indicator.unknown, 'more case')} are not known."


def bounds(indicator: IndicatorResult) -> str:
    """Target and floor in words; which way is better is said by them."""
    if indicator.target is None or indicator.floor is None:
        return "No target set"
    side = "At least" if indicator.polarity == "higher" else "At most"
    return f"{side} {plain(indicator.target)}, floor {plain(indicator.floor)}"


def plain(value: Decimal) -> str:
    """A target without the noughts that say nothing: 3 and not 3.00."""
    whole = value.to_integral_value()
    return f"{whole:,}" if whole == value else f"{value.normalize():,f}"


# --- Findings: a chart is named by what it shows


def trend_finding(indicator: IndicatorResult, period: str) -> str:
    """What happened over the quarters: rose, fell or stayed."""
    known = [point for point in indicator.history if point.value is not None]
    if indicator.value is None or not known:
        return f"{indicator.name}: {figure(indicator.value, indicator.unit)} in {period}"
    first = known[0]
    if first.value is None or first.value == indicator.value:
        return f"{indicator.name}: {amount(indicator.value)} now, as in {first.period}"
    moved = "up" if indicator.value > first.value else "down"
    return f"{indicator.name}: {moved} from {amount(first.value)} to {amount(indicator.value)} since {first.period}"


def quarter_label(text: str) -> str:
    """Q2 2018, for an axis, which has little room."""
    quarter = Quarter.parse(text)
    return f"Q{quarter.number} {quarter.year}"


def trend(indicator: IndicatorResult, report: QuarterlyReport) -> LineChart:
    """An indicator over the quarters to this one."""
    labels = [quarter_label(point.quarter) for point in indicator.history] + [quarter_label(report.quarter)]
    values = [point.value for point in indicator.history] + [indicator.value]
    return LineChart(
        title=trend_finding(indicator, report.period),
        description=f"By quarter, in {indicator.unit}, with the target of {report.period}. Q1 is January to March.",
        labels=labels,
        series=[Series("Actual", values)],
        target=indicator.target,
        value_heading=indicator.unit.capitalize(),
    )


def district_words(figure_of: DistrictFigure, fewest: int) -> str:
    """A district's figure, or why there is none."""
    if figure_of.withheld:
        return f"Fewer than {fewest} cases"
    return "No cases" if figure_of.value is None else amount(figure_of.value)


def district_map(indicator: IndicatorResult, report: QuarterlyReport) -> TileMap:
    """Where an indicator that counts was reached."""
    reached = sum(1 for district in indicator.districts if district.value)
    return TileMap(
        title=f"{indicator.name}: in {reached} of {counted(len(indicator.districts), 'district')}",
        description=f"{indicator.name}, in {report.period}. Each tile is a district, placed roughly as the land lies.",
        tiles=[
            Tile(one.name, one.column, one.row, one.value, district_words(one, report.fewest_cases))
            for one in indicator.districts
        ],
        value_heading=indicator.unit.capitalize(),
        label_heading="District",
    )


def district_bars(indicator: IndicatorResult, report: QuarterlyReport) -> BarChart:
    """How a middle value differs between the districts, the longest first."""
    known = sorted((one for one in indicator.districts if one.value is not None), key=lambda one: -(one.value or 0))
    rest = [one for one in indicator.districts if one.value is None]
    finding = f"{indicator.name}: too few cases to compare districts"
    if len(known) > 1:
        least, most = known[-1], known[0]
        finding = f"From {amount(least.value)} in {least.name} to {figure(most.value, indicator.unit)} in {most.name}"
    return BarChart(
        title=finding,
        description=f"{indicator.name}, the middle case of each district, in {report.period}, in {indicator.unit}.",
        bars=[Bar(one.name, one.value, district_words(one, report.fewest_cases)) for one in [*known, *rest]],
        value_heading=indicator.unit.capitalize(),
        label_heading="District",
    )


def district_charts(report: QuarterlyReport) -> tuple[list[TileMap], list[BarChart]]:
    """A map for what is counted, bars for middle values. Distances from the middle are in the files."""
    maps = [district_map(one, report) for one in report.indicators if one.code in rules.COUNTS]
    bars = [district_bars(one, report) for one in report.indicators if one.code in rules.MIDDLES]
    return maps, bars


def targets_met(report: QuarterlyReport) -> str:
    """2 of 3"""
    rated = [one for one in report.indicators if one.target is not None]
    return f"{sum(one.rating == rules.TARGET_MET for one in rated)} of {len(rated)}"


def key_figures(report: QuarterlyReport, *, is_over: bool = True) -> list[tuple[str, str]]:
    """The quarter in five figures."""
    figures = [(one.name, figure(one.value, one.unit)) for one in report.indicators[:3]]
    return [
        *figures,
        ("Targets met", targets_met(report) if is_over else NOT_OVER),
        ("Value of the quarter", pounds_and_pence(report.value)),
    ]


# --- Files


def csv_rows(report: QuarterlyReport) -> Iterator[list[Any]]:
    """Every figure of the report, one a row: the whole area, then each district."""
    yield [
        "Contract", "Quarter", "Outcome", "Indicator", "Area", "Value", "Unit", "Rests on", "Not known",
        "Target", "Floor", "Rating", "Direction of travel", "Note",
    ]  # fmt: skip
    for outcome in report.outcomes:
        for one in outcome.indicators:
            start = [report.contract, report.quarter, outcome.name, one.name]
            yield [
                *start, WHOLE_AREA, one.value, one.unit, one.counted, one.unknown,
                one.target, one.floor, one.rating, one.direction, "",
            ]  # fmt: skip
            for district in one.districts:
                note = f"Fewer than {report.fewest_cases} cases" if district.withheld else ""
                # how many it rests on is withheld with it: it is the small number itself
                rests_on = "" if district.withheld else district.counted
                yield [*start, district.name, district.value, one.unit, rests_on, "", "", "", "", "", note]
    for correction in report.corrections:
        yield [
            report.contract, correction.quarter, "", correction.name, WHOLE_AREA, correction.now, correction.unit,
            "", "", "", "", "", "", correction_words(correction),
        ]  # fmt: skip


def as_json(row: QuarterReport, report: QuarterlyReport) -> dict[str, Any]:
    """The report with its state and signatures. `digest` is the SHA-256 of `report`, keys sorted, without spaces."""
    return {
        "report": to_json(report),
        "digest": row.digest,
        "status": row.status,
        "signatures": [
            {"partner": one.partner.organisation.name, "name": one.signed_name, "signed_at": one.signed_at.isoformat()}
            for one in queries.signatures(row)
        ],
    }


# --- The evidence under a figure


def counts_as(fact: Evidence, indicator: str, limits: dict) -> str:
    """What a fact does to the figure."""
    if fact.quantity is None:
        return "Not known, counted apart"
    if indicator in rules.COUNTS:
        return "Counts" if fact.quantity < limits[fact.occurred_on] else "At or over the limit"
    return "Counts"


def evidence_table(request: HttpRequest, facts: list[Evidence], indicator: IndicatorResult, links_cases: bool) -> Table:
    """The facts under a figure, as the page and its CSV show them."""
    limits = queries.income_limits(fact.occurred_on for fact in facts)
    quantity = rules.QUANTITIES.get(indicator.code, "Quantity")
    return Table(
        request,
        facts,
        columns=[
            Column("id", "Number", sort="id", numeric=True),
            Column("occurred_on", "Date", sort="occurred_on"),
            Column("organisation", "Organisation", sort="organisation.name"),
            Column("district", "District", sort="district.name"),
            Column("partner", "Partner", sort="partner.name"),
            Column(
                "quantity",
                quantity,
                sort="quantity",
                numeric=True,
                absent="Not known",
            ),
            Column("counts", "In the figure", value=lambda fact: counts_as(fact, indicator.code, limits)),
            Column("case", "Case", value=queries.case_of, link=_case_url if links_cases else None),
        ],
        caption=f"Facts under “{indicator.name}”",
        name=f"evidence-{indicator.code}",
        page_size=50,
        empty="No facts that you may see stand under this figure.",
    )


def _case_url(fact: Evidence) -> str:
    case = queries.case_of(fact)
    return reverse("case", args=[case]) if case else ""


# --- The list of quarters


@dataclass(frozen=True)
class QuarterRow:
    """A quarter of the contract, with its report if this person may see one."""

    quarter: str
    period: str
    url: str
    state: tuple[str, str]
    met: str
    value: str


def quarter_rows(
    contract: Contract, begun: list[ContractQuarter], reports: dict[str, QuarterReport], inside: bool
) -> list[QuarterRow]:
    """The quarters that have begun, the latest first; only those with a report that one may see are linked."""
    return [_quarter_row(contract, one, reports, inside) for one in reversed(begun)]


def _quarter_row(
    contract: Contract, one: ContractQuarter, reports: dict[str, QuarterReport], inside: bool
) -> QuarterRow:
    quarter = Quarter.of(one.starts_on)
    row = reports.get(str(quarter))
    met = targets_met(queries.frozen(row)) if row else ""
    address = reverse("quarterly_report", args=[contract.reference, str(quarter)]) if row or inside else ""
    # whether an unsigned report is there is for those inside
    state = state_tag(row) if row or inside else ("Not published yet", "grey")
    return QuarterRow(str(quarter), quarter.words, address, state, met, pounds_and_pence(one.value))


def reports_table(request: HttpRequest, rows: list[QuarterRow]) -> Table:
    """The quarters with their states."""
    return Table(
        request,
        rows,
        columns=[
            Column("period", "Quarter", sort="quarter", link=lambda row: row.url),
            Column("state", "Report", tag=lambda row: row.state),
            Column("met", "Targets met", absent="–"),
            Column("value", "Value", numeric=True),
        ],
        caption="Quarters",
        name="quarters",
        empty="The first quarter has not begun.",
    )


def period_of(report: QuarterlyReport) -> str:
    """1 April 2018 to 30 June 2018"""
    return f"{day(report.starts_on)} to {day(report.ends_on)}"

"""Drawing a report up from readings: reads only, and the last step before it is frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trellis.commissioning.queries import outcomes as commissioning
from trellis.commissioning.queries.outcomes import IndicatorDefinition, OutcomeDefinition
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Target
from trellis.core import rulebook
from trellis.core.periods import Quarter
from trellis.performance import queries, rules
from trellis.performance.models import QuarterReport, Reading
from trellis.performance.report import (
    Correction,
    DistrictFigure,
    IndicatorResult,
    OutcomeResult,
    Point,
    QuarterlyReport,
    Share,
)
from trellis.places import queries as places
from trellis.places.models import District

Published = dict[tuple[str, str], Decimal | None]


@dataclass(frozen=True)
class Material:
    """What the indicators of one report are drawn up from."""

    quarter: Quarter
    earlier: list[Quarter]
    readings: Mapping[tuple[str, str, str | None], Reading]
    published: Published
    targets: Mapping[str, Target]
    districts: list[District]
    fewest_cases: int
    steady_within: Decimal

    def value(self, indicator: IndicatorDefinition, quarter: Quarter) -> Decimal | None:
        """An indicator over the whole area in a quarter, as it is shown."""
        reading = self.readings.get((indicator.code, str(quarter), None))
        return rules.shown(reading.value if reading else None, indicator.decimals)


def draft_report(contract: Contract, quarter: Quarter) -> QuarterlyReport | None:
    """The report that the latest readings make; None when the quarter was never worked out."""
    up_to = queries.latest_reading(contract, quarter)
    if up_to is None:
        return None
    material = _material(contract, quarter, up_to)
    row = contracts.quarter(contract, quarter)
    if row is None:
        return None
    defined = commissioning.outcomes(beside=material.targets.keys())
    return QuarterlyReport(
        contract=contract.reference,
        title=contract.title,
        authority=contract.authority.name,
        quarter=str(quarter),
        period=quarter.words,
        starts_on=quarter.start,
        ends_on=quarter.end,
        evidence_up_to=up_to,
        fewest_cases=material.fewest_cases,
        contract_year=row.year,
        value=row.value,
        shares=_shares(contract, quarter),
        outcomes=tuple(_outcome(outcome, material) for outcome in defined),
        corrections=_corrections(defined, material),
    )


def _material(contract: Contract, quarter: Quarter, up_to: int) -> Material:
    quarters = queries.quarters_to(contract, quarter)
    found = queries.readings(contract, up_to).filter(period_start__lte=quarter.start)
    return Material(
        quarter=quarter,
        earlier=quarters[:-1],
        readings={(row.indicator_id, str(Quarter.of(row.period_start)), row.district_id): row for row in found},
        published=published_before(contract, quarter),
        targets=contracts.targets(contract, quarter.start),
        districts=places.districts_served(),
        fewest_cases=queries.fewest_cases(quarter),
        steady_within=Decimal(rulebook.value("performance.steady_within", on=quarter.start)),
    )


def published_before(contract: Contract, quarter: Quarter) -> Published:
    """Each figure as it was last published in a signed or closed report before this quarter, by (quarter, indicator).

    A correction that was published counts as published: it is not made again.
    """
    figures: Published = {}
    signed = QuarterReport.objects.filter(contract=contract, status__in=rules.FINAL, quarter__lt=str(quarter))
    for report in (queries.frozen(row) for row in signed.order_by("quarter")):
        figures |= {(report.quarter, indicator.code): indicator.value for indicator in report.indicators}
        figures |= {(correction.quarter, correction.indicator): correction.now for correction in report.corrections}
    return figures


def _shares(contract: Contract, quarter: Quarter) -> tuple[Share, ...]:
    shares = contracts.shares(contract, quarter.start)
    return tuple(
        Share(partner.organisation.reference, partner.organisation.name, part) for partner, part in shares.items()
    )


def _outcome(outcome: OutcomeDefinition, material: Material) -> OutcomeResult:
    indicators = tuple(_indicator(indicator, material) for indicator in outcome.indicators)
    return OutcomeResult(outcome.code, outcome.name, outcome.statement, indicators)


def _indicator(indicator: IndicatorDefinition, material: Material) -> IndicatorResult:
    reading = material.readings.get((indicator.code, str(material.quarter), None))
    target = material.targets.get(indicator.code)
    value = material.value(indicator, material.quarter)
    history = tuple(_point(indicator, quarter, material) for quarter in material.earlier)
    higher = indicator.higher_is_better
    wanted, least = (target.target, target.floor) if target else (None, None)
    return IndicatorResult(
        code=indicator.code,
        name=indicator.name,
        definition=indicator.definition,
        unit=indicator.unit,
        decimals=indicator.decimals,
        polarity="higher" if higher else "lower",
        value=value,
        counted=reading.counted if reading else 0,
        unknown=reading.unknown if reading else 0,
        target=wanted,
        floor=least,
        rating=_rating(indicator.code, rules.rating(value, wanted, least, higher_is_better=higher)),
        direction=rules.direction(
            [*(point.value for point in history), value], higher_is_better=higher, steady_within=material.steady_within
        ),
        history=history,
        districts=tuple(_district(indicator, district, material) for district in material.districts),
    )


def _rating(indicator: str, rating: str) -> str:
    return rating if indicator in rules.EVIDENCE_KINDS else rules.NO_MEASURE


def _point(indicator: IndicatorDefinition, quarter: Quarter, material: Material) -> Point:
    value = material.value(indicator, quarter)
    key = (str(quarter), indicator.code)
    corrected = key in material.published and material.published[key] != value
    return Point(str(quarter), quarter.words, value, corrected)


def _district(indicator: IndicatorDefinition, district: District, material: Material) -> DistrictFigure:
    """A district's figure. A middle value of too few cases is withheld: it would be one organisation's own story."""
    reading = material.readings.get((indicator.code, str(material.quarter), district.code))
    counts = indicator.code in rules.COUNTS
    counted = reading.counted if reading else 0
    value = reading.value if reading else (Decimal(0) if counts else None)
    withheld = not counts and 0 < counted < material.fewest_cases
    shown = None if withheld else rules.shown(value, indicator.decimals)
    return DistrictFigure(
        district.code, district.name, district.tile_column, district.tile_row, shown, counted, withheld
    )


def _corrections(defined: Iterable[OutcomeDefinition], material: Material) -> tuple[Correction, ...]:
    found = []
    for indicator in (one for outcome in defined for one in outcome.indicators):
        for quarter in material.earlier:
            key = (str(quarter), indicator.code)
            now = material.value(indicator, quarter)
            if key in material.published and material.published[key] != now:
                found.append(
                    Correction(
                        str(quarter),
                        quarter.words,
                        indicator.code,
                        indicator.name,
                        indicator.unit,
                        indicator.decimals,
                        material.published[key],
                        now,
                    )  # fmt: skip
                )
    return tuple(found)

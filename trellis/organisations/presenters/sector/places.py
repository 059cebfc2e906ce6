"""Where the sector is: for its people, beside deprivation, and where it is missing."""

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from trellis.core import rulebook
from trellis.organisations import queries
from trellis.organisations.presenters.maps import district_map
from trellis.organisations.presenters.sector.heat import Cell, HeatRow, HeatTable
from trellis.organisations.presenters.sector.picture import Picture
from trellis.organisations.queries import sector as reads
from trellis.organisations.queries.sector import Sector
from trellis.organisations.rules import sector as sums
from trellis.places import queries as places
from trellis.places.models import District
from trellis.web.charts import Bar, BarChart
from trellis.web.charts.tiles import level_of
from trellis.web.words import counted, day, lower_first

ADDRESS = "An organisation counts in the district of its address, which need not be where it works."
NO_PEOPLE = "How many people live in each district has not been loaded (import_population)."
TOO_FEW = "There are fewer than two districts to compare."


def density(sector: Sector) -> Picture:
    """Organisations for every 1,000 people, by district."""
    people, source = _people()
    definition = f"Counted: active organisations of the register for every 1,000 people. {ADDRESS} {source}"
    here = _by_district(sector)
    values = {
        code: per
        for code, number in here.items()
        if (per := sums.per_thousand(number, people.get(code, 0))) is not None
    }
    if len(values) < 2:
        missing = NO_PEOPLE if not values else TOO_FEW
        return Picture("density", "Organisations for every 1,000 people", definition, missing=missing)
    names = _names()
    most = max(values, key=lambda code: values[code])
    chart = district_map(
        f"{names[most]} has the most for its people: {values[most]} for every 1,000",
        "Active organisations for every 1,000 people, by district.",
        {code: (per, str(per)) for code, per in values.items()},
        value_heading="For every 1,000 people",
    )
    return Picture("density", "Organisations for every 1,000 people", definition, chart)


def deprivation(sector: Sector) -> Picture:
    """How deprived each district is, and how many organisations it has for its people."""
    rows = places.latest_deprivation()
    subject = "Deprivation"
    source = next((f"{row.source}, published {day(row.published_on)}. " for row in rows.values()), "")
    definition = (
        "Counted: small areas (of about 1,500 people) of each district that are among the most deprived fifth of the "
        f"country. {source}Beside it, active organisations for every 1,000 people. We know the district of an "
        "organisation and not its small area, so this says nothing of how deprived its own street is."
    )
    if not rows:
        missing = "How deprived each district is has not been loaded (import_deprivation)."
        return Picture("deprivation", subject, definition, missing=missing)
    people, _ = _people()
    here = _by_district(sector)
    ordered = sorted(rows.values(), key=lambda row: (-row.most_deprived / row.areas, row.district.name))
    worst = ordered[0]
    bars = []
    for row in ordered:
        per = sums.per_thousand(here.get(row.district_id, 0), people.get(row.district_id, 0))
        beside = f", and {per} for every 1,000" if per is not None else ""
        share = Decimal(100 * row.most_deprived) / row.areas
        bars.append(Bar(row.district.name, share, f"{share:.0f}%{beside}"))
    chart = BarChart(
        f"{worst.district.name} is the most deprived: {worst.most_deprived} of {worst.areas} areas are in the "
        "worst fifth",
        "The share of each district’s small areas that are among the most deprived fifth of the country, and its "
        "active organisations for every 1,000 people.",
        bars,
        "Most deprived areas; organisations for every 1,000 people",
        "District",
    )
    return Picture("deprivation", subject, definition, chart)


def cold_spots(sector: Sector, by: str) -> Picture:
    """Where there is little of a kind: kinds down, districts across."""
    people, source = _people()
    share = rulebook.value("organisations.cold_spot_share", sector.on)
    fewest = rulebook.value("organisations.cold_spot_fewest", sector.on)
    subject = "Gaps"
    definition = (
        f"Counted: active organisations of each kind by district; one counts under each kind that it names. {ADDRESS} "
        f"A cold spot has less than {100 * share:.0f}% of what its people would lead one to expect if all of a kind "
        f"were spread evenly, and at least {counted(fewest, 'organisation')} would be expected there. {source}"
    )
    counts = reads.kinds_by_district(by)
    districts = places.districts_served()
    if not counts:
        missing = "What organisations do, or are for, is not known yet."
        return Picture("gaps", subject, definition, missing=missing)
    rows = _heat_rows(by, counts, districts, people, share, fewest)
    chart = HeatTable(
        _what_is_cold(rows, [one.name for one in districts])
        if people
        else "How many of each kind are in each district",
        "Each number leads to the organisations. Darker is more, compared with the other districts.",
        "What they do" if by == "services" else "Cause",
        [one.name for one in districts],
        rows,
    )
    return Picture("gaps", subject, definition, chart)


def _what_is_cold(rows: list[HeatRow], districts: list[str]) -> str:
    """How many cold spots there are, and one of them by its name."""
    cold = [
        f"{lower_first(row.label)} in {district}"
        for row in rows
        for district, cell in zip(districts, row.cells, strict=True)
        if cell.is_cold
    ]
    if not cold:
        return "There is no cold spot"
    if len(cold) == 1:
        return f"There is 1 cold spot: {cold[0]}"
    return f"There are {len(cold)} cold spots, such as {cold[0]}"


def _heat_rows(
    by: str, counts: Mapping[tuple[str, str], int], districts: list[District], people: Mapping[str, int],
    share: Decimal, fewest: int,
) -> list[HeatRow]:  # fmt: skip
    all_people = sum(people.get(one.code, 0) for one in districts)
    rows = []
    for kind, name in reads.kinds(by).items():
        numbers = [counts.get((kind, one.code), 0) for one in districts]
        if not sum(numbers):
            continue
        cells = [
            Cell(
                number,
                level_of(number, numbers) if number else 0,
                sums.is_cold(
                    number, people.get(one.code, 0), sum(numbers), all_people, share=Decimal(share), fewest=fewest
                ),
                _those(by, kind, one.code),
            )
            for one, number in zip(districts, numbers, strict=True)
        ]
        rows.append(HeatRow(name, cells))
    return rows


def _those(by: str, kind: str, district: str) -> str:
    asked = {"service" if by == "services" else "cause": kind, "district": district}
    return f"{reverse('directory')}?{urlencode(asked)}"


def _by_district(sector: Sector) -> dict[str, int]:
    """Active organisations of each district, whatever district the page is narrowed to."""
    counts = queries.counts_by_district(queries.Criteria(), sector.on)
    return {one.code: counts.get(one.code, 0) for one in places.districts_served()}


def _names() -> dict[str, str]:
    return {one.code: one.name for one in places.districts_served()}


def _people() -> tuple[dict[str, int], str]:
    """How many people live in each district, and who counted them when."""
    rows = places.latest_population()
    if rows:
        first = next(iter(rows.values()))
        return {code: row.people for code, row in rows.items()}, f"People: {first.source}, {day(first.counted_on)}."
    known = {one.code: one.population for one in places.districts_served() if one.population}
    return known, "People: as set up with the districts; the day of the count is not known." if known else ""

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
        f"country. {source}Beside it, active organisations for every 1,000 people. Which small area a postcode is in "
        "is not loaded, so this says nothing of how deprived an organisation’s own street is; the next picture goes by "
        "ward."
    )
    if not rows:
        missing = "How deprived each district is has not been loaded (import_deprivation)."
        return Picture("deprivation", subject, definition, missing=missing)
    people, _ = _people()
    here = _by_district(sector)
    ordered = sorted(rows.values(), key=lambda row: (-row.most_deprived / row.areas, row.district.name))
    worst = ordered[0]
    bars: list[Bar] = []
    file: list[tuple] = [("District", "Percentage of most deprived areas", "Organisations for every 1,000 people")]
    for row in ordered:
        per = sums.per_thousand(here.get(row.district_id, 0), people.get(row.district_id, 0))
        beside = f", and {per} for every 1,000" if per is not None else ""
        share = Decimal(100 * row.most_deprived) / row.areas
        bars.append(Bar(row.district.name, share, f"{share:.0f}%{beside}"))
        file.append((row.district.name, round(share, 1), per))
    chart = BarChart(
        f"{worst.district.name} is the most deprived: {worst.most_deprived} of {worst.areas} areas are in the "
        "worst fifth",
        "The share of each district’s small areas that are among the most deprived fifth of the country, and its "
        "active organisations for every 1,000 people.",
        bars,
        "Most deprived areas; organisations for every 1,000 people",
        "District",
    )
    return Picture("deprivation", subject, definition, chart, file=file)


def wards(sector: Sector) -> Picture:
    """Organisations in wards that are more and less deprived, in the whole area or in one district."""
    rows = places.latest_wards()
    rows = {code: row for code, row in rows.items() if sector.district in ("", row.district_id)}
    subject = "Deprived wards"
    source = next((f"{row.source}, published {day(row.published_on)}. " for row in rows.values()), "")
    definition = (
        "Counted: active organisations by the ward of their postcode, and the wards by how many of their small areas "
        "are among the most deprived fifth of the country. How many people live in a ward is not loaded; small areas "
        "are drawn so that each has about as many (1,000 to 3,000), so we count for every 10 of them. An organisation "
        f"need not work where its post goes, and a ward holds streets of every kind. {source}"
    )
    if not rows:
        missing = (
            "We know no ward’s deprivation: the index that is loaded does not say in which ward each small area is "
            "(import_deprivation takes one that does)."
        )
        return Picture("wards", subject, definition, missing=missing)
    here, unplaced = reads.by_ward(sector.district)
    if not here:
        missing = "In which ward each postcode lies has not been loaded (import_postcodes)."
        return Picture("wards", subject, definition, missing=missing)
    if unplaced > sum(here.values()):
        missing = "We know the ward of fewer than half of the organisations, so to compare wards would mislead."
        return Picture("wards", subject, definition, missing=missing)
    kinds = sums.by_deprivation({code: (row.areas, row.most_deprived) for code, row in rows.items()}, here)
    left_out = f"{counted(unplaced, 'organisation')} of which we know no ward: not counted. " if unplaced else ""
    chart = _chart_of_wards(kinds)
    file: list[tuple] = [(chart.label_heading, chart.value_heading, "Organisations", "Wards")]
    file += [(one.name, one.per_ten_areas, one.organisations, one.wards) for one in kinds]
    return Picture("wards", subject, f"{definition}{left_out}", chart, file=file)


def _chart_of_wards(kinds: list[sums.Wards]) -> BarChart:
    first, last = kinds[0], kinds[-1]
    if first is last:
        title = f"All wards are alike: {first.per_ten_areas} organisations for every 10 small areas"
    else:
        more = "fewer" if first.per_ten_areas < last.per_ten_areas else "more"
        same = first.per_ten_areas == last.per_ten_areas
        title = (
            f"The most deprived wards have {'as many' if same else more} organisations: {first.per_ten_areas} for "
            f"every 10 small areas, where the least deprived have {last.per_ten_areas}"
        )
    return BarChart(
        title,
        "Active organisations for every 10 small areas, in wards by how many of their small areas are among the most "
        "deprived fifth of the country.",
        [
            Bar(
                one.name, one.per_ten_areas,
                f"{one.per_ten_areas} ({counted(one.organisations, 'organisation')} in {counted(one.wards, 'ward')})",
            )
            for one in kinds
        ],
        "Organisations for every 10 small areas",
        "Small areas in the worst fifth",
    )  # fmt: skip


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

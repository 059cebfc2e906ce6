"""The page of the sector's pictures."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.organisations import queries
from trellis.organisations.presenters.maps import district_map
from trellis.organisations.presenters.sector import makeup, places
from trellis.organisations.presenters.sector.picture import Picture
from trellis.organisations.queries.sector import Sector
from trellis.places import queries as where
from trellis.web.table import address
from trellis.web.words import counted, day


def page(request: HttpRequest, form: Any, sector: Sector, by: str) -> dict[str, Any]:
    """What the page shows."""
    named = {one.code: one.name for one in where.districts_served()}
    district = named.get(sector.district, "")
    number = counted(sector.number, "active organisation")
    return {
        "narrow": form,
        "breadcrumbs": [("Find an organisation", reverse("directory"))],
        "sector": sector,
        "what": f"{number} {f'in {district}' if district else 'on the register'}",
        "as_of": day(sector.on),
        "district": district,
        "filters": [(district, address(request, district=None))] if district else [],
        "pictures": pictures(sector, by),
        "asked": request.GET.urlencode(),
    }


def pictures(sector: Sector, by: str) -> list[Picture]:
    """Every picture, in the order of the page."""
    return [
        districts(sector),
        places.density(sector),
        places.deprivation(sector),
        places.wards(sector),
        places.cold_spots(sector, by),
        makeup.sizes(sector),
        makeup.incomes(sector),
        makeup.change(sector),
        makeup.causes(sector),
        makeup.ages(sector),
        makeup.comings(sector),
    ]


def picture_rows(sector: Sector, by: str, key: str) -> list | None:
    """A picture's figures as a file; None when there is no such picture."""
    return next((picture.file_rows for picture in pictures(sector, by) if picture.key == key), None)


def districts(sector: Sector) -> Picture:
    """How many in each district."""
    definition = f"{makeup.COUNTED}. {places.ADDRESS} As the register stood on {day(sector.on)}."
    counts = queries.counts_by_district(queries.Criteria(), sector.on)
    here = {one.code: counts.get(one.code, 0) for one in where.districts_served()}
    elsewhere = sum(counts.values()) - sum(here.values())
    chart = None
    if here and sum(here.values()):
        names = {one.code: one.name for one in where.districts_served()}
        most = max(here, key=lambda code: here[code])
        outside = f" {counted(elsewhere, 'more is', 'more are')} elsewhere or at an unknown place." if elsewhere else ""
        chart = district_map(
            f"{names[most]} has the most: {here[most]:,} of {sum(counts.values()):,}",
            f"Active organisations in each district.{outside}",
            {code: (number, f"{number:,}") for code, number in here.items()},
            value_heading="Organisations",
        )
    missing = "" if chart else "There are no organisations in two or more districts yet."
    return Picture("districts", "District", definition, chart, missing)

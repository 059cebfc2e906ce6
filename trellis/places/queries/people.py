"""How many people live in each district, and how deprived it is, as far as that was loaded."""

from trellis.places.models import Deprivation, Population, WardDeprivation


def latest_population() -> dict[str, Population]:
    """The newest count of each district of the authority's own area, by its code."""
    rows = Population.objects.filter(district__is_served=True).select_related("district").order_by("counted_on")
    return {row.district_id: row for row in rows}


def latest_deprivation() -> dict[str, Deprivation]:
    """Each district's row in the newest edition that was loaded, by its code; districts of the authority's own area."""
    rows = list(Deprivation.objects.filter(district__is_served=True).select_related("district"))
    newest = rows[0].published_on if rows else None
    return {row.district_id: row for row in rows if row.published_on == newest}


def latest_wards() -> dict[str, WardDeprivation]:
    """Each ward's row in the newest edition that says in which ward each small area is, by its code."""
    rows = list(WardDeprivation.objects.filter(district__is_served=True))
    newest = rows[0].published_on if rows else None
    return {row.ward: row for row in rows if row.published_on == newest}

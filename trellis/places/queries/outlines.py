"""The outlines of districts."""

from trellis.places.models import Boundary, District

Rings = list[list[list[int]]]


def outlines() -> dict[str, Rings]:
    """The outline of each district of the authority's own area, by its code; empty unless each one has one."""
    found = dict(Boundary.objects.filter(district__is_served=True).values_list("district_id", "rings"))
    return found if len(found) == District.objects.filter(is_served=True).count() else {}


def outlines_source() -> str:
    """Whose outlines they are."""
    return ", ".join(Boundary.objects.order_by("source").values_list("source", flat=True).distinct())

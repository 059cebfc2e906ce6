"""Reads of districts and postcodes."""

from trellis.places.models import District


def served_districts() -> list[District]:
    """The districts of the authority's own area, by name."""
    return list(District.objects.filter(is_served=True))

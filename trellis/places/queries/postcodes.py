"""Where a postcode is, and how far apart two places are."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

from trellis.core.many import among
from trellis.places import postcodes
from trellis.places.models import District, Outcode, Postcode

EARTH_RADIUS_KM = 6371.0088  # the mean radius of the International Union of Geodesy and Geophysics


class Position(Protocol):
    """Anything with a position in WGS84 degrees: a Place, a District, a Postcode."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


@dataclass(frozen=True)
class Place:
    """Where a postcode is. `exact` is false where only its first half is known: a best guess, and pages say so."""

    district: District | None
    exact: bool
    latitude: float
    longitude: float


def district_for(postcode: str) -> Place | None:
    """The place of a postcode as typed; None when it is no postcode or nothing near it is loaded."""
    return places_for([postcode]).get(postcode)


def places_for(typed: Iterable[str]) -> dict[str, Place]:
    """The places of many postcodes as typed, in at most three queries; those that cannot be placed are left out."""
    wanted = {text: whole for text in set(typed) if (whole := postcodes.normalised(text))}
    exact = {
        row.postcode: Place(row.district, True, row.latitude, row.longitude)
        for row in Postcode.objects.filter(postcode__in=among(set(wanted.values()))).select_related("district")
    }
    guesses = _guesses({whole[:-3] for whole in wanted.values() if whole not in exact})
    found = {text: exact.get(whole) or guesses.get(whole[:-3]) for text, whole in wanted.items()}
    return {text: place for text, place in found.items() if place}


def wards_of(written: Iterable[str]) -> dict[str, str]:
    """The codes of the wards of postcodes as written; those of which none is known are left out."""
    keys = {text: text.replace(" ", "") for text in set(written) if text}
    rows = Postcode.objects.filter(postcode__in=among(set(keys.values()))).exclude(ward="")
    wards = dict(rows.values_list("postcode", "ward"))
    return {text: wards[key] for text, key in keys.items() if key in wards}


def districts_served() -> list[District]:
    """The districts of the authority's own area, by name."""
    return list(District.objects.filter(is_served=True))


def district_names() -> dict[str, str]:
    """The name of every district that is known, neighbours too, by its code."""
    return dict(District.objects.values_list("code", "name"))


def distance_km(a: Position, b: Position) -> float:
    """Kilometres between two positions along a great circle (haversine; within 0.5% on the real Earth)."""
    up, along = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    half_chord = sin(up / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(along / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_chord))


def _guesses(outcodes: set[str]) -> dict[str, Place]:
    return {
        row.outcode: Place(row.district, False, row.latitude, row.longitude)
        for row in Outcode.objects.filter(outcode__in=among(outcodes)).select_related("district")
    }

"""Reads of places."""

from trellis.places.queries.outlines import outlines, outlines_source
from trellis.places.queries.people import latest_deprivation, latest_population, latest_wards
from trellis.places.queries.postcodes import (
    Place,
    Position,
    distance_km,
    district_for,
    district_names,
    districts_served,
    places_for,
    wards_of,
)
from trellis.places.queries.spots import MILES_IN_A_KM, Spot, outcodes_near, place_names, spot, spots, spots_beginning

__all__ = [
    "MILES_IN_A_KM",
    "Place",
    "Position",
    "Spot",
    "distance_km",
    "district_for",
    "district_names",
    "districts_served",
    "latest_deprivation",
    "latest_population",
    "latest_wards",
    "outcodes_near",
    "outlines",
    "outlines_source",
    "place_names",
    "places_for",
    "spot",
    "spots",
    "spots_beginning",
    "wards_of",
]

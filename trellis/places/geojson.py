"""Outlines of districts from a GeoJSON file (RFC 7946), brought onto the National Grid and made simple.

Every corner is moved to the nearest point of a grid of 100 metres, and corners on a straight line are dropped. Two
districts share the corners of their common border, so both move alike: no gap opens and nothing overlaps, as it would
if each outline were simplified by itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

from trellis.core.errors import RuleBroken
from trellis.places import grid
from trellis.places.tables import GSS, Refusal

GRAIN = 100  # metres
LARGEST = 100 * 1024 * 1024  # bytes; a whole country in full detail is smaller
MOST_CORNERS = 1_000_000  # of one district
FEWEST_CORNERS = 4  # RFC 7946, 3.1.6: the first comes again as the last

Ring = list[list[int]]


@dataclass(frozen=True)
class Outline:
    """A district's outline: closed rings of [east, north] in metres. Islands and holes are rings like any other."""

    code: str
    rings: list[Ring]


def read(path: Path) -> Iterator[Outline | Refusal]:
    """Each feature of the file as an outline, or why it cannot be one (its "line" counts features from 1).

    Raises RuleBroken when the file is no GeoJSON of features.
    """
    for place, feature in enumerate(_features(path), start=1):
        try:
            yield _outline(feature)
        except ValueError as error:
            yield Refusal(place, str(error))


def _features(path: Path) -> list:
    try:
        if path.stat().st_size > LARGEST:
            raise RuleBroken("This file is larger than 100 MB. Take the publisher's generalised boundaries.")
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise RuleBroken(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise RuleBroken("This is not a GeoJSON file: it is not JSON.") from error
    features = whole.get("features") if isinstance(whole, dict) and whole.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise RuleBroken("This is not a GeoJSON file of districts: it is no FeatureCollection with features.")
    return features


def _outline(feature: Any) -> Outline:
    if not isinstance(feature, dict):
        raise ValueError("It is not a feature.")
    code, drawn = _code(feature.get("properties")), feature.get("geometry")
    geometry: dict = drawn if isinstance(drawn, dict) else {}
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{code} is not drawn as a polygon.")
    polygons = geometry.get("coordinates")
    parts = [polygons] if kind == "Polygon" else polygons
    if not isinstance(parts, list) or not all(isinstance(part, list) and part for part in parts) or not parts:
        raise ValueError(f"{code} has no outline.")
    rings = [_ring(code, ring) for part in parts for ring in part]
    if sum(len(ring) for ring in rings) > MOST_CORNERS:
        raise ValueError(f"{code} has more than {MOST_CORNERS:,} corners. Take generalised boundaries.")
    simple = [ring for ring in map(simplified, rings) if len(ring) >= FEWEST_CORNERS]
    if not simple:
        raise ValueError(f"{code} is too small to draw.")
    return Outline(code, simple)


def _code(properties: Any) -> str:
    """The district's GSS code, whatever its property is called (LAD13CD, LAD23CD, code)."""
    values = properties.values() if isinstance(properties, dict) else ()
    codes = [value for value in values if isinstance(value, str) and GSS.fullmatch(value)]
    if not codes:
        raise ValueError("It has no code of a district, such as E07000999.")
    return codes[0]


def _ring(code: str, ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < FEWEST_CORNERS or ring[0] != ring[-1]:
        raise ValueError(f"{code} has an outline that is not closed.")
    return [_corner(code, corner) for corner in ring]


def _corner(code: str, corner: Any) -> list[int]:
    numbers = corner[:2] if isinstance(corner, list) else []
    if len(numbers) != 2 or not all(isinstance(one, int | float) and isfinite(one) for one in numbers):
        raise ValueError(f"{code} has a corner that is not a longitude and a latitude.")
    longitude, latitude = numbers
    if not (-9 < longitude < 2.5 and 49 < latitude < 61.5):
        raise ValueError(f"{code} is not in Great Britain. Save the file in longitude and latitude (WGS 84).")
    east, north = grid.easting_and_northing(latitude, longitude)
    return [GRAIN * round(east / GRAIN), GRAIN * round(north / GRAIN)]


def simplified(ring: Ring) -> Ring:
    """A closed ring without corners that repeat, or that lie on the straight line between their neighbours."""
    corners = [corner for corner, after in pairwise(ring) if corner != after]
    kept: Ring = []
    for place, corner in enumerate(corners):
        before, after = corners[place - 1], corners[(place + 1) % len(corners)]
        if not _is_between(before, corner, after):
            kept.append(corner)
    return [*kept, kept[0]] if kept else []


def _is_between(before: list[int], corner: list[int], after: list[int]) -> bool:
    """Whether a corner lies on the line from one to the other, between them."""
    one, other = (corner[0] - before[0], corner[1] - before[1]), (after[0] - corner[0], after[1] - corner[1])
    turns = one[0] * other[1] - one[1] * other[0]
    return turns == 0 and one[0] * other[0] + one[1] * other[1] > 0

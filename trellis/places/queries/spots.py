"""Places that people name: a postcode or its first half, a district, a town."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from django.db.models import Q
from django.db.models.functions import Lower

from trellis.places import postcodes
from trellis.places.models import District, Outcode, Postcode, Town
from trellis.places.queries.postcodes import distance_km

MILES_IN_A_KM = 0.621371
KM_IN_A_DEGREE = 110.0  # of latitude; less than the least there is, so that a box is never too small
MOST = 5


@dataclass(frozen=True)
class Spot:
    """A place with a name and a middle, and what lies in it: a district, by its code, or all of some outward codes.

    `exact`: the middle is that of a whole postcode, and not of an area.
    """

    name: str
    latitude: float
    longitude: float
    district: str = ""
    outcodes: tuple[str, ...] = ()
    exact: bool = False


def spot(typed: str) -> Spot | None:
    """The place that somebody means: `me14 1xq`, `ME14`, a district or a town by its name; None when none is known."""
    return spots([typed]).get(typed)


def spots(typed: Iterable[str]) -> dict[str, Spot]:
    """The places that texts mean, as for `spot`; texts that name none are left out. Names cost two queries in all."""
    coded = {text: _postcode(text) or _outcode(text) for text in typed if any(letter.isdigit() for letter in text)}
    named = {text: _name(text) for text in typed if text not in coded and _name(text)}
    towns, districts = _towns(set(named.values())), _districts(set(named.values()))
    found = coded | {text: districts.get(name) or towns.get(name) for text, name in named.items()}
    return {text: place for text, place in found.items() if place}


def _name(typed: str) -> str:
    return " ".join(typed.casefold().replace("&", " and ").split())


def place_names() -> set[str]:
    """The names of all districts and towns that can be named."""
    return {*District.objects.values_list("name", flat=True), *Town.objects.values_list("name", flat=True).distinct()}


def spots_beginning(typed: str) -> list[Spot]:
    """Districts of the authority's own area, then towns, whose names begin as typed; a few."""
    name = " ".join(typed.casefold().split())
    if len(name) < 2:
        return []
    starts = Q(key__startswith=name)
    served = District.objects.filter(is_served=True).annotate(key=Lower("name")).filter(starts)
    found = [_of_district(one) for one in served[:MOST]]
    known = {one.name for one in found}
    towns = Town.objects.annotate(key=Lower("name")).filter(starts).values_list("name", flat=True).distinct()
    others = _towns({town.casefold() for town in towns.order_by("name")[:MOST] if town not in known})
    return [*found, *others.values()][:MOST]


def outcodes_near(middle: Spot, within_km: float) -> dict[str, Spot]:
    """The middles of first halves of postcodes that lie within so many kilometres, the nearest first."""
    up = within_km / KM_IN_A_DEGREE
    along = up / cos(radians(middle.latitude))
    box = Q(latitude__range=(middle.latitude - up, middle.latitude + up)) & Q(
        longitude__range=(middle.longitude - along, middle.longitude + along)
    )
    found = [model.objects.filter(box).values_list("outcode", "latitude", "longitude") for model in (Town, Outcode)]
    rows = {row[0]: Spot(*row) for table in found for row in table}
    away = {code: distance_km(middle, spot) for code, spot in rows.items()}
    near = sorted((km, code) for code, km in away.items() if km <= within_km)
    return {code: rows[code] for _, code in near}


def _postcode(typed: str) -> Spot | None:
    whole = postcodes.normalised(typed)
    row = Postcode.objects.filter(postcode=whole).first() if whole else None
    return Spot(postcodes.written(row.postcode), row.latitude, row.longitude, exact=True) if row else None


def _outcode(typed: str) -> Spot | None:
    """The middle of a first half; of a whole postcode that is not loaded, that of its first half."""
    code = postcodes.outcode(typed)
    row = code and (Outcode.objects.filter(outcode=code).first() or Town.objects.filter(outcode=code).first())
    return Spot(row.outcode, row.latitude, row.longitude, outcodes=(row.outcode,)) if row else None


def _districts(names: set[str]) -> dict[str, Spot]:
    spelt = {name.replace(" and ", " & ") for name in names}
    rows = District.objects.annotate(key=Lower("name")).filter(key__in=names | spelt) if names else []
    return {_name(row.name): _of_district(row) for row in rows}


def _of_district(found: District) -> Spot:
    return Spot(found.name, found.latitude, found.longitude, district=found.code)


def _towns(names: set[str]) -> dict[str, Spot]:
    rows = Town.objects.annotate(key=Lower("name")).filter(key__in=names).order_by("name", "outcode") if names else []
    by_name: dict[str, list[Town]] = {}
    for row in rows:
        by_name.setdefault(_name(row.name), []).append(row)
    return {name: _of_town(same) for name, same in by_name.items()}


def _of_town(rows: list[Town]) -> Spot:
    latitude, longitude = (sum(getattr(row, of) for row in rows) / len(rows) for of in ("latitude", "longitude"))
    return Spot(rows[0].name, latitude, longitude, outcodes=tuple(row.outcode for row in rows))

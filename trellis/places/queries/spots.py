"""Places that people name: a postcode or its first half, a district, a town."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from trellis.places import postcodes
from trellis.places.models import District, Outcode, Postcode, Town
from trellis.places.queries.postcodes import distance_km

MILES_IN_A_KM = 0.621371
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
    if any(letter.isdigit() for letter in typed):
        return _postcode(typed) or _outcode(typed)
    name = " ".join(typed.casefold().replace("&", " and ").split())
    return (_district(name) or _town(name)) if name else None


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
    others = [_town(town.casefold()) for town in towns.order_by("name")[:MOST] if town not in known]
    return [*found, *(one for one in others if one)][:MOST]


def outcodes_near(middle: Spot, within_km: float) -> list[str]:
    """The first halves of postcodes whose middles lie within so many kilometres, the nearest first."""
    middles: dict[str, Town | Outcode] = {row.outcode: row for row in Town.objects.all()}
    middles |= {row.outcode: row for row in Outcode.objects.all()}
    away = {code: distance_km(middle, row) for code, row in middles.items()}
    return sorted((code for code, km in away.items() if km <= within_km), key=lambda code: (away[code], code))


def _postcode(typed: str) -> Spot | None:
    whole = postcodes.normalised(typed)
    row = Postcode.objects.filter(postcode=whole).first() if whole else None
    return Spot(postcodes.written(row.postcode), row.latitude, row.longitude, exact=True) if row else None


def _outcode(typed: str) -> Spot | None:
    """The middle of a first half; of a whole postcode that is not loaded, that of its first half."""
    code = postcodes.outcode(typed)
    row = code and (Outcode.objects.filter(outcode=code).first() or Town.objects.filter(outcode=code).first())
    return Spot(row.outcode, row.latitude, row.longitude, outcodes=(row.outcode,)) if row else None


def _district(name: str) -> Spot | None:
    names = {name, name.replace(" and ", " & ")}
    found = District.objects.annotate(key=Lower("name")).filter(key__in=names).first()
    return _of_district(found) if found else None


def _of_district(found: District) -> Spot:
    return Spot(found.name, found.latitude, found.longitude, district=found.code)


def _town(name: str) -> Spot | None:
    rows = list(Town.objects.annotate(key=Lower("name")).filter(key=name).order_by("outcode"))
    if not rows:
        return None
    latitude, longitude = (sum(getattr(row, of) for row in rows) / len(rows) for of in ("latitude", "longitude"))
    return Spot(rows[0].name, latitude, longitude, outcodes=tuple(row.outcode for row in rows))

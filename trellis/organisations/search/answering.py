"""What somebody typed, names and places alike: "foodbank in Ashford", "ashford", "choir near ME14 1XQ"."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from operator import itemgetter

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from trellis.core.many import among as one_of
from trellis.organisations.models import Organisation
from trellis.organisations.search.finding import MOST_FOUND, Found, find
from trellis.organisations.search.words import slips, tolerance
from trellis.places import queries as places
from trellis.places.queries import Spot

FARTHEST_MILES = 25
AT_ONCE = 4  # first halves of postcodes that are asked for together, the nearest first
LONGEST_PLACE = 4  # words
SHORTEST_MISSPELT = 5  # letters of a place's name
NEAR = re.compile(r"(?P<words>.*?)\b(?:near|nearby|close to|around)\s+(?P<place>.+)", re.IGNORECASE)
WITHIN = re.compile(r"(?P<words>.*?)\b(?:in|at)\s+(?P<place>.+)", re.IGNORECASE)

ByName = Callable[..., Found]


@dataclass(frozen=True)
class Asked:
    """A text, understood: `words` to find by name, and a place. `is_sure`: the place was not part of a name."""

    words: str
    spot: Spot | None = None
    is_near: bool = False
    is_sure: bool = False


def understood(text: str, known_as: Callable[[set[str]], Mapping[str, Spot]] = places.spots) -> Asked:
    """What a text says of a place: near it, in it, or a place's name at the end or the beginning.

    `known_as` says which places texts mean.
    """
    text = " ".join(text.split())
    said = [(pattern is NEAR, match) for pattern in (NEAR, WITHIN) if (match := pattern.fullmatch(text))]
    ends = list(_ends(text.split(" "))) if any(map(str.isalnum, text)) else []
    known = known_as({match["place"] for _, match in said} | {place for place, _ in ends})
    for is_near, match in said:
        if spot := known.get(match["place"]):
            return Asked(match["words"].strip(), spot, is_near or not _has_inside(spot), is_sure=True)
    for place, rest in ends:
        if spot := known.get(place):
            is_code = any(letter.isdigit() for letter in spot.name)
            return Asked(rest, spot, is_near=is_code, is_sure=is_code)
    return Asked(text)


def _ends(words: list[str]) -> Iterator[tuple[str, str]]:
    """What may be a place at the end or the beginning of a text, the longest first, and the rest of the text."""
    for length in range(min(LONGEST_PLACE, len(words)), 0, -1):
        yield " ".join(words[-length:]), " ".join(words[:-length])
        yield " ".join(words[:length]), " ".join(words[length:])


def _misspelt(texts: set[str]) -> dict[str, Spot]:
    """The places whose names are a slip or two from texts: for each the nearest, by the alphabet where two are."""
    names = [(name.casefold(), name) for name in sorted(places.place_names())]
    meant = {text: likest for text in texts if (likest := _likest(text.casefold(), names))}
    known = places.spots(meant.values())
    return {text: known[name] for text, name in meant.items() if name in known}


def _likest(text: str, names: list[tuple[str, str]]) -> str:
    allowed = tolerance(len(text)) if len(text) >= SHORTEST_MISSPELT else 0
    if not allowed:
        return ""
    found = [(count, name) for key, name in names if (count := slips(text, key, allowed)) <= allowed]
    return min(found, default=(0, ""), key=itemgetter(0))[1]


def answer(
    text: str, *, among: QuerySet[Organisation] | None = None, most: int = MOST_FOUND, ranked: bool = True
) -> Found:
    """The organisations that somebody means by a text, best first; by distance where they ask what is near.

    Where a text ends or begins with the name of a place, those whose names match come first, then those that lie there.
    A place may be misspelt where nothing has all the words as they are. Not `ranked`, the answer is in no order.
    """
    register = Organisation.objects.listed() if among is None else among
    by_name = partial(find, most=most, ranked=ranked)
    text = text.replace("\0", " ")  # PostgreSQL takes none
    asked = understood(text)
    if asked.spot:
        return _at(asked, asked.spot, text, register, by_name, most)
    found = by_name(text, among=register)
    says_where = any(pattern.fullmatch(" ".join(text.split())) for pattern in (NEAR, WITHIN))
    if found.whole and found.ids and not says_where:
        return found
    asked = understood(text, _misspelt)
    if asked.spot:  # only who asks what is near surely means a place: "Youth in Action" is not in Acton
        return _at(replace(asked, is_sure=asked.is_near), asked.spot, text, register, by_name, most)
    return _near_nowhere(text, register, by_name) or found


def _at(asked: Asked, spot: Spot, text: str, register: QuerySet[Organisation], by_name: ByName, most: int) -> Found:
    """What is meant by a text with a place in it."""
    if asked.is_sure:
        numbered = by_name(text, among=register) if not asked.words else Found(())
        if numbered.by_number:
            return numbered
        look = _near if asked.is_near else _in_place
        return look(asked.words, spot, register, by_name, most)
    named = by_name(text, among=register)
    there = _in_place(asked.words, spot, register, by_name, most)
    ids = list(dict.fromkeys([*(named.ids if named.whole else ()), *there.ids]))
    return replace(there, ids=tuple(ids[:most]), more=named.more or there.more) if there.ids else named


def _near_nowhere(text: str, register: QuerySet[Organisation], by_name: ByName) -> Found | None:
    """Where a text asks for what is near a place that nobody knows: what its other words find, and that."""
    asked = NEAR.fullmatch(" ".join(text.split()))
    if asked is None:
        return None
    words = asked["words"].strip()
    return replace(by_name(words, among=register) if words else Found(()), unknown=asked["place"])


def _has_inside(spot: Spot) -> bool:
    return bool(spot.district or spot.outcodes)


def _in_place(words: str, spot: Spot, register: QuerySet[Organisation], by_name: ByName, most: int) -> Found:
    inside = Q(district=spot.district) if spot.district else Q(outcode__in=spot.outcodes, address_is_private=False)
    here = register.filter(inside)
    if words:
        found = by_name(words, among=here)
        return replace(found, place=spot.name) if found.whole else Found((), place=spot.name)
    ids = list(here.order_by("status", Lower("name"), "id").values_list("id", flat=True)[: most + 1])
    return Found(tuple(ids[:most]), more=len(ids) > most, place=spot.name)


def _near(words: str, spot: Spot, register: QuerySet[Organisation], by_name: ByName, most: int) -> Found:
    register = register.filter(address_is_private=False)  # how far away it is would tell where somebody lives
    codes = places.outcodes_near(spot, FARTHEST_MILES / places.MILES_IN_A_KM)
    more = False
    if words:
        found = by_name(words, among=register.filter(outcode__in=one_of(list(codes))))
        ids, more = (found.ids, found.more) if found.whole else ((), False)
        rows = list(register.filter(pk__in=ids).values_list("id", "postcode", "outcode"))
    else:
        rows = _nearest(register, codes, most)
    miles = _miles(spot, rows, codes)
    ids = tuple(sorted(miles, key=lambda pk: (miles[pk], pk)))
    return Found(ids[:most], more=more or len(ids) > most, place=spot.name, miles=miles)


def _nearest(register: QuerySet[Organisation], codes: Mapping[str, Spot], most: int) -> list[tuple[int, str, str]]:
    """Organisations by the first halves of their postcodes, the nearest first, until there are enough and some more."""
    rows: list[tuple[int, str, str]] = []
    left = iter(codes)
    while batch := list(islice(left, AT_ONCE)):
        enough = len(rows) > most
        rows += register.filter(outcode__in=batch).values_list("id", "postcode", "outcode")
        if enough:  # one batch more: some of it may be nearer than the far side of the one before
            break
    return rows


def _miles(spot: Spot, rows: list[tuple[int, str, str]], codes: Mapping[str, Spot]) -> dict[int, float]:
    """How far away each organisation is: by its postcode, or where that is not loaded by the first half of it."""
    exact = places.places_for({postcode for _, postcode, _ in rows})
    positions = {pk: exact.get(postcode) or codes[code] for pk, postcode, code in rows}
    return {pk: places.distance_km(spot, where) * places.MILES_IN_A_KM for pk, where in positions.items()}

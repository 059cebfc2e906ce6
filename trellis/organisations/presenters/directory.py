"""The directory: its table, filters in use, map and words."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.core.money import whole_pounds
from trellis.organisations import forms, queries, rules, search
from trellis.organisations.models import Organisation
from trellis.organisations.presenters import embeds
from trellis.organisations.presenters.maps import AS_TILES, Map, district_map
from trellis.organisations.queries import Criteria, Matches, groups
from trellis.places import queries as places
from trellis.web.charts import OutlineMap
from trellis.web.table import Column, Table, address
from trellis.web.words import counted

TAGS: dict[str, str] = {Organisation.Status.ACTIVE: "green", Organisation.Status.REMOVED: "grey"}
NEXT_DOOR, FAR = 0.5, 10  # miles
FEWEST_MAPPED = 12  # a map of less is a list drawn large
EMPTY = "No organisation matches. Take a filter away, or try fewer words: part of the name will do."
NOTHING_YET = "There are no organisations yet. They will be listed here once a register has been read in."


def directory_table(request: HttpRequest, matches: Matches, criteria: Criteria, on: date) -> Table:
    """The organisations found, a page at a time."""
    rows = queries.sortable(matches) if "sort" in request.GET or not criteria.text else matches.rows
    nothing_asked = criteria == Criteria()
    return Table(
        request,
        rows,
        columns=_columns(on, matches),
        caption="Organisations",
        name="organisations",
        order="" if criteria.text else "name",
        empty=NOTHING_YET if nothing_asked else EMPTY,
        filters=_filters(request, criteria, on),
        stacks=True,
    )


def directory(
    form: forms.DirectoryForm,
    criteria: Criteria,
    matches: Matches,
    every: tuple[int, ...] | None,
    table: Table,
    on: date,
) -> dict[str, Any]:
    """What the page shows. `every`: all that the text finds, where they are not too many to count."""
    counts = _counts(criteria, matches, every, on)
    shown = _map(table.request, criteria, counts)
    return {
        "search": form,
        "narrowed": bool(
            criteria.district or criteria.size or criteria.cause or criteria.service or form.data.get("status")
        ),
        "table": table,
        "notes": _notes(matches, sum(counts.values())),
        "has_guesses": any(map(_guess, table.page.object_list)),
        "map": shown,
        "other_map": _other_map(table.request, shown),
        "snippet": _snippet(table.request),
    }


def _columns(on: date, matches: Matches) -> list[Column]:
    bands = queries.size_bands(on)
    miles = matches.found.miles if matches.found else None
    away = [Column("distance", "Distance", value=lambda row: distance(miles[row.pk]))] if miles else []
    unchecked = groups.unchecked_ids()
    return [
        Column("name", "Name", sort="alphabetical", link=lambda row: reverse("organisation", args=[row.reference])),
        Column(
            "district",
            "District",
            value=lambda row: row.district and row.district.name,
            sort="district__name",
            absent="Not known",
            note=_guess,
        ),
        *away,
        Column("size", "Size", value=lambda row: rules.size_band(row.latest_income, bands), absent="Not known"),
        Column("income", "Latest income", value=_income, sort="latest_income", numeric=True, absent="Not known"),
        Column("status", "Status", tag=lambda row: _status(row, on, unchecked)),
    ]


def distance(miles: float) -> str:
    """How far away something is: "2.3 miles", "12 miles"."""
    if miles < NEXT_DOOR:
        return "Less than half a mile"
    return (
        f"{miles:.0f} miles" if miles >= FAR else f"{miles:.1f} miles".replace(".0 ", " ").replace("1 miles", "1 mile")
    )


def _guess(row: Organisation) -> str:
    return "best guess" if row.district and row.district_is_guess else ""


def _income(row: Organisation) -> str:
    return "" if row.latest_income is None else whole_pounds(row.latest_income)


def _status(row: Organisation, on: date, unchecked: frozenset[int]) -> tuple[str, str]:
    """Whether it is there, and of one that is, whether nobody has checked it, or what it said has grown old."""
    if row.status != Organisation.Status.ACTIVE:
        return "No longer active", TAGS[row.status]
    if row.pk in unchecked:
        return "Not yet checked", "yellow"
    if queries.is_stale(row, on):
        return "May be out of date", "yellow"
    return "Active", TAGS[row.status]


def _filters(request: HttpRequest, criteria: Criteria, on: date) -> list[tuple[str, str]]:
    """What narrows the list, each with the address that takes it away."""
    districts = {one.code: one.name for one in places.districts_served()} if criteria.district else {}
    services = {one.code: one.name for one in queries.service_types()} if criteria.service else {}
    named = {one.code: one.name for one in queries.causes()} if criteria.cause else {}
    words = {
        "q": f"“{criteria.text}”" if criteria.text else "",
        "district": districts.get(criteria.district, ""),
        "size": forms.size_words(criteria.size, on) if criteria.size else "",
        "cause": named.get(criteria.cause, ""),
        "service": services.get(criteria.service, ""),
        "status": dict(forms.STATUSES)[criteria.status] if request.GET.get("status") else "",
    }
    return [(text, address(request, **{name: None, "page": None})) for name, text in words.items() if text]


def _notes(matches: Matches, number: int) -> list[str]:
    """What to know about how a search was answered. `number`: how many match, as far as was counted."""
    found = matches.found
    if not found:
        return []
    notes = [_place_words(found)] if found.place else []
    if found.unknown:
        notes.append(f"We do not know where “{found.unknown}” is. Try a town, a district or a postcode.")
    if not found.ids:
        return notes
    if not found.whole:
        notes.append("No organisation matches all your words. These come close.")
    if found.more:
        listed = len(found.ids)
        all_of_them = f"{number:,} match. The {listed:,} that match best"
        many = all_of_them if number > listed else f"More than {listed:,} match. The best of them"
        notes.append(f"{many} are listed: add a word to find others.")
    return notes


def _place_words(found: search.Found) -> str:
    """What was made of the place in a text."""
    if found.miles is not None:
        within = f"within {search.FARTHEST_MILES} miles of {found.place}"
        if not found.ids:
            return f"We know of no such organisation {within}."
        return (
            f"These are {within}, the nearest first. Miles are as the crow flies, "
            "and a guess where we know only the first half of a postcode."
        )
    if not found.ids:
        return f"We know of no such organisation in {found.place}."
    return f"We took “{found.place}” for the place. Names that match come first, then organisations there."


def _map(request: HttpRequest, criteria: Criteria, counts: Mapping[str | None, int]) -> Map | None:
    """How many in each district; none where it would say nothing."""
    districts = places.districts_served()
    here = {district.code: counts.get(district.code, 0) for district in districts}
    if criteria.district or len(districts) < 2 or sum(here.values()) < FEWEST_MAPPED:
        return None
    most = max(districts, key=lambda district: here[district.code])
    elsewhere = sum(counts.values()) - sum(here.values())
    outside = f" {counted(elsewhere, 'more is', 'more are')} elsewhere or at an unknown place." if elsewhere else ""
    return district_map(
        f"{most.name} has the most: {here[most.code]:,}",
        f"How many of these organisations have their address in each district.{outside}",
        {code: (number, "") for code, number in here.items()},
        value_heading="Organisations",
        wanted=request.GET.get("map", ""),
    )


def _snippet(request: HttpRequest) -> str:
    """The markup by which another site lists what is found here."""
    asked = request.GET.copy()
    for name in ("page", "sort", "format", "map"):
        asked.pop(name, None)
    path = reverse("directory_embed") + (f"?{asked.urlencode()}" if asked else "")
    return embeds.snippet(path, "Organisations", "many")


def _other_map(request: HttpRequest, shown: Map | None) -> tuple[str, str] | None:
    """The way to the other map, in words and as an address, where there are two."""
    if isinstance(shown, OutlineMap):
        return "Show the map as tiles", address(request, map=AS_TILES)
    if shown and request.GET.get("map") == AS_TILES and places.outlines():
        return "Show the true map", address(request, map=None)
    return None


def _counts(criteria: Criteria, matches: Matches, every: tuple[int, ...] | None, on: date) -> Mapping[str | None, int]:
    """How many in each district: of all that match, also of those that are not listed, where they can be counted."""
    if isinstance(matches.rows, QuerySet) or matches.found and matches.found.more and every is not None:
        return queries.counts_by_district(criteria, on, every)
    return Counter(row.district_id for row in matches.rows)

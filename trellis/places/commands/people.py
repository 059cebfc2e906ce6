"""How many people live in each district, and how deprived it is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.places import tables
from trellis.places.commands.postcodes import Report
from trellis.places.models import Deprivation, District, Population, WardDeprivation
from trellis.places.tables import GSS, Refusal

# Headings of the Office for National Statistics, and of tables made from its figures.
POPULATION = {
    "district code": r"(ltla|lad|la|utla)\d*_?(code|cd)|lower tier local authorities code|area code|district_gss",
    "population": r"(total_)?population|all persons|all ages|observation|usual residents",
}
# File 1 of the English indices of deprivation, and tables made from it.
DEPRIVATION = {
    "small area": r"lsoa\d*_?(code|cd)|lsoa code \(\d+\)",
    "district code": r"(ltla|lad)\d*_?(code|cd)|local authority district code \(\d+\)",
    "decile": r"imd_decile|index of multiple deprivation \(imd\) decile.*",
}
WARD = {"ward code": r"ward\d*_?(code|cd)|wd\d*cd", "ward name": r"ward\d*_?(name|nm)|wd\d*nm"}
DECILES_IN_A_FIFTH = 2


class _Area(NamedTuple):
    """A small area: its district, its ward (code and name; empty where the file does not say), and its decile."""

    district: str
    ward: tuple[str, str]
    decile: int

    @property
    def is_worst(self) -> bool:
        return self.decile <= DECILES_IN_A_FIFTH


def import_population(*, path: Path, counted_on: date, source: str, by: Actor) -> Report:
    """Load how many people live in each district; again, and nothing changes.

    A district of the file that is not known here is passed over: such files hold the country. The newest count also
    becomes the district's own. Raises RuleBroken when the file is no such table, or says nothing of a known district.
    """
    tables.check_date(counted_on, clock.today())
    report = Report()
    counts = dict(_counts(path, _codes(), report))
    _check_ours(counts, "population")
    with transaction.atomic():
        old = dict(Population.objects.filter(counted_on=counted_on).values_list("district_id", "people"))
        _tally(report, old, counts)
        Population.objects.bulk_create(
            [Population(district_id=code, counted_on=counted_on, people=people, source=source)
             for code, people in counts.items()],
            update_conflicts=True, unique_fields=["district", "counted_on"], update_fields=["people", "source"],
        )  # fmt: skip
        _take_newest(counts)
        _record(by, "places.import_population", path, report)
    return report


def import_deprivation(*, path: Path, published_on: date, source: str, by: Actor) -> Report:
    """Load an index of deprivation by small area, summed up for each district and ward; again, and nothing changes.

    Kept: how many small areas a district has, and how many of them are in the first two deciles of the country; the
    same of its wards, where the file says which ward each is in. Small areas of districts that are not ours are passed
    over. The report counts districts. Raises RuleBroken as `import_population` does.
    """
    tables.check_date(published_on, clock.today())
    report = Report()
    found = list(_small_areas(path, _codes(), report))
    areas = Counter(one.district for one in found)
    worst = Counter(one.district for one in found if one.is_worst)
    _check_ours(areas, "deprivation")
    new = {code: (areas[code], worst[code]) for code in areas}
    with transaction.atomic():
        editions = Deprivation.objects.filter(published_on=published_on)
        old = {
            code: (all_of, some) for code, all_of, some in editions.values_list("district", "areas", "most_deprived")
        }
        _tally(report, old, new)
        Deprivation.objects.bulk_create(
            [Deprivation(district_id=code, published_on=published_on, areas=all_of, most_deprived=some, source=source)
             for code, (all_of, some) in new.items()],
            update_conflicts=True, unique_fields=["district", "published_on"],
            update_fields=["areas", "most_deprived", "source"],
        )  # fmt: skip
        _keep_wards(found, published_on, source)
        _record(by, "places.import_deprivation", path, report)
    return report


def _keep_wards(found: list[_Area], published_on: date, source: str) -> None:
    """The same by ward, in the place of what this edition said before."""
    inside = [one for one in found if one.ward[0]]
    areas = Counter(one.ward for one in inside)
    worst = Counter(one.ward for one in inside if one.is_worst)
    districts = {one.ward: one.district for one in inside}
    WardDeprivation.objects.filter(published_on=published_on).delete()
    WardDeprivation.objects.bulk_create(
        WardDeprivation(
            ward=ward[0], name=ward[1], district_id=districts[ward], published_on=published_on, areas=areas[ward],
            most_deprived=worst[ward], source=source,
        )
        for ward in areas
    )  # fmt: skip


def _check_ours(found: dict, what: str) -> None:
    """Raise RuleBroken when a file told nothing of any district of ours."""
    if not found:
        raise RuleBroken(f"This file says nothing about {what} in any district that is known here.")


def _codes() -> set[str]:
    return set(District.objects.values_list("code", flat=True))


def _counts(path: Path, known: set[str], report: Report) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for line, row in tables.rows(path, POPULATION):
        code = row["district code"]
        try:
            if not GSS.fullmatch(code):
                raise ValueError(f"“{code}” is not the code of a district, such as E07000999.")
            if code in seen:
                raise ValueError(f"{code} is already on an earlier line.")
            people = tables.number(row["population"])
        except ValueError as error:
            report.refusals.append(Refusal(line, str(error)))
            continue
        seen.add(code)
        if code in known:
            yield code, people


def _small_areas(path: Path, known: set[str], report: Report) -> Iterator[_Area]:
    seen: set[str] = set()
    for line, row in tables.rows(path, DEPRIVATION, WARD):
        area, code = row["small area"], row["district code"]
        try:
            if not GSS.fullmatch(area):
                raise ValueError(f"“{area}” is not the code of a small area, such as E01000999.")
            if area in seen:
                raise ValueError(f"{area} is already on an earlier line.")
            decile = tables.number(row["decile"])
            if not 1 <= decile <= 10:
                raise ValueError(f"“{row['decile']}” is not a decile: they go from 1 to 10.")
        except ValueError as error:
            report.refusals.append(Refusal(line, str(error)))
            continue
        seen.add(area)
        if code in known:
            ward = (row["ward code"], row["ward name"]) if GSS.fullmatch(row["ward code"]) else ("", "")
            yield _Area(code, ward, decile)


def _tally(report: Report, old: dict, new: dict) -> None:
    report.added = len(new.keys() - old.keys())
    report.unchanged = sum(old.get(code) == value for code, value in new.items())
    report.changed = len(new) - report.added - report.unchanged


def _take_newest(counts: dict[str, int]) -> None:
    """Let each district's own figure be its newest count."""
    for district in District.objects.filter(code__in=counts).prefetch_related("populations"):
        district.population = district.populations.all()[0].people
        district.save(update_fields=["population"])


def _record(by: Actor, action: str, path: Path, report: Report) -> None:
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    audit.record(
        by=by, action=action, subject=f"file {path.name}"[:80], facts=counts | {"refused": len(report.refusals)}
    )

"""Invented organisations: plausible names, incomes and kinds, the same for the same seed."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

DATA = Path(__file__).parent / "data"
FIRST_CHARITY_NUMBER = 1_900_001  # above every number that the regulator has given


def read(name: str) -> dict[str, Any]:
    """One of the demo's data files."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Invented:
    """One organisation that does not exist. `income` is pounds a year; None: nobody knows it."""

    name: str
    service_type: str
    cause: str
    district: str
    postcode: str
    income: Decimal | None
    year_end: date
    charity_number: str


def invented(number: int, random: Random) -> list[Invented]:
    """That many organisations, spread over the served districts by population, no two with one name."""
    taxonomy, places = read("taxonomy"), read("places")
    districts = [district for district in read("districts")["district"] if district["served"]]
    taken: set[str] = set()
    found = []
    for index in range(number):
        kind = _weighted(taxonomy["service_type"], "weight", random)
        district = _weighted(districts, "population", random)
        found.append(
            Invented(
                name=_name(kind["words"], places, taken, random),
                service_type=kind["code"],
                cause=kind["cause"],
                district=district["code"],
                postcode=_postcode(district["outcodes"], random),
                income=_income(_weighted(taxonomy["income_band"], "share", random), random),
                year_end=date(2016, random.choice((3, 8, 12)), 31),
                charity_number=str(FIRST_CHARITY_NUMBER + index) if random.random() < 0.62 else "",
            )
        )
    return found


def the_group() -> Invented:
    """The group that one can sign in as."""
    row = read("alliance")["group"]
    return Invented(**(row | {"income": Decimal(row["income"])}))


def _weighted(rows: list[dict], weight: str, random: Random) -> dict:
    return random.choices(rows, weights=[row[weight] for row in rows])[0]


def _name(words: list[str], places: dict, taken: set[str], random: Random) -> str:
    while True:
        place = random.choice(places["first"]) + random.choice(places["last"])
        name = f"{random.choice(places['before'])}{place} {random.choice(words)}{random.choice(places['after'])}"
        if name not in taken:
            taken.add(name)
            return name


def _postcode(outcodes: list[str], random: Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"{random.choice(outcodes)} {random.randint(1, 9)}{random.choice(letters)}{random.choice(letters)}"


def _income(band: dict, random: Random) -> Decimal | None:
    if "from" not in band:
        return None
    # incomes within a band bunch towards its lower end, as real ones do
    low, high = band["from"], band["to"]
    return Decimal(int(low * (high / low) ** random.random()))

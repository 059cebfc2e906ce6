"""The lists of local infrastructure organisations: all on record, and two of them in the register already."""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.utils.text import slugify

from trellis.core.actors import SIMULATOR
from trellis.demo.names import read
from trellis.organisations.commands import record_source
from trellis.organisations.imports.lists import import_organisations
from trellis.organisations.models import Organisation, SourceList

AGREED = {"kind": SourceList.Kind.LIST, "terms": SourceList.Terms.AGREEMENT}
HEADING = ("Group", "Charity No", "Post Code", "Email", "Tel", "Secretary", "Web")
# Whose lists are in: the one keeps no contacts, the other does; and how many rows each has.
IN = {"Weald and Downland CVS": 60, "Springhead Council for Voluntary Service": 40}
SURNAMES = ("Abbott", "Barker", "Carter", "Dean", "Ellis", "Farrow", "Gale", "Hobbs")
PHONES = "01632 9600"  # set aside by the regulator for stories


def keep_lists(organisations: Sequence[Organisation]) -> None:
    """Put every list on record, and bring two in: each says what the register has already, and a little more."""
    begin = 0
    for row in read("lists")["list"]:
        source = record_source(values={**row, **AGREED, "code": slugify(row["owner"])[:40].strip("-")}, by=SIMULATOR)
        if row["owner"] in IN:
            number = IN[row["owner"]]
            _bring_in(source, organisations[begin : begin + number])
            begin += number


def _bring_in(source: SourceList, organisations: Sequence[Organisation]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{source.code}-2018.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(HEADING)
            out.writerows(_row(place, one) for place, one in enumerate(organisations))
        import_organisations(path=path, by=SIMULATOR, source=source.code)


def _row(place: int, one: Organisation) -> tuple[str, ...]:
    """An organisation as its local body knows it: by name and number, and with somebody to ring."""
    numbers = [number.value for number in one.identifiers.all() if number.scheme == "GB-CHC"]
    short = slugify(one.name)[:30].strip("-")
    website = f"https://www.{short}.example" if place % 3 == 0 else ""
    email, phone = f"hello@{short}.example", f"{PHONES}{place % 100:02}"
    secretary = f"{SURNAMES[place % len(SURNAMES)]}, {'ABCDEFGH'[place % 8]}."
    return one.name, numbers[0] if numbers else "", one.postcode, email, phone, secretary, website

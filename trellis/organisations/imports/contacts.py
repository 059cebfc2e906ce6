"""Personal contacts, left out of a list where there is no legal basis for holding them. Pure.

What may lead to a person: columns that mean an e-mail address, a telephone or somebody's name, by what a person said
they mean or by what they are called; an e-mail address or a telephone number in any other words; and the address of a
group in no register, which is most often somebody's home. Its postcode and its town stay: they say where the group is.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trellis.organisations.imports import listed, mapping
from trellis.organisations.imports.listed import NUMBERS
from trellis.organisations.imports.mapping import PERSONAL

AS_THEY_ARE = ("row_id", "postcode", "town", "website")
CONTACTS = ("email", "phone", "address")  # fields of an organisation
HIDDEN = "[left out]"
EMAIL = re.compile(r"[^\s@<>,;:()\"]+@[^\s@<>,;:()\"]+\.[a-z]{2,}", re.IGNORECASE)
PHONE = re.compile(r"(?<!\d)(?<!\d[/.-])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}(?!\d|[/.-]\d)")


@dataclass
class Sieve:
    """Takes contacts out of rows. `left_out` counts the cells: by column, and addresses."""

    heading: Sequence[str]
    meanings: Mapping[str, str]
    left_out: Counter[str] = field(default_factory=Counter)
    addresses: int = 0

    def __post_init__(self):
        fields = [_meaning(column, self.meanings.get(column, "")) for column in self.heading]
        self._personal = [place for place, field in enumerate(fields) if field in PERSONAL]
        self._addresses = [place for place, field in enumerate(fields) if field == "address"]
        said = [self.meanings.get(column, "") for column in self.heading]
        self._numbers = [(field, place) for place, field in enumerate(said) if field in NUMBERS]
        as_it_is = (*PERSONAL, *AS_THEY_ARE)
        self._words = [(field, place) for place, field in enumerate(fields) if field not in as_it_is]

    def without(self, cells: Sequence[str]) -> list[str]:
        """A row's cells, in the order of the heading, without what may lead to a person."""
        kept = list(cells)
        for place in self._personal:
            if kept[place]:
                kept[place] = ""
                self.left_out[self.heading[place]] += 1
        if self._addresses and not any(listed.is_number(field, kept[place]) for field, place in self._numbers):
            if any(kept[place] for place in self._addresses):
                self.addresses += 1
            for place in self._addresses:
                kept[place] = ""
        for meaning, place in self._words:
            if kept[place] and (any(mark in kept[place] for mark in "@0")):
                self._scrub(kept, meaning, place)
        return kept

    def _scrub(self, kept: list[str], meaning: str, place: int) -> None:
        cell, words = kept[place], without(kept[place])
        if words != cell and not listed.can_be(meaning, cell):  # a date with its time may look like a telephone number
            kept[place] = "" if words == HIDDEN else words
            self.left_out[self.heading[place]] += 1


def without(words: str) -> str:
    """Words in which addresses and numbers that lead to a person are hidden."""
    return PHONE.sub(HIDDEN, EMAIL.sub(HIDDEN, words))


def without_contacts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an organisation without those that lead to a person, and without such words in the others."""
    return {
        field: without(value) if isinstance(value, str) else value
        for field, value in values.items()
        if field not in CONTACTS
    }


def what_goes(held: Mapping[str, str], *, may_be_home: bool) -> dict[str, str]:
    """Which fields of an organisation change when contacts are taken out of them, and to what.

    `held` is field → value; `may_be_home`: the list has no number of it, so that its address may be somebody's home.
    """
    gone = {name: "" for name in CONTACTS if held.get(name)}
    if not may_be_home:
        gone.pop("address", None)
    for text in ("name", "activities"):
        words = held.get(text) or ""
        if (left := without(words)) != words:
            gone[text] = "" if left == HIDDEN and text != "name" else left
    return gone


def is_about_somebody(column: str) -> bool:
    """Whether a column's name says that it may lead to a person."""
    return _meaning(column, "") in PERSONAL


def _meaning(column: str, said: str) -> str:
    """What a column is as to people: what was said, else what its name says, else what it has in it."""
    return said or mapping.field_called(column) or (
        "contact" if WORDS & set(re.findall(r"[a-z]+", column.lower())) else ""
    )  # fmt: skip


# Words in the name of a column that is about somebody.
WORDS = {
    "contact", "contacts", "chair", "chairman", "chairperson", "secretary", "treasurer", "trustee", "trustees",
    "forename", "surname", "firstname", "lastname", "mobile", "email", "mail", "telephone", "phone", "tel", "landline",
    "mob", "hon", "sec", "chairwoman", "dob", "birth", "person", "leader", "correspondent", "salutation",
}  # fmt: skip

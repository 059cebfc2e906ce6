"""Rows as they are compared: each cell in one form, and rows that say the same taken once."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from trellis.organisations.linkage import folding

FIELDS = (
    "id", "name", "other_names", "postcode", "address", "town", "phone", "email", "website", "charity_no", "company_no",
)  # fmt: skip
BETWEEN_NAMES = re.compile(
    r"[\s(,;:-]+\b(?:" + "|".join(re.escape(words) for words in folding.KNOWN["between"]["words"]) + r")\b[\s:.]*", re.I
)
IN_BRACKETS = re.compile(r"\(([^()]+)\)")
MOST_NAMES = 8


class Record(NamedTuple):
    """One row, folded. `names`: each name as words; the first is the one in its name column."""

    names: tuple[tuple[str, ...], ...] = ()
    postcode: str = ""
    sector: str = ""
    district: str = ""
    streets: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    mail_domain: str = ""
    website: str = ""
    domain: str = ""
    charity: str = ""
    company: str = ""
    ids: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing but a name."""
        return not any(self[1:-1])


def records(rows: list[dict[str, str | None]]) -> list[Record]:
    """The rows in an order of their own, which the order that they came in does not change; equal rows as one.

    Rows without a name, number or anything else that could be compared are left out.
    """
    alike: defaultdict[Record, list[str]] = defaultdict(list)
    for row in rows:
        alike[record(row)].append(str(row["id"]))
    alike.pop(Record(), None)
    return [Record(*one[:-1], tuple(sorted(alike[one]))) for one in sorted(alike)]


def record(row: dict[str, str | None]) -> Record:
    """One row, folded; without its id."""
    code, sector, district = folding.postcode(row["postcode"] or "")
    address, mail_domain = folding.email(row["email"] or "")
    site, domain = folding.website(row["website"] or "")
    return Record(
        names(folding.given(row["name"]), folding.given(row["other_names"])),
        code, sector, district, folding.streets(row["address"] or ""),
        tuple(map(folding.one_form, folding.words(folding.given(row["town"])))), folding.phone(row["phone"] or ""),
        address, mail_domain, site, domain,
        folding.number(row["charity_no"] or ""), folding.number(row["company_no"] or ""),
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def names(name: str, others: str) -> tuple[tuple[str, ...], ...]:
    """All the names that a row gives its organisation, the first first: "LIPA (Liverpool Institute …)" gives two."""
    found: list[str] = []
    for text in (name, *others.split(";")) if others else (name,):
        found += [part for written in BETWEEN_NAMES.split(text) for part in _bracketed(_whole(written))]
    folded = dict.fromkeys(words for text in found if (words := folding.words(text)))
    return tuple(folded)[:MOST_NAMES]


def initials(words: tuple[str, ...]) -> set[str]:
    """The initials of a name, with its little words and without."""
    telling = [word for word in words if word not in folding.SILENT]
    return {"".join(word[0] for word in some) for some in (words, telling) if len(some) > 1}


def _whole(text: str) -> str:
    """A text without the half of a pair of brackets that was left when it was split."""
    return text if text.count("(") == text.count(")") else text.strip(" ()")


def _bracketed(text: str) -> list[str]:
    """A name, and what its brackets hold as another where one is the initials of the other."""
    for inside in IN_BRACKETS.findall(text):
        around = IN_BRACKETS.sub(" ", text)
        one, other = folding.words(inside), folding.words(around)
        if len(one) == 1 and one[0] in initials(other) or len(other) == 1 and other[0] in initials(one):
            return [around, inside]
    return [text]

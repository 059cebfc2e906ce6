"""A list's rows on their way in: harmful things counted, personal contacts left out where there is no basis for them.

Nothing that a cell says is ever run here: a formula is text, and so is HTML. Pages escape it, and files that we give
out guard it. That it was there is told to whoever sent the list.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trellis.core import clock
from trellis.organisations.imports import contacts, reported
from trellis.organisations.imports.contacts import Sieve
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.sheets import Sheet
from trellis.web.words import counted

MARKUP = re.compile(r"<[a-z!/][^<>]*>", re.IGNORECASE)
UNREADABLE = "\ufffd"


class Passage:
    """One reading of a list. `notes` tells what it held, once its rows have gone by."""

    def __init__(self, sheet: Sheet, meanings: Mapping[str, str], *, keeps_contacts: bool):
        self._sheet, self._meanings = sheet, meanings
        self._sieve = None if keeps_contacts else Sieve(sheet.heading, meanings)
        self._counted: Counter[str] = Counter()

    def rows(self) -> Iterator[RawRow]:
        """The list's rows, today's date in front: a list does not say when it was made."""
        today, width = clock.today().isoformat(), len(self._sheet.heading)
        for line, cells, reason in self._sheet.raw_rows():
            if not reason and (any(cells[width:]) or (len(cells) < width and not self._sheet.choices)):
                reason = f"It has {counted(len(cells), 'column')}, where the heading has {width}."
            if reason:
                yield RawRow(line, [], reported.of(self._first_name(cells), reason))
                continue
            whole = [*cells[:width], *[""] * (width - len(cells))]  # a workbook leaves out empty cells at the end
            self._count(whole)
            yield RawRow(line, (today, *(self._sieve.without(whole) if self._sieve else whole)))

    def _first_name(self, cells: Sequence[str]) -> str:
        """The name in a row that is not whole: only where it stands first, for what follows may be out of its place."""
        if not cells or self._meanings.get(self._sheet.heading[0]) != "name":
            return ""
        return contacts.without(cells[0]) if self._sieve else cells[0]

    @property
    def notes(self) -> dict[str, Any]:
        """What was made harmless or left out, counted."""
        found: dict[str, Any] = {name: number for name, number in self._counted.items() if number}
        if self._sieve and self._sieve.left_out:
            found["contacts"] = dict(self._sieve.left_out)
        if self._sieve and self._sieve.addresses:
            found["addresses"] = self._sieve.addresses
        return found

    def _count(self, cells: Sequence[str]) -> None:
        text = "\t".join(cells)
        if "=" in text:
            self._counted["formulas"] += sum(cell.startswith("=") for cell in cells)
        if "<" in text and MARKUP.search(text):
            self._counted["markup"] += sum(bool(MARKUP.search(cell)) for cell in cells)
        if UNREADABLE in text:
            self._counted["unreadable"] += 1

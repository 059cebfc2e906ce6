"""A list's rows on their way in: harmful things counted, personal contacts left out where there is no basis for them.

Nothing that a cell says is ever run here: a formula is text, and so is HTML. Pages escape it, and files that we give
out guard it. That it was there is told to whoever sent the list.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trellis.core import clock
from trellis.organisations.imports.contacts import Sieve
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.sheets import Sheet

MARKUP = re.compile(r"<[a-z!/][^<>]*>", re.IGNORECASE)
UNREADABLE = "\ufffd"


class Passage:
    """One reading of a list. `notes` tells what it held, once its rows have gone by."""

    def __init__(self, sheet: Sheet, meanings: Mapping[str, str], *, keeps_contacts: bool):
        self._sheet = sheet
        self._sieve = None if keeps_contacts else Sieve(sheet.heading, meanings)
        self._counted: Counter[str] = Counter()

    def rows(self) -> Iterator[RawRow]:
        """The list's rows, today's date in front: a list does not say when it was made."""
        today, width = clock.today().isoformat(), len(self._sheet.heading)
        for line, cells, reason in self._sheet.raw_rows():
            if not reason and (any(cells[width:]) or (len(cells) < width and not self._sheet.choices)):
                reason = f"It has {len(cells)} columns, where the heading has {width}."
            if reason:
                yield RawRow(line, [], reason)
                continue
            whole = [*cells[:width], *[""] * (width - len(cells))]  # a workbook leaves out empty cells at the end
            self._count(whole)
            yield RawRow(line, (today, *(self._sieve.without(whole) if self._sieve else whole)))

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

"""The sheets of an OpenDocument spreadsheet (ODS), row by row.

Written on the parser in Python's own library: the packages that read ODS hold the whole document in memory (see
docs/decisions/0034-lists-in.md). Source: OpenDocument 1.3, part 3, chapter 9 (tables).
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from trellis.core.errors import RuleBroken

TABLE, OFFICE, TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0 " for name in ("table", "office", "text"))
MOST_CELLS, MOST_ALIKE = 1_000, 1_000  # columns of a row; rows that are said once and meant many times
PIECE = 1 << 16
Row = tuple[int, list[str]]


def sheets(path: Path) -> list[str]:
    """The names of its sheets that can be seen."""
    found = _Parser("")
    for _ in found.rows(path):
        pass
    return found.names


def rows(path: Path, sheet: str) -> Iterator[Row]:
    """Line, from 1, and cells of each row of a sheet. Raises RuleBroken when it cannot be read."""
    return _Parser(sheet).rows(path)


class _Parser:
    """Gathers the rows of one sheet while the document passes by."""

    def __init__(self, sheet: str):
        self.sheet = sheet
        self.names: list[str] = []
        self.is_here, self.depth, self.line = False, 0, 0
        self.ready: list[Row] = []
        self.cells: list[str] = []
        self.words: list[str] | None = None
        self.cell, self.repeated, self.alike = "", 1, 1
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text

    def rows(self, path: Path) -> Iterator[Row]:
        try:
            with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
                while piece := file.read(PIECE):
                    self.parser.Parse(piece)
                    yield from self.ready
                    self.ready = []
        except (expat.ExpatError, zipfile.BadZipFile, KeyError, OSError) as error:
            raise RuleBroken(f"{path.name} is not a spreadsheet that can be read: save it as ODS or CSV.") from error

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == TABLE + "table":
            self.depth += 1
            if self.depth == 1:
                title = given.get(TABLE + "name", "")
                self.names.append(title)
                self.is_here = title == self.sheet
        elif not self.is_here or self.depth != 1:
            return
        elif name == TABLE + "table-row":
            self.cells, self.alike = [], _number(given, "number-rows-repeated")
        elif name in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            self.words, self.cell = [], _value(given)
            self.repeated = _number(given, "number-columns-repeated")
        elif self.words is not None and name == TEXT + "p" and self.words:
            self.words.append("\n")
        elif self.words is not None and name in (TEXT + "s", TEXT + "tab", TEXT + "line-break"):
            self.words.append(" ")
        elif name == OFFICE + "annotation":
            self.depth += 1  # what somebody noted beside a cell is no part of it

    def _end(self, name: str) -> None:
        if name == TABLE + "table" or (name == OFFICE + "annotation" and self.is_here and self.depth > 1):
            self.depth -= 1
        elif not self.is_here or self.depth != 1:
            return
        elif name in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            text = (self.cell or "".join(self.words or ())).strip()
            self.words = None
            self._add(text)
        elif name == TABLE + "table-row":
            self._close_row()

    def _text(self, text: str) -> None:
        if self.words is not None and self.is_here and self.depth == 1:
            self.words.append(text)

    def _add(self, text: str) -> None:
        """Empty cells to the end of a sheet are said as one, a thousand times over."""
        times = self.repeated
        if not text:
            times = min(times, MOST_CELLS - len(self.cells))
        if len(self.cells) + times > MOST_CELLS:
            raise RuleBroken(f"Line {self.line + 1} has more than {MOST_CELLS:,} columns.")
        self.cells.extend([text] * times)

    def _close_row(self) -> None:
        while self.cells and not self.cells[-1]:
            self.cells.pop()
        if self.cells:
            if self.alike > MOST_ALIKE:
                raise RuleBroken(f"Line {self.line + 1} is there {self.alike:,} times over.")
            self.ready += [(self.line + number, list(self.cells)) for number in range(1, self.alike + 1)]
        self.line += self.alike


def _number(given: dict[str, str], name: str) -> int:
    text = given.get(TABLE + name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def _value(given: dict[str, str]) -> str:
    """A cell's value where it is better than what is shown: a date as YYYY-MM-DD, a number without its commas."""
    kind = given.get(OFFICE + "value-type", "")
    if kind == "date":
        return given.get(OFFICE + "date-value", "")[:10]
    if kind in ("float", "currency", "percentage"):
        return given.get(OFFICE + "value", "").removesuffix(".0")
    return given.get(OFFICE + "boolean-value", "") if kind == "boolean" else ""

"""Any list of organisations: CSV in whatever encoding and with whatever delimiter, or a spreadsheet (XLSX)."""

import codecs
import csv
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import openpyxl

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import mapping

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "cp1252": "the Windows encoding",
}  # fmt: skip
LOOKED_AT = 20  # rows in which the heading is sought: titles and notes may stand above it
SAMPLES = 3
LONGEST_CELL = 1 << 20  # characters
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """How a list is to be read, as far as can be guessed: `kind` says it in words; lines count from 1."""

    path: Path
    kind: str
    encoding: str
    delimiter: str
    heading: tuple[str, ...]
    heading_line: int

    def rows(self) -> Iterator[Line]:
        """Line and cells of each row under the heading, empty rows left out."""
        for line, cells in _lines(self.path, self.encoding, self.delimiter):
            if line > self.heading_line and any(cells):
                yield line, cells

    def samples(self) -> list[list[str]]:
        """For each column, its first few values."""
        rows = [cells for _, cells in islice(self.rows(), LOOKED_AT)]
        return [
            [cells[place] for cells in rows if place < len(cells) and cells[place]][:SAMPLES]
            for place in range(len(self.heading))
        ]


def sheet_at(path: Path, known: Callable[[str], object] = mapping.field_called) -> Sheet:
    """Look at a file and guess how to read it. Raises RuleBroken, in a sentence, when it is no list.

    `known` tells a cell that is the name of a column from one that is not; as it is, for lists of organisations.
    """
    if not path.is_file():
        raise RuleBroken(f"There is no file at {path}.")
    if zipfile.is_zipfile(path):
        encoding, delimiter, kind = "", "", "a spreadsheet"
    else:
        encoding = _encoding(path)
        delimiter = _delimiter(path, encoding)
        kind = f"text with {DELIMITERS[delimiter]}, in {ENCODINGS[encoding]}"
    heading_line, heading = _heading(list(islice(_lines(path, encoding, delimiter), LOOKED_AT)), known)
    return Sheet(path, kind, encoding, delimiter, heading, heading_line)


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    yield from _text_lines(path, encoding, delimiter) if encoding else _spreadsheet_lines(path)


def _text_lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        reader = csv.reader((line.replace("\0", "\ufffd") for line in file), delimiter=delimiter)
        line = 0
        while True:
            line = reader.line_num + 1  # where the row begins: a quoted cell may run over several
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise RuleBroken(f"Line {line} cannot be read: {error}.") from error
            yield line, [cell.strip() for cell in cells]


def _spreadsheet_lines(path: Path) -> Iterator[Line]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever the broken part of the file makes it raise
        raise RuleBroken(f"{path.name} is not a spreadsheet that can be read: save it as XLSX or CSV.") from error
    with closing(book):
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise RuleBroken(f"{path.name} has no sheet that can be seen.")
        visible[0].reset_dimensions()  # some programs write a wrong size, and rows beyond it would be lost
        for line, cells in enumerate(visible[0].iter_rows(values_only=True), 1):
            yield line, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """A spreadsheet's cell in the words of a CSV."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _encoding(path: Path) -> str:
    """UTF-16 or UTF-8 by their marks; else UTF-8 where all of it is; else what Windows programs write."""
    with path.open("rb") as file:
        start = file.read(4096)
        if not start.strip():
            raise RuleBroken(f"{path.name} is empty.")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start.count(0) > len(start) // 4:
            return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            decoder.decode(start)
            while piece := file.read(1 << 20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"


def _delimiter(path: Path, encoding: str) -> str:
    """The delimiter that parts most rows into the same number of columns, and into more than one."""

    def fitness(delimiter: str) -> tuple[int, int]:
        rows = []
        with suppress(RuleBroken):
            rows = [cells for _, cells in islice(_text_lines(path, encoding, delimiter), LOOKED_AT) if any(cells)]
        width, times = Counter(len(cells) for cells in rows if len(cells) > 1).most_common(1)[0] if any(
            len(cells) > 1 for cells in rows
        ) else (0, 0)  # fmt: skip
        return times, width

    best = max(DELIMITERS, key=fitness)
    if fitness(best) == (0, 0):
        raise RuleBroken(f"{path.name} is not a list with columns: none of its lines has a comma, tab or semicolon.")
    return best


def _heading(rows: list[Line], known: Callable[[str], object]) -> tuple[int, tuple[str, ...]]:
    """The row whose words most look like names of columns."""
    best, best_score = None, 0
    for line, cells in rows:
        score = sum(bool(known(cell)) for cell in cells)
        if score > best_score:
            best, best_score = (line, cells), score
    if not best:  # a heading in words that nobody has met: the first row with text in more than one cell
        best = next(((line, cells) for line, cells in rows if sum(map(bool, cells)) > 1), None)
    if not best:
        raise RuleBroken("No line of this file looks like a heading with the names of its columns.")
    line, cells = best
    while cells and not cells[-1]:
        cells = cells[:-1]
    names = Counter[str]()
    heading = []
    for place, cell in enumerate(cells, 1):
        name = cell or f"Column {place}"
        names[name] += 1
        heading.append(name if names[name] == 1 else f"{name} ({names[name]})")
    return line, tuple(heading)

"""Any list of organisations as a heading and rows: CSV, a workbook (XLSX, ODS), JSON, or a zip with a CSV in it."""

import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import archives, feeds, mapping, text_files, workbooks
from trellis.organisations.imports.reading import DELIMITERS, ENCODINGS, GUESSED, Reading
from trellis.organisations.imports.rows import RawRow

LOOKED_AT = 20  # rows in which the heading is sought: titles and notes may stand above it
SAMPLES = 3
ALIKE = 0.8  # of the columns of two files, how many both have if their headings are the same
TEXTS = (".csv", ".tsv", ".txt", ".json")
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """How a list is read: `kind` says it in words, `reading` is complete, lines count from 1.

    `choices` are the sheets of a workbook that could be meant; `is_feed`: its columns have names of a standard;
    `beside` are the other lists in its zip, which are not read.
    """

    path: Path
    kind: str
    reading: Reading
    heading: tuple[str, ...]
    heading_line: int
    raw: Callable[[], Iterator[RawRow]]
    choices: tuple[str, ...] = ()
    is_feed: bool = False
    beside: tuple[str, ...] = ()

    def raw_rows(self) -> Iterator[RawRow]:
        """Each row under the heading, empty rows left out; one that cannot be read says why."""
        for row in self.raw():
            if row.line > self.heading_line and (row.reason or any(row.values)):
                yield row

    def rows(self) -> Iterator[Line]:
        """Line and cells of each row under the heading. Raises RuleBroken at one that cannot be read."""
        for row in self.raw_rows():
            if row.reason:
                raise RuleBroken(f"Line {row.line}: {row.reason}")
            yield row.line, list(row.values)

    def samples(self, most: int = SAMPLES) -> list[list[str]]:
        """For each column, its first few values."""
        rows = [row.values for row in islice(self.raw_rows(), LOOKED_AT) if not row.reason]
        return [
            [cells[place] for cells in rows if place < len(cells) and cells[place]][:most]
            for place in range(len(self.heading))
        ]


def sheet_at(path: Path, known: Callable[[str], object] = mapping.field_called, reading: Reading = GUESSED) -> Sheet:
    """Look at a file and guess how to read it, but for what `reading` says. Raises RuleBroken when it is no list.

    `known` tells a cell that is the name of a column from one that is not; as it is, for lists of organisations.
    """
    if not path.is_file():
        raise RuleBroken(f"There is no file at {path}.")
    text = _text_in(path)
    if not text:
        return _book(path, known, reading)
    found = _text_or_feed(path, *text, known, reading)
    if reading.sheet:
        raise RuleBroken(f"{path.name} is no workbook: it has no sheet “{reading.sheet}”.", field="sheet")
    return replace(found, beside=tuple(archives.others(path, text[0], TEXTS)))


def remembered(path: Path, reading: Reading, columns: Collection[str]) -> Reading:
    """How the next file of a list is read: as the last one, but for what does not fit it.

    A file that says its encoding itself, or is UTF-8, is read by that. `columns` are those of the last file: the line
    of the heading is the same only where they are there. Raises RuleBroken for a file that is no list.
    """
    text = _text_in(path)
    if reading.encoding and text:
        name, opened = text
        is_told = not feeds.looks_like_one(opened) and text_files.encoding_of(opened, name) != text_files.ANY
        if is_told or reading.encoding.startswith("utf"):
            reading = replace(reading, encoding="")
    if reading.sheet and (text or reading.sheet not in workbooks.sheets(path, workbooks.kind(path))):
        reading = replace(reading, sheet="")
    if reading.heading_line and not _has_heading(path, reading, columns):
        reading = replace(reading, heading_line=0)
    return reading


def _has_heading(path: Path, reading: Reading, columns: Collection[str]) -> bool:
    try:
        found = set(sheet_at(path, reading=reading).heading)
    except RuleBroken:
        return False
    return len(found & set(columns)) >= ALIKE * len(found | set(columns))


def _text_in(path: Path) -> tuple[str, feeds.Opener] | None:
    """A text file, or the one in a zip, by its name; None for a workbook. Raises RuleBroken for what is no text."""
    with path.open("rb") as file:
        archives.check_kind(file.read(8))
    found = _opener(path)
    if found:
        with found[1]() as file:
            archives.check_text(file.read(archives.START))
    return found


def _opener(path: Path) -> tuple[str, feeds.Opener] | None:
    if not zipfile.is_zipfile(path):
        return path.name, lambda: path.open("rb")
    if archives.is_book(path):
        return None
    name = archives.member(path, TEXTS)
    return name, partial(archives.open_member, path, name)


def _text_or_feed(
    path: Path, name: str, opened: feeds.Opener, known: Callable[[str], object], reading: Reading
) -> Sheet:
    if feeds.looks_like_one(opened):
        kind = feeds.kind_of(opened)
        return Sheet(path, kind, reading, feeds.heading(opened, kind), 0, partial(feeds.sheet_rows, opened, kind),
                     is_feed=kind != feeds.ROWS)  # fmt: skip
    encoding = reading.encoding or text_files.encoding_of(opened, name)
    delimiter = reading.delimiter or text_files.delimiter_of(opened, encoding, name)
    raw = partial(text_files.rows, opened, encoding, delimiter)
    kind = f"text with {DELIMITERS[delimiter]}, in {ENCODINGS[encoding]}"
    return _under_heading(path, kind, replace(reading, encoding=encoding, delimiter=delimiter), raw, known)


def _book(path: Path, known: Callable[[str], object], reading: Reading) -> Sheet:
    book = workbooks.kind(path)
    choices = workbooks.sheets(path, book)
    if reading.sheet and reading.sheet not in choices:
        there = ", ".join(f"“{name}”" for name in choices[:LOOKED_AT])
        raise RuleBroken(f"{path.name} has no sheet “{reading.sheet}” that can be seen: choose {there}.", field="sheet")
    chosen = reading.sheet or workbooks.likeliest(path, book, partial(_names_of_columns, known))
    raw = partial(_unbroken, partial(workbooks.rows, path, book, chosen))
    found = _under_heading(path, "a spreadsheet", replace(reading, sheet=chosen), raw, known)
    named = f"a spreadsheet ({book}), its sheet “{chosen}”"
    return replace(found, kind=named, choices=tuple(choices))


def _names_of_columns(known: Callable[[str], object], rows: list[list[str]]) -> tuple[int, int]:
    """How many names of columns a row has at most, and how many cells."""
    names = max((sum(bool(known(cell)) for cell in cells) for cells in rows), default=0)
    return names, max((sum(map(bool, cells)) for cells in rows), default=0)


def _unbroken(rows: Callable[[], Iterator[Line]]) -> Iterator[RawRow]:
    return (RawRow(line, cells) for line, cells in rows())


def _under_heading(
    path: Path, kind: str, reading: Reading, raw: Callable[[], Iterator[RawRow]], known: Callable[[str], object]
) -> Sheet:
    last = max(LOOKED_AT, reading.heading_line)
    first = [(row.line, list(row.values)) for row in islice(raw(), last) if not row.reason]
    line, heading = _heading(first, known, reading.heading_line)
    return Sheet(path, kind, replace(reading, heading_line=line), heading, line, raw)


def _heading(rows: list[Line], known: Callable[[str], object], given: int) -> tuple[int, tuple[str, ...]]:
    """The row whose words most look like names of columns, unless its line is given."""
    if given:
        best = next(((line, cells) for line, cells in rows if line == given and any(cells)), None)
        if not best:
            raise RuleBroken(f"Line {given} has no words that could be a heading.", field="heading_line")
    else:
        best = _likeliest(rows, known)
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


def _likeliest(rows: list[Line], known: Callable[[str], object]) -> Line:
    best, best_score = None, 0
    for line, cells in rows:
        score = sum(bool(known(cell)) for cell in cells)
        if score > best_score:
            best, best_score = (line, cells), score
    if not best:  # a heading in words that nobody has met: the first row with text in more than one cell
        best = next(((line, cells) for line, cells in rows if sum(map(bool, cells)) > 1), None)
    if not best:
        raise RuleBroken("No line of this file looks like a heading with the names of its columns.")
    return best

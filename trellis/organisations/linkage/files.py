"""Lists as files: any CSV, XLSX or ODS read as it is, and written back as CSV with what was found about each row."""

import codecs
import csv
import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import archives, likely_names, text_files
from trellis.organisations.linkage import columns, listing
from trellis.web.words import counted

DELIMITERS = ",;\t|"
LOOKED_AT = 20  # rows in which the heading is sought: titles and notes may stand above it
MOST_BLANK = 1_000  # rows of a workbook between two others: a longer gap is left out of the answer
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class ListFile:
    """One list: its heading, the places of the fields in it, and its rows, each cell as it is in the file.

    `guessed`: the column that was taken for the name by what is in it. `numbers`: those of the rows, as a spreadsheet
    program shows them.
    """

    path: Path
    heading: list[str]
    fields: dict[str, list[int]]
    rows: list[list[str]]
    guessed: str = ""
    numbers: Sequence[int] = ()

    def taken(self) -> list[str]:
        """Which columns were taken for what, in sentences."""
        said = [
            f"{self.path.name}: “{self.heading[place]}” is taken for the {columns.WORDS.get(field, field)}."
            for field, places in self.fields.items()
            for place in places
        ]
        others = len(self.heading) - sum(map(len, self.fields.values()))
        kept = (
            f"{self.path.name}: {counted(others, 'other column')} {'is' if others == 1 else 'are'} kept as they stand."
        )
        return [*said, kept] if others else said


def read(path: Path, said: Sequence[str] = ()) -> ListFile:
    """A list from a file. Raises RuleBroken, in a sentence, where it is none or none of its columns is the name."""
    rows = _rows(path)
    told = {one.rpartition("=")[0] for one in said}
    at = _heading([cells for _, cells in rows[:LOOKED_AT]], told)
    if at is None:
        raise RuleBroken(f"{path.name} is empty.")
    (_, heading), under = rows[at], [row for row in rows[at + 1 :] if row[1]]
    fields, below, numbers = columns.mapped(heading, said), [cells for _, cells in under], [line for line, _ in under]
    guessed = None if "name" in fields else _likely_name(heading, below[:LOOKED_AT], fields, told)
    if guessed is not None:
        return ListFile(path, heading, fields | {"name": [guessed]}, below, heading[guessed], numbers)
    if "name" not in fields:
        raise RuleBroken(
            f"None of the columns of {path.name} is called name, organisation or the like: say which is the name of "
            f"the organisation with --map COLUMN=name. It has {', '.join(filter(None, heading)) or 'no column names'}."
        )
    return ListFile(path, heading, fields, below, "", numbers)


def _likely_name(
    heading: Sequence[str], rows: Sequence[Sequence[str]], fields: dict[str, list[int]], told: set[str]
) -> int | None:
    """The place of the column whose values look like names, of those that are no other field."""
    taken = {place for places in fields.values() for place in places}
    free = [
        place for place, name in enumerate(heading) if place not in taken and name.strip() and name.strip() not in told
    ]
    found = likely_names.likeliest([[row[place] for row in rows if place < len(row)] for place in free])
    return None if found is None else free[found]


def _rows(path: Path) -> list[Row]:
    """All rows with their numbers; a row of text that runs over several lines is one, as in a spreadsheet."""
    try:
        if zipfile.is_zipfile(path):
            return _sheet(path)
        content = path.read_bytes()
    except OSError as error:
        raise RuleBroken(f"{path} cannot be read: {error.strerror or error}.") from error
    archives.check_kind(content)
    archives.check_text(content[: archives.START])
    text = _text(content, path.name)
    rows: list[Row] = []
    for number, row in enumerate(text_files.parted(io.StringIO(text, newline=""), _delimiter(text)), 1):
        if row.reason:
            raise RuleBroken(f"Line {row.line} of {path.name} cannot be read. {row.reason}")
        rows.append((number, list(row.values)))
    return rows


def _sheet(path: Path) -> list[Row]:
    """The rows of the sheet of a workbook that has most names of columns in one row: notes may come before it."""
    from trellis.organisations.imports import workbooks

    book = workbooks.kind(path)

    def fitness(headings: list[list[str]]) -> int:
        return max((len(columns.recognised(cells)) for cells in headings), default=0)

    chosen = workbooks.likeliest(path, book, fitness)
    rows: list[Row] = []
    last = 0
    for line, cells in workbooks.rows(path, book, chosen):
        if line - last <= MOST_BLANK:
            rows += [(blank, [""]) for blank in range(last + 1, line)]
        rows.append((line, cells))
        last = line
    return rows


def _text(content: bytes, name: str) -> str:
    """What a file says: in UTF-16 or UTF-8 by their marks; else in UTF-8 where it mostly is; else as Windows writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif content[:4096].count(0) > len(content[:4096]) // 4:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = text_files.mixed(content) or content.decode("cp1252", errors="replace")
    text = text.replace("\0", "")
    if not text.strip():
        raise RuleBroken(f"{name} is empty.")
    return text


def _delimiter(text: str) -> str:
    """The delimiter that parts most of the first rows into the same number of columns."""
    start = "".join(islice(io.StringIO(text, newline=""), LOOKED_AT * 2))

    def fitness(delimiter: str) -> tuple[int, int]:
        rows = text_files.parted(io.StringIO(start, newline=""), delimiter)
        widths = Counter(len(row.values) for row in rows if len(row.values) > 1)
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        return times, width

    return max(DELIMITERS, key=fitness)


def _heading(rows: Sequence[Sequence[str]], told: set[str]) -> int | None:
    """The row that has most names of columns; else the first that has anything."""

    def score(row: Sequence[str]) -> int:
        return sum(len(places) for places in columns.recognised(row).values()) + sum(
            cell.strip() in told for cell in row
        )

    some = [place for place, row in enumerate(rows) if any(cell.strip() for cell in row)]
    return max(some, key=lambda place: (score(rows[place]), -place), default=None)


def check_told(files: Iterable[ListFile], said: Sequence[str]) -> None:
    """Raise RuleBroken when a column that the user speaks of is in none of the files."""
    there = {name.strip() for file in files for name in file.heading}
    for column in (one.rpartition("=")[0] for one in said):
        if column not in there:
            raise RuleBroken(f"No list has a column called “{column}”.")


def write(path: Path, files: Sequence[ListFile], found: Iterable[Sequence[str]]) -> None:
    """Write all rows in their order with all their columns, then those of `listing.FOUND`; whole or not at all.

    A link stays one: the file that it leads to is replaced.
    """
    heading, places = _union(files)
    own = [_free(name, heading) for name in listing.FOUND]
    source = [_free("source_file", heading)] if len(files) > 1 else []
    new = iter(found)
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([*source, *heading, *own])
            for file, where in zip(files, places, strict=True):
                for row in file.rows:
                    cells = [""] * len(heading)
                    for place, cell in enumerate(row):
                        cells[where[place]] = cell
                    writer.writerow([*([file.path.name] if source else []), *cells, *next(new)])
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RuleBroken(f"{path} cannot be written: {error.strerror or error}.") from error


def _union(files: Sequence[ListFile]) -> tuple[list[str], list[list[int]]]:
    """The columns of all files, those of one name taken as one, and where each file's columns go among them."""
    heading: dict[tuple[str, int], int] = {}
    places = []
    for file in files:
        width = max([len(file.heading), *map(len, file.rows)])
        met = Counter[str]()
        where = []
        for name in [*file.heading, *[""] * (width - len(file.heading))]:
            met[name] += 1
            where.append(heading.setdefault((name, met[name]), len(heading)))
        places.append(where)
    return [name for name, _ in heading], places


def _free(name: str, heading: Sequence[str]) -> str:
    taken = {other.strip().casefold() for other in heading}
    number = 1
    while (name if number == 1 else f"{name}_{number}") in taken:
        number += 1
    return name if number == 1 else f"{name}_{number}"


def is_blank(row: Sequence[str]) -> bool:
    """Whether nothing at all is in a row: it comes back, and is no organisation."""
    return not any(cell.strip() for cell in row)

"""The sheets of a workbook, XLSX or ODS, in the words of a CSV."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import archives, open_documents

MOST_CELLS = 1_000
LOOKED_AT = 20  # sheets, and rows of each, in which a list is sought
MOST_ROWS = 1 << 20  # of a sheet: what is numbered higher, no spreadsheet program wrote
Row = tuple[int, list[str]]


def kind(path: Path) -> str:
    """ "ODS" or "XLSX". Raises RuleBroken for a workbook that is no good, or not safe to open."""
    archives.check_book(path)
    return "ODS" if "content.xml" in zipfile.ZipFile(path).namelist() else "XLSX"


def sheets(path: Path, book: str) -> list[str]:
    """The names of the sheets that can be seen. Raises RuleBroken when there is none."""
    if book == "ODS":
        found = open_documents.sheets(path)
    else:
        with _opened(path) as workbook:
            found = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not found:
        raise RuleBroken(f"{path.name} has no sheet that can be seen.")
    return found


def likeliest(path: Path, book: str, fitness: Callable[[list[list[str]]], Any]) -> str:
    """The sheet whose first rows fit a list best, the first of several: notes and titles may come before it.

    `fitness` of the rows that may be the heading; one with nothing under it is none.
    """
    choices = sheets(path, book)

    def of(sheet: str) -> Any:
        return fitness([cells for _, cells in islice(rows(path, book, sheet), LOOKED_AT)][:-1])

    return max(choices[:LOOKED_AT], key=of) if len(choices) > 1 else choices[0]


def rows(path: Path, book: str, sheet: str) -> Iterator[Row]:
    """Line, from 1, and cells of each row of a sheet that has words in it, without the empty cells at its end."""
    return open_documents.rows(path, sheet) if book == "ODS" else _xlsx_rows(path, sheet)


def _xlsx_rows(path: Path, sheet: str) -> Iterator[Row]:
    with _opened(path) as book:
        one = book[sheet]
        one.reset_dimensions()  # some programs write a wrong size, and rows beyond it would be lost
        try:
            # Without max_col, which would fill up each of the million rows that may be missing from the file.
            for line, cells in enumerate(islice(one.iter_rows(values_only=True), MOST_ROWS), 1):
                if cells and (words := _words(cells)):
                    yield line, words
        except (ValueError, KeyError, zipfile.BadZipFile, SyntaxError, EOFError) as error:  # a ParseError is the latter
            raise RuleBroken(f"{path.name} cannot be read to its end: save it again.") from error


@contextmanager
def _opened(path: Path) -> Iterator[openpyxl.Workbook]:
    """The workbook, whatever its file is called."""
    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # openpyxl raises whatever the broken part of the file makes it raise
            raise RuleBroken(f"{path.name} is not a spreadsheet that can be read: save it as XLSX or CSV.") from error
        with closing(book):
            yield book


def _words(cells: Sequence[object]) -> list[str]:
    """What cells say, up to the last that says anything."""
    words = [_text(cell) for cell in cells[:MOST_CELLS]]
    while words and not words[-1]:
        words.pop()
    return words


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

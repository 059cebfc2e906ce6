"""Reading what a partner brings in as a file, CSV or XLSX: values alone, and no more than a return can need."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import sheets
from trellis.payments.rules.books import ImportedRow
from trellis.payments.rules.evidence_files import safe_name

LARGEST, LARGEST_UNPACKED = 2 * 1024 * 1024, 40 * 1024 * 1024  # bytes
MOST_ROWS = 2000
# What a column may be called, in small letters.
COLUMNS = {
    "partner": ("partner", "organisation"),
    "category": ("category", "cost category", "type of cost"),
    "description": ("description", "what for", "details"),
    "amount": ("amount", "cost", "spent", "budget", "£", "amount (£)"),
}


def rows_of(
    upload: UploadedFile, *, needed: tuple[str, ...] = ("category", "amount")
) -> list[tuple[int, dict[str, str]]]:
    """Line and cells, by the name of the column, of each row. Formulas count as the value that the file has for them.

    Raises RuleBroken when it is no list, lacks a column, or is larger than a return can need.
    """
    if upload.size and upload.size > LARGEST:
        raise RuleBroken("The file is larger than 2 MB. A return needs no more than a few lines.", field="file")
    with TemporaryDirectory() as folder:
        path = Path(folder, safe_name(upload.name or "file") or "file")
        path.write_bytes(upload.read())
        return _rows(path, needed)


def cost_rows(upload: UploadedFile) -> list[ImportedRow]:
    """The lines of costs in a file."""
    return [
        ImportedRow(line, cells["category"], cells.get("description", ""), cells["amount"])
        for line, cells in rows_of(upload)
    ]


def _rows(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    _check_unpacked(path)
    try:
        sheet = sheets.sheet_at(path, known=_column)
        found = list(islice(sheet.rows(), MOST_ROWS + 1))
    except RuleBroken as broken:
        raise RuleBroken(broken.sentence, field="file") from broken
    places = {name: place for place, head in reversed(list(enumerate(sheet.heading))) if (name := _column(head))}
    lacking = [name for name in needed if name not in places]
    if lacking:
        raise RuleBroken(
            f"The file has no column called “{lacking[0].capitalize()}”. Start from our list.", field="file"
        )
    if len(found) > MOST_ROWS:
        raise RuleBroken(f"The file has more than {MOST_ROWS:,} lines. Add them up by category first.", field="file")
    return [(line, dict(_cells(cells, places))) for line, cells in found]


def _cells(cells: list[str], places: dict[str, int]) -> Iterator[tuple[str, str]]:
    for name, place in places.items():
        yield name, cells[place] if place < len(cells) else ""


def _column(head: str) -> str:
    plain = " ".join(head.lower().split())
    return next((name for name, called in COLUMNS.items() if plain in called), "")


def _check_unpacked(path: Path) -> None:
    """A small file may unpack to one that fills the memory."""
    with suppress(zipfile.BadZipFile):
        if sum(part.file_size for part in zipfile.ZipFile(path).infolist()) > LARGEST_UNPACKED:
            raise RuleBroken("The file unpacks to far more than a return can need.", field="file")

"""The files: CSV and JSON of each table, what each column means, and a list of digests."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from trellis.contracts.models import Contract
from trellis.renewal.export.columns import ExportTable
from trellis.renewal.export.tables import tables
from trellis.web.csv_files import csv_lines

PEOPLE = (
    "No accounts, names or addresses of people are in these files. Columns of free text may name somebody all the "
    "same, although whoever wrote them was asked not to: read them before you hand them on."
)
MANIFEST, DICTIONARY = "manifest.json", "dictionary.csv"
EARLIEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)  # the same bytes give the same archive, whenever it is made


def files_of(contract: Contract, made_at: datetime, *, for_members: bool = False) -> dict[str, bytes]:
    """Every file of a contract by its name; the manifest last, with the SHA-256 of all others.

    `for_members` leaves out what the firewall keeps from some of them.
    """
    handed = tables(for_members=for_members)
    files: dict[str, bytes] = {}
    counts: dict[str, int] = {}
    for table in handed:
        rows = [[_written(column.of(row)) for column in table.columns] for row in table.rows(contract)]
        files[f"{table.name}.csv"], files[f"{table.name}.json"] = _csv(table, rows), _json(table, rows)
        counts[table.name] = len(rows)
    files[DICTIONARY] = _dictionary(handed)
    files[MANIFEST] = _manifest(contract, made_at, files, handed, counts)
    return files


def packed(files: dict[str, bytes]) -> bytes:
    """The files as one ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST_IN_ZIP), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _written(value: Any) -> Any:
    """A value as both formats hold it: days as YYYY-MM-DD, money and fractions as exact text."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def _csv(table: ExportTable, rows: list[list[Any]]) -> bytes:
    return _lines([[column.name for column in table.columns], *rows])


def _lines(rows: list[list[Any]]) -> bytes:
    return "".join(csv_lines(rows)).encode()


def _json(table: ExportTable, rows: list[list[Any]]) -> bytes:
    names = [column.name for column in table.columns]
    return _text([dict(zip(names, row, strict=True)) for row in rows])


def _text(content: Any) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _dictionary(handed: Sequence[ExportTable]) -> bytes:
    rows = [
        [table.name, column.name, column.means, "yes" if column.is_text else "no"]
        for table in handed
        for column in table.columns
    ]
    return _lines([["table", "column", "meaning", "free text"], *rows])


def _manifest(
    contract: Contract,
    made_at: datetime,
    files: dict[str, bytes],
    handed: Sequence[ExportTable],
    counts: dict[str, int],
) -> bytes:
    return _text(
        {
            "contract": contract.reference,
            "title": contract.title,
            "made_at": made_at.isoformat(timespec="seconds"),
            "personal_data": PEOPLE,
            "tables": [
                {
                    "name": one.name,
                    "meaning": one.means,
                    "rows": counts[one.name],
                    "care": one.care,
                    "free_text": [column.name for column in one.columns if column.is_text],
                }
                for one in handed
            ],
            "files": [
                {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                for name, content in files.items()
            ],
        }
    )

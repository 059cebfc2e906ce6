"""Invented register extracts for tests."""

import io
import json
import zipfile
from pathlib import Path

from trellis.organisations.imports.tables import TABLES

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "data" / "organisations" / "register_extract_fixture"
DAY = "2018-06-01 00:00:00.0000000"
CHARITY = {
    "date_of_extract": DAY,
    "organisation_number": "203460",
    "registered_charity_number": "203460",
    "linked_charity_number": "0",
    "charity_name": 'THE "MILL LANE" PANTRY',
    "charity_type": "CIO",
    "charity_registration_status": "Registered",
    "date_of_registration": "1962-03-06 00:00:00.0000000",
    "latest_acc_fin_period_end_date": "2017-12-31 00:00:00.0000000",
    "latest_income": "24000",
    "latest_expenditure": "23500",
    "charity_contact_address1": "1 Mill Lane",
    "charity_contact_postcode": "me14 1xq",
    "charity_contact_web": "www.example.org",
    "charity_activities": "Food for whoever needs it.",
}


def charity(number: int, **columns: str) -> dict[str, str]:
    """A row of the main table under a number of its own."""
    return CHARITY | {"organisation_number": str(number), "registered_charity_number": str(number)} | columns


def side(number: int, **columns: str) -> dict[str, str]:
    """A row of another table, about the charity with a number."""
    return {key: charity(number)[key] for key in list(CHARITY)[:4]} | columns


def line(table: str, row: dict[str, str]) -> str:
    """One line of a tab-separated table, without its end."""
    return "\t".join(row.get(column, "") for column in TABLES[table].columns)


def text(table: str, rows: list[dict[str, str] | str], end: str = "\r\n") -> bytes:
    """A tab-separated table; a row that is text already goes in as it is."""
    lines = [row if isinstance(row, str) else line(table, row) for row in rows]
    return "".join(part + end for part in ["\t".join(TABLES[table].columns), *lines]).encode("utf-8", "surrogateescape")


def write(folder: Path, table: str, rows: list[dict[str, str] | str], end: str = "\r\n") -> Path:
    """A tab-separated table in a folder."""
    path = folder / f"publicextract.{table}.txt"
    path.write_bytes(text(table, rows, end))
    return path


def as_json(source: bytes) -> bytes:
    """A tab-separated table as the Commission's JSON file has it: typed, null for nothing, a BOM in front."""
    names, *rows = (row.split("\t") for row in source.decode().split("\r\n") if row)
    return b"\xef\xbb\xbf" + json.dumps([dict(zip(names, map(typed, row), strict=True)) for row in rows]).encode()


def typed(value: str) -> object:
    """A value as JSON has it."""
    if value in ("True", "False"):
        return value == "True"
    if value.isdecimal() and not value.startswith("0"):
        return int(value)
    return value.replace(" 00:00:00.0000000", "T00:00:00") or None


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """A zip of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path

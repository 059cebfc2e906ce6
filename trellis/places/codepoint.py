"""Rows of Ordnance Survey's Code-Point Open, with or without a heading and latitudes."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trellis.core.errors import RuleBroken
from trellis.places import grid, postcodes
from trellis.places.tables import GSS, Refusal

# Code-Point Open user guide: the columns of the official files, which carry no heading.
OFFICIAL = (
    "postcode", "positional_quality", "easting", "northing", "country_gss", "nhs_regional", "nhs", "county_gss",
    "district_gss", "ward_gss",
)  # fmt: skip
NO_POSITION = 90  # positional quality: "no co-ordinates available"
NEEDED = {"postcode", "easting", "northing", "district_gss"}


@dataclass(frozen=True)
class Row:
    """One postcode of the file. `district` is its district's GSS code and name; the name may be empty.

    `ward` is the code of its ward; empty where the file does not say.
    """

    postcode: str
    positional_quality: int
    latitude: float
    longitude: float
    district: tuple[str, str]
    ward: str = ""


def read(path: Path) -> Iterator[tuple[int, Row | Refusal]]:
    """Each line of the file as a row or a refusal. Raises RuleBroken when the file is no list of postcodes."""
    try:
        with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
            yield from _rows(file)
    except OSError as error:
        raise RuleBroken(f"{path} cannot be read: {error.strerror}.") from error


def _rows(file: io.TextIOBase) -> Iterator[tuple[int, Row | Refusal]]:
    reader = csv.reader(line.replace("\0", "\ufffd") for line in file)
    first = next(reader, None)
    columns = _columns(first or [])
    if first and columns == OFFICIAL:
        yield 1, _row(columns, first, 1)
    for cells in reader:
        if cells:
            yield reader.line_num, _row(columns, cells, reader.line_num)


def _columns(first: list[str]) -> tuple[str, ...]:
    heading = tuple(cell.strip().lower() for cell in first)
    if set(heading) >= NEEDED:
        return heading
    if len(first) == len(OFFICIAL) and postcodes.normalised(first[0]):
        return OFFICIAL
    raise RuleBroken("This is not a Code-Point Open file: its first line is neither a heading nor a postcode.")


def _row(columns: tuple[str, ...], cells: list[str], line: int) -> Row | Refusal:
    if len(cells) != len(columns):
        return Refusal(line, f"It has {len(cells)} columns, where {len(columns)} belong.")
    row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    try:
        return _checked(row)
    except ValueError as error:
        return Refusal(line, str(error))


def _checked(row: dict[str, str]) -> Row:
    postcode = postcodes.normalised(row["postcode"])
    if not postcode:
        raise ValueError(f"“{row['postcode']}” is not a postcode.")
    if row["district_gss"] and not GSS.fullmatch(row["district_gss"]):
        raise ValueError(f"“{row['district_gss']}” is not the code of a district, such as E07000999.")
    quality = int(_number(row, "positional_quality")) if row.get("positional_quality") else 10
    easting, northing = _number(row, "easting"), _number(row, "northing")
    if quality >= NO_POSITION or not (0 < easting < 700_000 and 0 < northing < 1_300_000):
        raise ValueError("Its position is not known or not in Great Britain.")
    latitude, longitude = _position(row, easting, northing)
    ward = row.get("ward_gss", "")
    district = (row["district_gss"], row.get("district", ""))
    return Row(postcode, quality, latitude, longitude, district, ward if GSS.fullmatch(ward) else "")


def _position(row: dict[str, str], easting: float, northing: float) -> tuple[float, float]:
    if row.get("lat") and row.get("lon"):
        latitude, longitude = _number(row, "lat"), _number(row, "lon")
        if not (49 < latitude < 61 and -9 < longitude < 2):
            raise ValueError("Its latitude and longitude are not in Great Britain.")
        return latitude, longitude
    latitude, longitude = grid.latitude_and_longitude(easting, northing)
    return round(latitude, 6), round(longitude, 6)


def _number(row: dict[str, str], column: str) -> float:
    try:
        number = float(row[column])
    except ValueError:
        raise ValueError(f"“{row[column]}” is not a number ({column}).") from None
    if not abs(number) < 1e9:  # also false for what is not a number at all
        raise ValueError(f"“{row[column]}” is not a number ({column}).")
    return number

"""Rows of a register's table as they stand in the file, one at a time: tab-separated or JSON.

The tab-separated files are not CSV: a quotation mark is a quotation mark. Rows end in CR LF, and a bare LF inside a row
is part of a field.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO, NamedTuple

from trellis.core.errors import RuleBroken
from trellis.web.words import counted

LONGEST_ROW = 1 << 20  # bytes; the longest of the real register is under 70,000
MOST_PARTS = 200  # lines that one row may be broken into
BOM = b"\xef\xbb\xbf"
MIDNIGHT = " 00:00:00.0000000"
BOUNDARY = re.compile(r"\}\s*(?:,\s*(?=\{)|\]\s*\Z)")
SEPARATOR = re.compile(r"[\s,]*")


class RawRow(NamedTuple):
    """One row: its line (in JSON, its place in the array) from 1, its values in the order asked for, or why not."""

    line: int
    values: Sequence[str]
    reason: str = ""


def heading(file: IO[bytes]) -> list[str]:
    """The column names on the first line of a tab-separated file."""
    return _names(file.readline(LONGEST_ROW))


def tab_separated(file: IO[bytes], columns: Sequence[str]) -> Iterator[RawRow]:
    """The rows under the heading, their values in the order of `columns`; a column that the file lacks is empty."""
    first = file.readline(LONGEST_ROW)
    names = [
        name.strip().lower() for name in first.removeprefix(BOM).decode("utf-8", "replace").rstrip("\r\n").split("\t")
    ]
    ordered = _reordering(names, columns)
    for line, text, reason in _whole_rows(file, len(names), ends_in_cr=first.endswith(b"\r\n")):
        if reason:
            yield RawRow(line, text.split("\t"), reason)
            continue
        values = text.replace(MIDNIGHT, "").split("\t")
        if len(values) != len(names):
            yield RawRow(line, values, _miscounted(len(values), len(names)))
        else:
            yield RawRow(line, ordered(_without_null_words(values, text)))


def json_array(file: IO[bytes], columns: Sequence[str]) -> Iterator[RawRow]:
    """The objects of a JSON array, their values as the tab-separated file has them."""
    for number, item in enumerate(objects(file), 1):
        if isinstance(item, str):
            yield RawRow(number, [], item)
            continue
        values = tuple(_text(item.get(column)) for column in columns)
        reason = next((fault for value in values if (fault := _fault(value))), "") if not _clean(values) else ""
        yield RawRow(number, values, reason)


def first_object(file: IO[bytes]) -> dict:
    """The first object of a JSON array. Raises RuleBroken when there is none."""
    first = next(objects(file), {})
    if isinstance(first, str):
        raise RuleBroken(f"The first entry of this JSON file cannot be read: {first}")
    return first


def _names(first: bytes) -> list[str]:
    text = first.removeprefix(BOM).decode("utf-8", "replace")
    return [name.strip().lower() for name in text.rstrip("\r\n").split("\t")]


def _reordering(names: list[str], columns: Sequence[str]):
    """A function that puts a row's values in the order of the columns."""
    if names == list(columns):
        return tuple
    places = [names.index(column) if column in names else -1 for column in columns]
    return lambda values: tuple(values[place] if place >= 0 else "" for place in places)


def _whole_rows(file: IO[bytes], width: int, *, ends_in_cr: bool) -> Iterator[tuple[int, str, str]]:
    """Line, text and fault of each row, with rows that a line break inside a field tore apart put together again."""
    torn: list[tuple[int, str]] = []
    for line, text, reason in _lines(file):
        is_part = ends_in_cr and not reason and not text.endswith("\r") and text.count("\t") < width - 1
        if is_part and len(torn) < MOST_PARTS and not (torn and _tabs(torn) >= width - 1):
            torn.append((line, text))
            continue
        text = text.removesuffix("\r")
        if torn and not reason and _tabs(torn) + text.count("\t") == width - 1:
            yield torn[0][0], "\n".join([*(part for _, part in torn), text]), ""
        else:
            yield from ((number, part, "") for number, part in torn)
            if text or reason:
                yield line, text, reason
        torn = []
    yield from ((number, part, "") for number, part in torn)


def _tabs(parts: list[tuple[int, str]]) -> int:
    return sum(part.count("\t") for _, part in parts)


def _lines(file: IO[bytes]) -> Iterator[tuple[int, str, str]]:
    """Line number (the heading is 1), text without its LF, and what is wrong with its bytes."""
    for line, raw in enumerate(iter(partial(file.readline, LONGEST_ROW), b""), 2):
        if len(raw) == LONGEST_ROW and not raw.endswith(b"\n"):
            while (more := file.readline(LONGEST_ROW)) and not more.endswith(b"\n"):
                pass
            yield line, "", "It is over a million bytes long."
            continue
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            reason = f"It is not UTF-8: byte {raw[error.start]:#04x} at position {error.start + 1}."
            yield line, raw.decode("utf-8", "replace").rstrip("\r\n"), reason
            continue
        yield line, text.removesuffix("\n"), "It holds a NUL byte." if "\0" in text else ""


def _miscounted(found: int, expected: int) -> str:
    why = "is there a tab inside a field?" if found > expected else "is it cut short, or broken over two lines?"
    return f"It has {counted(found, 'column')}, where the heading has {expected}: {why}"


def _without_null_words(values: list[str], text: str) -> list[str]:
    return ["" if value == "NULL" else value for value in values] if "NULL" in text else values


def objects(file: IO[bytes]) -> Iterator[dict | str]:
    """Each object of the array, or why one cannot be read; never more than a piece of the file is in memory."""
    decode, text, place, at_end = json.JSONDecoder().raw_decode, _piece(file).removeprefix("\ufeff").lstrip(), 1, False
    if not text.startswith("["):
        raise RuleBroken("This JSON file is not a list: it should begin with a square bracket.")
    while True:
        place = SEPARATOR.match(text, place).end()  # type: ignore[union-attr]  # it matches the empty word too
        if text.startswith("]", place):
            return
        try:
            item, place = decode(text, place)
        except RecursionError as error:
            raise RuleBroken("This JSON file is nested so deep that no list can be in it.") from error
        except json.JSONDecodeError as error:
            if not at_end and len(text) - place < LONGEST_ROW:  # perhaps the rest of it is still to come
                more = _piece(file)
                text, place, at_end = text[place:] + more, 0, not more
                continue
            if place == len(text):
                return
            boundary = BOUNDARY.search(text, error.pos)
            item, place = f"It is not JSON: {error.msg.lower()}.", boundary.end() if boundary else len(text)
            yield item
            continue
        yield item if isinstance(item, dict) else "It is not an object."


def _piece(file: IO[bytes]) -> str:
    """About a quarter of a megabyte, ending between characters; bytes that are not UTF-8 become half surrogates."""
    raw = file.read(LONGEST_ROW // 4)
    while raw and raw[-1] >= 0x80 and (more := file.read(1)):
        raw += more
    return raw.decode("utf-8", "surrogateescape")


def _text(value: object) -> str:
    """A JSON value as the tab-separated file writes it."""
    if isinstance(value, str):
        return "" if value == "NULL" else value.removesuffix("T00:00:00").removesuffix(MIDNIGHT)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _clean(values: Sequence[str]) -> bool:
    text = "".join(values)
    return text.isascii() and "\0" not in text


def _fault(value: str) -> str:
    """What no database would keep."""
    if "\0" in value:
        return "It holds a NUL byte."
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "It is not UTF-8."
    return ""

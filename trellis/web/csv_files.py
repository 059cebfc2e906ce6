"""CSV that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel takes a file without this mark for Windows-1252, and £ for Â£.
BYTE_ORDER_MARK = "\ufeff"


def guarded(value: Any) -> Any:
    """The value, or the text with an apostrophe before it where a spreadsheet would take it for a formula.

    Numbers stay numbers. Source: OWASP, CSV injection.
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


class _Echo:
    """A file that hands back what is written to it, so that rows leave one by one."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The rows as CSV text, line by line, each cell guarded."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([guarded(value) for value in row])


def _in_pieces(lines: Iterator[str], size: int = 500) -> Iterator[str]:
    """The same text in pieces of many lines: each piece is sent by itself, which costs more than writing it."""
    while piece := "".join(islice(lines, size)):
        yield piece


def csv_response(rows: Iterable[Iterable[Any]], file_name: str) -> StreamingHttpResponse:
    """A download of the rows (the first is the heading) as `file_name`.csv, in constant memory."""
    return StreamingHttpResponse(
        _in_pieces(csv_lines(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}.csv"'},
    )

"""Tables that sort, page and download; what is on screen is what the file holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from trellis.web import words
from trellis.web.csv_files import csv_response


@dataclass(frozen=True)
class Column:
    """A column: `key` names it in addresses and, without `value`, is the attribute shown.

    `sort` is the ORM field or attribute to sort by; `link` gives a row its address; `tag` gives a row a status as
    (text, colour); `numeric` sets figures to the right; `absent` is what stands for nothing. `note` says more of a
    row's value in few words: the file and screen readers have them, the page an asterisk, and a sentence that tells it.
    """

    key: str
    heading: str
    value: Callable[[Any], Any] | None = None
    sort: str = ""
    link: Callable[[Any], str] | None = None
    tag: Callable[[Any], tuple[str, str]] | None = None
    numeric: bool = False
    absent: str = "–"
    note: Callable[[Any], str] | None = None

    def raw(self, row: Any) -> Any:
        """The row's value in this column."""
        if self.tag:
            return self.tag(row)[0]
        return self.value(row) if self.value else attrgetter(self.key.replace("__", "."))(row)

    def shown(self, row: Any) -> str:
        """The row's value in this column, in words."""
        return written(self.raw(row)) or self.absent

    def filed(self, row: Any) -> str:
        """The same as the file has it."""
        note = self.note(row) if self.note else ""
        return f"{self.shown(row)} ({note})" if note else self.shown(row)


@dataclass(frozen=True)
class Heading:
    """A column's head: `order` is "ascending", "descending" or "none"; no `url`, no sorting."""

    column: Column
    order: str
    url: str


def written(value: Any) -> str:
    """A value as people read it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return words.day_and_time(value)
    if isinstance(value, date):
        return words.day(value)
    return f"{value:,}" if isinstance(value, int | Decimal) else str(value)


def address(request: HttpRequest, **changes: str | int | None) -> str:
    """This page's address with some parameters changed, or taken out by None: `address(request, district=None)`."""
    parameters = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path


class Table:
    """Rows and columns, as the address of the page asks: ?sort=-name&page=2&format=csv.

    `rows` is a QuerySet or a list; `order` is the sort when the address asks for none (else the rows stay as given);
    `filters` are (text, address without it); `name` is the CSV's name and, with `prefix`, tells two tables apart.
    `stacks`: on a telephone each row is a block of its own, for rows that are read and not compared.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet | Sequence[Any],
        *,
        columns: Sequence[Column],
        caption: str,
        page_size: int = 25,
        empty: str = "There is nothing here yet.",
        name: str = "table",
        order: str = "",
        filters: Sequence[tuple[str, str]] = (),
        prefix: str = "",
        stacks: bool = False,
    ):
        self.request, self.rows, self.columns = request, rows, list(columns)
        self.caption, self.page_size, self.empty, self.name = caption, page_size, empty, name
        self.filters, self.prefix, self.stacks = list(filters), prefix, stacks
        asked = self._asked(request.GET.get(f"{prefix}sort", "")) or self._asked(order)
        self.column: Column | None = asked[0] if asked else None
        self.descending = bool(asked and asked[1])

    @property
    def is_asked(self) -> bool:
        """Whether the address sorts or turns the pages of this table: then whatever it is folded into stands open."""
        return any(f"{self.prefix}{name}" in self.request.GET for name in ("sort", "page"))

    @property
    def wants_csv(self) -> bool:
        """Whether the address asks for the file."""
        return self.request.GET.get(f"{self.prefix}format") == "csv"

    def csv_response(self) -> StreamingHttpResponse:
        """All pages of the table as a file."""
        return csv_response(self._csv_rows(), self.name)

    @cached_property
    def headings(self) -> list[Heading]:
        """The heads of the columns, each with where a click on it leads."""
        return [self._heading(column) for column in self.columns]

    @cached_property
    def page(self):
        """The rows of this page; of the last page when the address asks for one beyond."""
        return Paginator(self.sorted_rows, self.page_size).get_page(self.request.GET.get(f"{self.prefix}page"))

    @cached_property
    def sorted_rows(self) -> QuerySet | Sequence[Any]:
        """All rows, in order. Nothing sorts last either way; equal rows keep one order, so that pages do not mix."""
        if not self.column:
            return self.rows
        if isinstance(self.rows, QuerySet):
            field = F(self.column.sort)
            order = field.desc(nulls_last=True) if self.descending else field.asc(nulls_last=True)
            return self.rows.order_by(order, "pk")
        return _sorted_list(self.rows, self.column.sort, self.descending)

    @property
    def counts(self) -> str:
        """Showing 1 to 25 of 3,300"""
        page = self.page
        if page.paginator.num_pages == 1:
            return f"Showing all {page.paginator.count:,}" if page.paginator.count > 1 else "Showing 1"
        return f"Showing {page.start_index():,} to {page.end_index():,} of {page.paginator.count:,}"

    @property
    def csv_url(self) -> str:
        """Where the file is."""
        return address(self.request, **{f"{self.prefix}format": "csv", f"{self.prefix}page": None})

    def page_url(self, number: int) -> str:
        """Where another page is."""
        return self._here(page=number)

    @property
    def pages(self) -> dict[str, Any]:
        """What govukPagination takes."""
        page = self.page
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return {
            "landmarkLabel": f"Pages of {self.caption}",
            "previous": {"href": self.page_url(page.number - 1)} if page.has_previous() else None,
            "next": {"href": self.page_url(page.number + 1)} if page.has_next() else None,
            "items": [
                {"number": number, "href": self.page_url(number), "current": number == page.number}
                if isinstance(number, int)
                else {"ellipsis": True}
                for number in numbers
            ],
        }

    def _here(self, **changes: str | int | None) -> str:
        """This page with some of the table's own parameters changed, opened at the table."""
        own = {f"{self.prefix}{name}": value for name, value in changes.items()}
        return f"{address(self.request, **own)}#{self.name}"

    def _asked(self, sort: str) -> tuple[Column, bool] | None:
        key, descending = sort.removeprefix("-"), sort.startswith("-")
        return next(((column, descending) for column in self.columns if column.sort and column.key == key), None)

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column, "", "")
        chosen = column is self.column
        order = ("descending" if self.descending else "ascending") if chosen else "none"
        flipped = f"-{column.key}" if order == "ascending" else column.key
        return Heading(column, order, self._here(sort=flipped, page=None))

    def _csv_rows(self) -> Iterator[list[str]]:
        yield [column.heading for column in self.columns]
        rows = self.sorted_rows
        for row in rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else rows:
            yield [column.filed(row) for column in self.columns]


def _sorted_list(rows: Sequence[Any], attribute: str, descending: bool) -> list[Any]:
    value = attrgetter(attribute.replace("__", "."))
    there = [row for row in rows if value(row) is not None]
    absent = [row for row in rows if value(row) is None]
    return sorted(there, key=value, reverse=descending) + absent

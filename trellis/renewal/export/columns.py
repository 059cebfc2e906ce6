"""What a table of the handed-on data is made of: columns named one by one, each with its meaning."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from trellis.contracts.models import Contract


@dataclass(frozen=True)
class ExportColumn:
    """A column: its name, what it means, and where its value is, as a path of attributes or a function.

    `is_text`: people wrote it freely, so it may name somebody although it was asked not to.
    """

    name: str
    means: str
    value: str | Callable[[Any], Any] = ""
    is_text: bool = False

    def of(self, row: Any) -> Any:
        """The value of a row; nothing for a path that ends on the way."""
        if callable(self.value):
            return self.value(row)
        for part in (self.value or self.name).split("."):
            row = attrgetter(part)(row) if row is not None else None
        return row


@dataclass(frozen=True)
class ExportTable:
    """A table: its name (that of its files), what is in it, its columns, and its rows for a contract.

    `care` says whom it may not reach; `for_members`: no firewall keeps it from any member, so they can take it too.
    """

    name: str
    means: str
    columns: tuple[ExportColumn, ...]
    rows: Callable[[Contract], Iterable[Any]]
    care: str = ""
    for_members: bool = True


Col = ExportColumn


def text(name: str, means: str, value: str = "") -> ExportColumn:
    """A column of words that people wrote freely."""
    return ExportColumn(name, means, value, is_text=True)


def day_of(name: str) -> Callable[[Any], Any]:
    """The day of a moment, where there is one."""

    def value(row: Any) -> Any:
        moment = getattr(row, name)
        return moment and moment.date()

    return value


ORGANISATION = Col("organisation", "Its reference in the register.", "organisation.reference")
NAME = Col("name", "The organisation's name.", "organisation.name")
PARTNER = Col("partner", "The partner's reference in the register.", "partner.organisation.reference")
DISTRICT = Col("district", "The district's code of the Office for National Statistics.", "district_id")
STARTS = Col("starts_on", "The first day, as YYYY-MM-DD.")
ENDS = Col("ends_on", "The last day, as YYYY-MM-DD; empty while it goes on.")
REFERENCE = Col("reference", "What it is called by.")
STATUS = Col("status", "Where it is.")

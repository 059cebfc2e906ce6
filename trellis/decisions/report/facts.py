"""What the data say on one topic, or on all of them: figures, and tables, lists and charts by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.decisions.report.pieces import Chart, Figure, Heading, Listing, Shown, Table
from trellis.web.words import day


@dataclass(frozen=True)
class Facts:
    """What there is. `missing` says, by topic, what is not there yet."""

    figures: dict[str, Figure] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def together(parts: Iterable[Facts]) -> Facts:
    """All topics in one."""
    whole = Facts()
    for part in parts:
        whole.figures.update(part.figures)
        whole.shown.update(part.shown)
        whole.missing.update(part.missing)
    return whole


def lacking(words: str, *topics: str) -> Facts:
    """Topics of which nothing is known; `words` is the sentence that the report says instead."""
    return Facts(missing=dict.fromkeys(topics, words))


@dataclass(frozen=True)
class Source:
    """Where facts come from: the data in words, and the page of Trellis that shows them."""

    words: str
    address: str = ""
    is_illustrative: bool = False

    def figure(self, name: str, label: str, value: object, words: str = "", unit: str = "") -> Figure:
        """A fact; without `words` its value is printed as it is."""
        return Figure(
            name, label, str(value), words or str(value), unit, self.words, self.address, self.is_illustrative
        )

    def pounds(self, name: str, label: str, amount: Decimal) -> Figure:
        """An amount, printed in whole pounds."""
        return self.figure(name, label, amount, whole_pounds(amount), "pounds")

    def pence(self, name: str, label: str, amount: Decimal) -> Figure:
        """An amount, printed to the penny."""
        return self.figure(name, label, amount, pounds_and_pence(amount), "pounds")

    def on(self, name: str, label: str, value: date) -> Figure:
        """A date."""
        return self.figure(name, label, value.isoformat(), day(value), "date")

    def table(
        self,
        name: str,
        caption: str,
        headings: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        numeric: Sequence[int] = (),
        last_is_total: bool = False,
    ) -> Table:
        """A table; `numeric` are the columns of numbers, from 0."""
        return Table(
            name,
            caption,
            tuple(Heading(words, number in numeric) for number, words in enumerate(headings)),
            tuple(tuple(row) for row in rows),
            self.words,
            self.address,
            last_is_total,
            self.is_illustrative,
        )

    def listing(self, name: str, caption: str, items: Iterable[tuple[str, str]]) -> Listing:
        """Statements in the data's own words."""
        return Listing(name, caption, tuple(items), self.words, self.address, self.is_illustrative)

    def chart(
        self, name: str, title: str, description: str, headings: tuple[str, str], bars: Iterable[tuple[str, Decimal]]
    ) -> Chart:
        """Amounts in pounds as bars."""
        drawn = tuple((label, str(amount), pounds_and_pence(amount)) for label, amount in bars)
        return Chart(name, title, description, *headings, drawn, self.words, self.address, self.is_illustrative)


def named(*figures: Figure | None) -> dict[str, Figure]:
    """Figures by name; those that there are not are left out."""
    return {figure.name: figure for figure in figures if figure}


def by_name(*shown: Shown) -> dict[str, Shown]:
    """Tables, lists and charts by name."""
    return {one.name: one for one in shown}


def listed(words: Sequence[str], last: str = "and") -> str:
    """One, two and three."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)

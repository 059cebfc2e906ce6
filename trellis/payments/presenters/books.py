"""The words and rows of the alliance's books: each quarter, actual against budget, and dependence over time."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts.models import Contract, Partner
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.core.periods import Quarter
from trellis.payments.models import BookReturn
from trellis.payments.presenters.commercial import short
from trellis.payments.queries import books as queries
from trellis.payments.queries import commercial
from trellis.payments.queries.books import Against, AllianceQuarter, Dependence
from trellis.web.charts import Bar, BarChart, LineChart, Series
from trellis.web.charts.figures import Figure
from trellis.web.pieces import Task
from trellis.web.table import Column, Table
from trellis.web.words import counted

Status = BookReturn.Status
COLOURS: dict[str, str] = {
    Status.OPEN: "yellow", Status.SUBMITTED: "blue", Status.ACCEPTED: "green", Status.REPLACED: "grey",
}  # fmt: skip
NOT_OPENED = ("Not opened yet", "grey")


def crumbs(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of the books is."""
    return [
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Open books", reverse("books", args=[contract.reference])),
        *more,
    ]


def state_tag(book: BookReturn | None) -> tuple[str, str]:
    """A return's state in words, and its colour."""
    return (book.get_status_display(), COLOURS[book.status]) if book else NOT_OPENED


def books_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """The quarters that are over, and how dependence on the contract has moved."""
    found = queries.dependence(contract)
    return {
        "contract": contract,
        "caption": contract.title,
        "is_illustrative": commercial.is_illustrative(contract),
        "quarters": [_quarter(contract, quarter) for quarter in reversed(queries.quarters_over(contract))],
        "dependence": dependence_chart(found),
        "dependence_table": _dependence_table(request, found),
        "breadcrumbs": crumbs(contract)[:1],
    }


def _quarter(contract: Contract, quarter: str) -> Task:
    books = list(queries.current(contract, quarter))
    number = len(queries.partners_of_quarter(contract, quarter))
    accepted = sum(one.status == Status.ACCEPTED for one in books)
    there = sum(one.status in (Status.SUBMITTED, Status.ACCEPTED) for one in books)
    url = reverse("alliance_books", args=[contract.reference, quarter])
    words = Quarter.parse(quarter).words
    if accepted == number:
        return Task(words, "All accepted", url, f"{counted(number, 'return')}.", "green")
    hint = f"{there} of {counted(number, 'return')} submitted, {accepted} accepted."
    return Task(words, "Under way", url, hint, "blue")


def dependence_chart(found: list[Dependence]) -> LineChart:
    """The contract's part of all income, beside the plan."""
    known = [row for row in found if row.part is not None]
    title = "How much of the service’s income is the contract’s"
    if known and known[-1].part is not None:
        title = f"The contract is {short(known[-1].part)} of the service’s income"
        if known[0].part is not None and len(known) > 1:
            way = "down" if known[-1].part < known[0].part else "up"
            title += f", {way} from {short(known[0].part)}"
    series = [Series("In fact", [_per_cent(row.part) for row in found])]
    if any(row.plan is not None for row in found):
        series.append(Series("Planned at most", [_per_cent(row.plan) for row in found]))
    return LineChart(
        title=title,
        description="The contract’s money as a part of all income of the service, charges and other income brought in "
        "counted, quarter by quarter, beside what was planned. The value falls so that the sector sustains itself.",
        labels=[row.quarter for row in found], series=series, write=_written_per_cent,
    )  # fmt: skip


def _per_cent(part: Any) -> float | None:
    return None if part is None else round(float(part) * 100, 2)


def _written_per_cent(value: Figure) -> str:
    return f"{float(value or 0):.4g}%"


def _dependence_table(request: HttpRequest, found: list[Dependence]) -> Table:
    return Table(
        request, found, name="dependence", prefix="dependence-", caption="Dependence on the contract",
        empty="No return has been submitted yet.",
        columns=[
            Column("quarter", "Quarter", value=lambda row: Quarter.parse(row.quarter).words),
            Column("part", "The contract’s part of all income",
                   value=lambda row: None if row.part is None else short(row.part), numeric=True),
            Column("plan", "Planned at most", value=lambda row: None if row.plan is None else short(row.plan),
                   numeric=True, absent="None agreed"),
        ],
    )  # fmt: skip


def alliance_page(request: HttpRequest, contract: Contract, quarter: str) -> dict[str, Any]:
    """The whole alliance's quarter: actual against budget, by category and by partner."""
    seen = queries.alliance_quarter(contract, quarter)
    return {
        "contract": contract,
        "caption": contract.title,
        "is_illustrative": commercial.is_illustrative(contract),
        "period": Quarter.parse(quarter).words,
        "quarter": quarter,
        "seen": seen,
        "in_short": _in_short(seen),
        "chart": _chart(seen),
        "partners": _partners(request, contract, seen),
        "categories": _categories(request, seen),
        "cells": _cells(request, seen),
        "breadcrumbs": crumbs(contract),
    }


def _in_short(seen: AllianceQuarter) -> str:
    number = counted(len(seen.by_partner), "partner")
    if not seen.submitted:
        return f"None of {number} has submitted its books yet."
    budget, spent = seen.whole.budget, seen.whole.spent or queries.NOTHING
    if not budget:
        return (
            f"{seen.submitted} of {number} have submitted their books: {pounds_and_pence(spent)}. No budget is agreed."
        )
    less = "less" if spent <= budget else "more"
    return (
        f"{seen.submitted} of {number} have submitted their books. Together they spent {pounds_and_pence(spent)}, "
        f"{pounds_and_pence(abs(budget - spent))} {less} than their budgets of {pounds_and_pence(budget)}."
    )


def _chart(seen: AllianceQuarter) -> BarChart:
    """Over or under, by category: what was planned by those who have submitted against what they spent."""
    rows = [(row.name, row.difference) for row in seen.by_category if row.difference is not None]
    worst = min(rows, key=lambda row: row[1], default=("", queries.NOTHING))
    title = "Every category is within its budget"
    if worst[1] < 0:
        title = f"{worst[0]} cost the most beyond its budget"
    return BarChart(
        title=title if rows else "No books have been submitted yet",
        description="What is left of the budget in each category, of the partners who have submitted their books. "
        "Below nought, more was spent than planned.",
        bars=[Bar(name, float(left), whole_pounds(left)) for name, left in rows],
        value_heading="Left of the budget",
        label_heading="Category",
    )  # fmt: skip


def _money(value: Any) -> str | None:
    return None if value is None else pounds_and_pence(value)


def _against() -> list[Column]:
    return [
        Column("budget", "Budget", value=lambda row: pounds_and_pence(row.budget), numeric=True),
        Column("spent", "Spent", value=lambda row: _money(row.spent), numeric=True, absent="No books yet"),
        Column("difference", "Left", value=lambda row: _money(row.difference), numeric=True, absent="–"),
    ]


def _partners(request: HttpRequest, contract: Contract, seen: AllianceQuarter) -> Table:
    rows = {str(partner): (partner, book) for partner, book in seen.books}

    def state(row: Against) -> tuple[str, str]:
        return state_tag(rows[row.name][1])

    def link(row: Against) -> str:
        return address(contract, seen.quarter, rows[row.name][0])

    return Table(
        request, list(seen.by_partner), name="books", prefix="partners-", caption="Each partner’s books",
        columns=[Column("name", "Partner", sort="name", link=link), Column("state", "State", tag=state), *_against()],
    )  # fmt: skip


def _categories(request: HttpRequest, seen: AllianceQuarter) -> Table:
    return Table(
        request, list(seen.by_category), name="categories", prefix="categories-", 
        caption="Each category, of the books that are submitted",
        columns=[Column("name", "Category"), *_against()],
    )  # fmt: skip


def _cells(request: HttpRequest, seen: AllianceQuarter) -> Table:
    rows = [(partner, name, *cell) for (partner, name), cell in seen.cells.items() if cell[0] or cell[1]]
    return Table(
        request, rows, name=f"books-{seen.quarter}", prefix="cells-", caption="Each partner and category",
        columns=[
            Column("partner", "Partner", value=lambda row: row[0]),
            Column("category", "Category", value=lambda row: row[1]),
            Column("budget", "Budget", value=lambda row: pounds_and_pence(row[2]), numeric=True),
            Column("spent", "Spent", value=lambda row: _money(row[3]), numeric=True, absent="No books yet"),
        ],
    )  # fmt: skip


def address(contract: Contract, quarter: str, partner: Partner) -> str:
    """Where a partner's return is."""
    return reverse("book_return", args=[contract.reference, quarter, partner.organisation.reference])

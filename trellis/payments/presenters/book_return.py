"""The words and rows of one partner's return: its lines, its questions, its files, its versions."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.contracts.models import Contract, Partner
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Quarter
from trellis.payments.models import BookReturn, ReturnFile
from trellis.payments.presenters.books import address, crumbs, state_tag
from trellis.payments.presenters.commercial import short
from trellis.payments.queries import book_return as queries
from trellis.payments.queries import books, commercial
from trellis.web.pieces import Event
from trellis.web.table import Column, Table
from trellis.web.words import day

KB = 1024


@dataclass(frozen=True)
class Row:
    """A category of a return: pounds planned and spent, and the lines that were told apart."""

    name: str
    kind: str
    budget: Decimal
    spent: Decimal
    details: str


@dataclass(frozen=True)
class Asked:
    """A question with its answer, who and when in words; `url` is where it can be answered."""

    about: str
    text: str
    who: str
    answer: str
    answered: str
    url: str


def parts(contract: Contract, quarter: str, partner: Partner) -> list[str]:
    """What stands in the address of a return."""
    return [contract.reference, quarter, partner.organisation.reference]


def return_page(request: HttpRequest, user: User, partner: Partner, quarter: str, book: BookReturn | None) -> dict:
    """One return as this person may see it: while it is filled in, only those who fill it in see what is in it."""
    contract = partner.contract
    frame: dict[str, Any] = {
        **step(partner, quarter, title=str(partner)),
        "contract": contract,
        "is_illustrative": commercial.is_illustrative(contract),
        "partner": partner,
        "quarter": quarter,
        "book": book,
        "status": state_tag(book),
        "can_open": queries.can_open(user, partner, quarter, book),
    }
    if book is None:
        return frame
    frame |= {
        "is_hidden": not queries.sees_inside(user, book),
        "actions": actions(user, book),
        "keeps": books.keeps(user, partner) and book.status == BookReturn.Status.OPEN,
        "events": events(book),
        "versions": [one for one in queries.versions(book) if one.pk != book.pk],
    }
    if frame["is_hidden"]:
        return frame
    return frame | {
        "size": size,
        "version_of": books.latest(book.partner, book.quarter) != book,
        "table": lines_table(request, book),
        "facts": facts(book),
        "lines": [line for line in book.lines.select_related("category") if line.description],
        "asked": asked(user, book),
        "can_ask": queries.can_ask(user, book),
        "files": book.files.all(),
    }


def step(partner: Partner, quarter: str, *, title: str) -> dict[str, Any]:
    """What every page about a return shares."""
    period = Quarter.parse(quarter).words
    there = reverse("alliance_books", args=[partner.contract.reference, quarter])
    return {
        "title": title,
        "caption": f"Open books, {period}",
        "cancel": address(partner.contract, quarter, partner),
        "breadcrumbs": crumbs(partner.contract, (period, there)),
    }


def actions(user: User, book: BookReturn) -> list[tuple[str, str]]:
    """What this person can do now: (verb, address), the main thing first."""
    here = parts(book.partner.contract, book.quarter, book.partner)
    offered = (
        (queries.can_write(user, book), "Fill in the costs", "enter_costs"),
        (queries.can_write(user, book), "Bring in a file of costs", "import_costs"),
        (queries.can_write(user, book), "Add evidence", "add_file"),
        (queries.can_submit(user, book), "Submit the return", "submit_return"),
        (queries.can_accept(user, book), "Accept the return", "accept_return"),
        (queries.can_correct(user, book), "Correct it", "correct_return"),
    )
    return [(verb, reverse(name, args=here)) for can, verb, name in offered if can]


def facts(book: BookReturn) -> list[tuple[str, str]]:
    """The return in a few lines."""
    spent, terms = books.spent(book), books.terms_in(book.partner.contract, book.quarter)
    ceiling = f"; the ceiling is {short(terms.overhead_ceiling)}" if terms else ""
    dependence = queries.dependence_of(book)
    reserves = "Not told yet" if book.free_reserves is None else pounds_and_pence(book.free_reserves)
    found = [
        ("Spent", pounds_and_pence(spent.total)),
        ("Overheads", f"{pounds_and_pence(spent.overhead)}: {short(spent.overhead_part)} of the other costs{ceiling}"),
        ("Charges", pounds_and_pence(book.charges)),
        ("Other income brought in", pounds_and_pence(book.other_income)),
        ("Dependence on the contract", "Not known" if dependence is None else f"{short(dependence)} of all income"),
        ("Free reserves of the organisation", reserves),
    ]
    return [*found, ("Corrected because", book.reason)] if book.reason else found


def rows(book: BookReturn) -> list[Row]:
    """Each category with something planned or spent."""
    planned = books.budgets(book.partner.contract, book.quarter)
    lines = list(book.lines.select_related("category"))
    found = []
    for kind in books.categories():
        mine = [line for line in lines if line.category_id == kind.pk]
        spent = sum((line.amount for line in mine), books.NOTHING)
        budget = planned.get((book.partner_id, kind.pk), books.NOTHING)
        details = "; ".join(f"{line.description} {pounds_and_pence(line.amount)}" for line in mine if line.description)
        if mine or budget:
            found.append(Row(kind.name, kind.get_kind_display(), budget, spent, details))
    return found


def lines_table(request: HttpRequest, book: BookReturn) -> Table:
    """Spent against the budget, category by category."""
    found = rows(book)
    details = [Column("details", "What for", absent="")] if any(row.details for row in found) else []
    return Table(
        request, found, name="costs", caption="Costs against the budget",
        empty="There are no costs in it yet. Fill them in, or bring in a file.",
        columns=[
            Column("name", "Category"),
            *details,
            Column("budget", "Budget", value=lambda row: pounds_and_pence(row.budget), numeric=True),
            Column("spent", "Spent", value=lambda row: pounds_and_pence(row.spent), numeric=True),
            Column("left", "Left", value=lambda row: pounds_and_pence(row.budget - row.spent), numeric=True),
        ],
    )  # fmt: skip


def asked(user: User, book: BookReturn) -> list[Asked]:
    """Every question about a return, the earliest first."""
    found = list(book.queries.select_related("category"))
    names = audit.names_of({name for one in found for name in (one.asked_by, one.answered_by) if name})
    here = parts(book.partner.contract, book.quarter, book.partner)
    return [
        Asked(
            about=one.category.name if one.category else "The return as a whole",
            text=one.text,
            who=f"{names.get(one.asked_by, '')}, {day(one.asked_at)}".strip(", "),
            answer=one.answer,
            answered=f"{names.get(one.answered_by, '')}, {day(one.answered_at)}".strip(", ") if one.answered_at else "",
            url="" if one.answered_at else reverse("answer_query", args=[*here, one.pk]),
        )
        for one in found
    ]


def events(book: BookReturn) -> list[Event]:
    """The return's history, the latest first."""
    history = list(book.history.order_by("-id"))
    names = audit.names_of(one.by for one in history)
    return [Event(one.get_status_display(), one.at, names.get(one.by, ""), one.note) for one in history]


def size(file: ReturnFile) -> str:
    """12 KB"""
    return f"{max(1, round(file.size / KB)):,} KB"


def refused_table(request: HttpRequest, refused: list[tuple[int, str]]) -> Table:
    """The lines of a file that were not taken over, and why."""
    return Table(
        request, refused, name="refused-lines", caption="Lines that were not taken over", page_size=100,
        columns=[
            Column("line", "Line", value=lambda row: row[0], numeric=True),
            Column("why", "Why not", value=lambda row: row[1]),
        ],
    )  # fmt: skip

"""The open books: the alliance's quarters, each partner's return, and every step from open to accepted."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.contracts.models import Partner
from trellis.core.permissions import Permission, requires
from trellis.payments.commands import books as commands
from trellis.payments.commands import books_queries
from trellis.payments.forms import books as forms
from trellis.payments.models import BookReturn
from trellis.payments.presenters import book_return as presenters
from trellis.payments.presenters import books as alliance_pages
from trellis.payments.queries import book_return as queries
from trellis.payments.queries import books as book_queries
from trellis.payments.views.commercial import alliance
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import Form, sent


@requires(Permission.BOOKS_VIEW)
def books(request: Request, reference: str) -> HttpResponseBase:
    """The quarters that are over, and dependence on the contract over time."""
    page = alliance_pages.books_page(request, alliance(request, reference))
    if page["dependence_table"].wants_csv:
        return page["dependence_table"].csv_response()
    return render(request, "payments/books/books.html", page)


@requires(Permission.BOOKS_VIEW)
def alliance_books(request: Request, reference: str, quarter: str) -> HttpResponseBase:
    """The whole alliance's quarter, actual against budget."""
    contract = alliance(request, reference)
    if quarter not in book_queries.quarters_over(contract):
        raise Http404
    page = alliance_pages.alliance_page(request, contract, quarter)
    for table in (page["partners"], page["categories"], page["cells"]):
        if table.wants_csv:
            return table.csv_response()
    return render(request, "payments/books/alliance.html", page)


@requires(Permission.BOOKS_VIEW)
def book_return(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponseBase:
    """A partner's latest return for a quarter."""
    partner = _partner(request, reference, quarter, organisation)
    return _page(request, partner, quarter, book_queries.latest(partner, quarter))


@requires(Permission.BOOKS_VIEW)
def return_version(
    request: Request, reference: str, quarter: str, organisation: str, version: int
) -> HttpResponseBase:  # fmt: skip
    """An earlier version, as it was."""
    partner = _partner(request, reference, quarter, organisation)
    rows = book_queries.returns_visible_to(request.user).filter(partner=partner, quarter=quarter)
    return _page(request, partner, quarter, get_object_or_404(rows, version=version))


def _page(request: Request, partner: Partner, quarter: str, book: BookReturn | None) -> HttpResponseBase:
    page = presenters.return_page(request, request.user, partner, quarter, book)
    if "table" in page and page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "payments/books/return.html", page)


@requires(Permission.BOOKS_KEEP)
@require_POST
def open_return(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponse:
    """Open the books of a quarter."""
    partner = kept(request, reference, quarter, organisation)
    return press(
        request, partial(commands.open_return, partner=partner, quarter=quarter, by=request.user),
        done="Opened. Fill in the costs, or bring in a file of them.",
        then=alliance_pages.address(partner.contract, quarter, partner),
    )  # fmt: skip


@requires(Permission.BOOKS_KEEP)
def enter_costs(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponse:
    """Costs by category, and what came in."""
    book = kept_return(request, reference, quarter, organisation)
    form = forms.CostsForm(
        request.POST or None,
        initial=queries.as_typed(book),
        categories=book_queries.categories(),
        told_apart=queries.told_apart(book),
    )

    def write(**_typed: Any) -> None:
        commands.enter_costs(book=book, by=request.user, **form.answers)

    page = presenters.step(book.partner, quarter, title="What the quarter cost")
    page |= {"button": "Save these figures"}
    return ask_and_do(
        request, form, write, done="Saved. Nobody else sees it until you submit it.", then=page["cancel"], page=page,
        template="payments/books/costs.html",
    )  # fmt: skip


@requires(Permission.BOOKS_KEEP)
@require_POST
def drop_line(request: Request, reference: str, quarter: str, organisation: str, number: int) -> HttpResponse:
    """Take a line out."""
    book = kept_return(request, reference, quarter, organisation)
    line = get_object_or_404(queries.lines_kept_by(request.user), pk=number, book=book)
    return press(
        request, partial(commands.drop_line, line=line, by=request.user), done="The line is taken out.",
        then=alliance_pages.address(book.partner.contract, quarter, book.partner),
    )  # fmt: skip


@requires(Permission.BOOKS_KEEP)
def submit_return(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponse:
    """Show the books to every member."""
    book = kept_return(request, reference, quarter, organisation)
    return _step(
        request, book, Form(sent(request)), partial(commands.submit_return, book=book, by=request.user),
        title="Submit the return", done="Submitted. Every member of the alliance can read it now.",
        intro="Every member of the alliance will read these books, and nobody outside it. You can correct them later "
        "with a new version; this one stays.",
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def accept_return(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponse:
    """The contract manager accepts."""
    book = _book(_partner(request, reference, quarter, organisation), quarter)
    return _step(
        request, book, Form(sent(request)), partial(commands.accept_return, book=book, by=request.user),
        title="Accept the return", done="Accepted. It counts for the year’s gain or loss.",
        intro="You say, for the council, that these books are in order.",
    )  # fmt: skip


@requires(Permission.BOOKS_KEEP)
def correct_return(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponse:
    """Open a new version."""
    book = kept_return(request, reference, quarter, organisation)
    return _step(
        request, book, forms.CorrectForm(request.POST or None),
        partial(commands.correct_return, book=book, by=request.user), title="Correct the return",
        done="A new version is open, with everything of the last one in it.",
        intro="A new version is opened for you. It has to be submitted and accepted again.",
    )  # fmt: skip


@requires(Permission.BOOKS_VIEW)
def ask_about_return(request: Request, reference: str, quarter: str, organisation: str) -> HttpResponse:
    """Any member asks."""
    book = _book(_partner(request, reference, quarter, organisation), quarter)
    return _step(
        request, book, forms.AskForm(request.POST or None, categories=book_queries.categories()),
        partial(books_queries.ask_about_return, book=book, by=request.user), title="Ask about this return",
        done="Asked. The partner finds it on its home page.",
    )  # fmt: skip


@requires(Permission.BOOKS_VIEW)
def answer_query(request: Request, reference: str, quarter: str, organisation: str, number: int) -> HttpResponse:
    """Any member answers."""
    partner = _partner(request, reference, quarter, organisation)
    rows = queries.questions_visible_to(request.user).filter(book__partner=partner, book__quarter=quarter)
    query = get_object_or_404(rows, pk=number)
    return _step(
        request, query.book, forms.AnswerForm(request.POST or None),
        partial(books_queries.answer_query, query=query, by=request.user), title="Answer the question",
        done="Answered. Every member can read it.", intro=query.text,
    )  # fmt: skip


def _step(
    request: Request, book: BookReturn, form: Form, command: Any, *, title: str, done: str, intro: str = ""
) -> HttpResponse:
    """Every step is the same: one form, one command, and then the return."""
    page = presenters.step(book.partner, book.quarter, title=title) | {"button": title, "intro": intro}
    return ask_and_do(request, form, command, done=done, then=page["cancel"], page=page)


def _partner(request: Request, reference: str, quarter: str, organisation: str) -> Partner:
    found = queries.partner_in(alliance(request, reference), quarter, organisation)
    if found is None:
        raise Http404
    return found


def _book(partner: Partner, quarter: str) -> BookReturn:
    found = book_queries.latest(partner, quarter)
    if found is None:
        raise Http404
    return found


def kept(request: Request, reference: str, quarter: str, organisation: str) -> Partner:
    """The partner, for those who keep its books; 404 for every other member too."""
    partner = _partner(request, reference, quarter, organisation)
    if not book_queries.keeps(request.user, partner):
        raise Http404
    return partner


def kept_return(request: Request, reference: str, quarter: str, organisation: str) -> BookReturn:
    """The latest return, for those who keep it."""
    return _book(kept(request, reference, quarter, organisation), quarter)

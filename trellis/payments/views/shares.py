"""Years shared out, and service credits."""

from functools import partial

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.payments.commands import shares as commands
from trellis.payments.forms.commercial import UnsharedForm
from trellis.payments.presenters import shares as presenters
from trellis.payments.queries import commercial
from trellis.payments.queries import shares as queries
from trellis.payments.queries.commercial import Year
from trellis.payments.views.commercial import alliance
from trellis.web.acts import ask_and_do
from trellis.web.forms import Form, sent


@requires(Permission.BOOKS_VIEW)
def shares(request: Request, reference: str) -> HttpResponse:
    """Each contract year's gain or loss."""
    return render(request, "payments/commercial/shares.html", presenters.shares_page(alliance(request, reference)))


@requires(Permission.BOOKS_VIEW)
def settlement(request: Request, reference: str, year: int) -> HttpResponseBase:
    """One year: what it waits for, what it would come to, what it came to."""
    contract = alliance(request, reference)
    page = presenters.year_page(request, contract, _year(contract, year))
    if "measures" in page and page["measures"].wants_csv:
        return page["measures"].csv_response()
    page |= {"can_settle": _can_settle(request, contract, page), "can_leave": _can_leave(request, contract, page)}
    return render(request, "payments/commercial/settlement.html", page)


@requires(Permission.BOOKS_VIEW)
def settlement_file(request: Request, reference: str, year: int) -> JsonResponse:
    """The year as `trellis share` reads it, so that anybody at the table can work it out again."""
    contract = alliance(request, reference)
    here = _year(contract, year)
    settled = commercial.settlement(contract, year)
    document = settled.document if settled else queries.document_of(queries.year_so_far(contract, here))
    if not document:
        raise Http404
    answer = JsonResponse(document, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{contract.reference}-year-{year}.json"'
    return answer


@requires(Permission.CONTRACT_MANAGE)
def settle_year(request: Request, reference: str, year: int) -> HttpResponse:
    """The contract manager shares a year out."""
    contract = alliance(request, reference)
    page = presenters.year_page(request, contract, _year(contract, year))
    there = reverse("settlement", args=[reference, year])
    return ask_and_do(
        request, Form(sent(request)), partial(commands.settle_year, contract=contract, year=year, by=request.user),
        done="Settled. The next statement that is drawn up has each partner’s part.", then=there,
        page=page | {"title": f"Settle year {year}", "button": "Settle the year", "cancel": there,
                     "intro": "Every member will see it. Books of the year cannot be corrected after."},
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def leave_unshared(request: Request, reference: str, year: int) -> HttpResponse:
    """The contract manager decides that a year which cannot be settled stays as it is."""
    contract = alliance(request, reference)
    page = presenters.year_page(request, contract, _year(contract, year))
    there = reverse("settlement", args=[reference, year])
    return ask_and_do(
        request, UnsharedForm(request.POST or None),
        partial(commands.leave_unshared, contract=contract, year=year, by=request.user),
        done="It is decided: nothing of the year is shared out.", then=there,
        page=page | {"title": f"Leave year {year} as it is", "button": "Leave it as it is", "cancel": there,
                     "intro": f"{page.get('waits', '')} {presenters.UNSHARED}"},
    )  # fmt: skip


@requires(Permission.BOOKS_VIEW)
def credits(request: Request, reference: str) -> HttpResponseBase:
    """Every service credit so far: the alliance's as a whole."""
    page = presenters.credits_page(request, alliance(request, reference))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "payments/commercial/credits.html", page)


def _year(contract: Contract, number: int) -> Year:
    found = commercial.year(contract, number)
    if found is None:
        raise Http404
    return found


def _can_leave(request: Request, contract: Contract, page: dict) -> bool:
    so_far = page.get("so_far")
    if so_far is None or so_far.terms is None or so_far.is_ready:
        return False
    return so_far.year.ends_on < clock.today() and commercial.may_manage(request.user, contract)


def _can_settle(request: Request, contract: Contract, page: dict) -> bool:
    so_far = page.get("so_far")
    return so_far is not None and so_far.is_ready and commercial.may_manage(request.user, contract)

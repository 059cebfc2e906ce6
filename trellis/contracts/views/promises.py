"""What the bid promised, for those at the table."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.contracts.commands import promises as commands
from trellis.contracts.forms import promises as forms
from trellis.contracts.presenters import promises as presenters
from trellis.contracts.queries import ever_partners
from trellis.contracts.queries import promises as queries
from trellis.contracts.views.access import at_the_table, managed, may_manage
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do
from trellis.web.forms import Form


@requires(Permission.ALLIANCE_VIEW)
def promises(request: Request, reference: str) -> HttpResponseBase:
    """Every promise: who, what, by when, and whether it came."""
    contract = at_the_table(request, reference)
    page = presenters.promises_page(request, contract, can_manage=may_manage(request, contract))
    if page["promises"].wants_csv:
        return page["promises"].csv_response()
    return render(request, "contracts/promises/promises.html", page)


@requires(Permission.CONTRACT_MANAGE)
def record_promise(request: Request, reference: str) -> HttpResponse:
    """Take a promise over from the bid."""
    contract = managed(request, reference)
    form = forms.PromiseForm(
        request.POST or None,
        partners=list(ever_partners(contract)),
        indicators=queries.indicators(contract),
    )
    return ask_and_do(
        request,
        form,
        partial(commands.record_promise, contract=contract, by=request.user),
        done="The promise is taken over.",
        then=presenters.room(contract),
        page=presenters.step(contract, "Take a promise over from the bid", "Take it over"),
    )


@requires(Permission.CONTRACT_MANAGE)
def keep_promise(request: Request, reference: str, number: int) -> HttpResponse:
    """Say that a promise is kept."""
    form = forms.OutcomeForm(request.POST or None)
    return _settle(request, reference, number, form, commands.keep_promise, "It is kept", "The promise is kept.")


@requires(Permission.CONTRACT_MANAGE)
def break_promise(request: Request, reference: str, number: int) -> HttpResponse:
    """Say that a promise is not kept."""
    form = forms.BrokenForm(request.POST or None)
    return _settle(request, reference, number, form, commands.break_promise, "It is not kept", "It is not kept.")


def _settle(request: Request, reference: str, number: int, form: Form, do: Any, title: str, done: str) -> HttpResponse:
    contract = managed(request, reference)
    found = get_object_or_404(queries.promises(contract), pk=number)
    return ask_and_do(
        request,
        form,
        partial(do, promise=found, by=request.user),
        done=done,
        then=presenters.room(contract),
        page=presenters.step(contract, title, "Say so", intro=f"“{found.words}”"),
    )

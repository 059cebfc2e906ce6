"""Variations as pages, for members of the alliance."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.contracts.commands import variations as commands
from trellis.contracts.forms import variations as forms
from trellis.contracts.forms.subcontracts import DropForm
from trellis.contracts.models import Contract
from trellis.contracts.presenters import variations as presenters
from trellis.contracts.queries import variations as queries
from trellis.contracts.views.rooms import managed, shared, worked_on
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do


@requires(Permission.ALLIANCE_VIEW)
def variations(request: Request, reference: str) -> HttpResponseBase:
    """What has changed since the award."""
    page = presenters.variations_page(request, shared(request, reference), request.user)
    if page["tables"][0].wants_csv:
        return page["tables"][0].csv_response()
    return render(request, "contracts/rooms/room.html", page)


@requires(Permission.ALLIANCE_VIEW)
def variation(request: Request, reference: str, variation: str) -> HttpResponseBase:
    """One change, with its working."""
    found = get_object_or_404(queries.variations(shared(request, reference)), reference=variation)
    page = presenters.variation_page(request, found, request.user)
    for table in page["tables"]:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/rooms/record.html", page)


@requires(Permission.ALLIANCE_WORK)
def draft_variation(request: Request, reference: str) -> HttpResponse:
    """A member drafts a change, and sees what the law says of it."""
    contract = worked_on(request, reference)
    return ask_and_do(
        request, _form(request, contract), partial(commands.draft_variation, contract=contract, by=request.user),
        done="Drafted. Read what the law says of it.", then=presenters.variation_url,
        page=presenters.step(
            contract, presenters.room(contract), "Draft a variation", "Draft it and test it",
            intro="Nothing changes yet. You see first what the law says, then the alliance decides.",
        ),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def carry_variation(request: Request, reference: str, variation: str) -> HttpResponse:
    """Make it part of the contract."""
    found = get_object_or_404(queries.variations(managed(request, reference)), reference=variation)
    return ask_and_do(
        request, forms.CarryForm(request.POST or None),
        partial(commands.carry_variation, variation=found, by=request.user),
        done="It is in the contract now.", then=presenters.variation_url(found),
        page=presenters.variation_step(
            found, "The alliance has agreed", "Put it into the contract",
            intro="The values, the term and the scope change from the day on which it holds. This cannot be undone: "
            "a later change is a new variation.",
        ),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def drop_variation(request: Request, reference: str, variation: str) -> HttpResponse:
    """Give up on it."""
    found = get_object_or_404(queries.variations(managed(request, reference)), reference=variation)
    return ask_and_do(
        request, DropForm(request.POST or None), partial(commands.drop_variation, variation=found, by=request.user),
        done="Dropped.", then=presenters.variation_url(found),
        page=presenters.variation_step(found, "Drop this variation", "Drop it"),
    )  # fmt: skip


def _form(request: Request, contract: Contract) -> forms.VariationForm:
    values = queries.values_by_year(contract)
    open_years = queries.open_years(contract, clock.today())
    regime = queries.standing(contract).regime
    return forms.VariationForm(request.POST or None, regime=regime, values=values, open_years=open_years)

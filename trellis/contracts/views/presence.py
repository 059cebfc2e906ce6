"""Presence and self-sustainment as pages, for members of the alliance."""

from datetime import datetime
from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.commands import presence as commands
from trellis.contracts.forms import presence as forms
from trellis.contracts.presenters import presence as presenters
from trellis.contracts.queries import presence as queries
from trellis.contracts.queries import variations as values
from trellis.contracts.views.rooms import managed, own_partner, shared, worked_on
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.places import queries as places
from trellis.web.acts import ask_and_do


@requires(Permission.ALLIANCE_VIEW)
def presence(request: Request, reference: str) -> HttpResponseBase:
    """What was promised and what happened."""
    page = presenters.presence_page(request, shared(request, reference), request.user)
    for table in page["tables"]:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/rooms/room.html", page)


@requires(Permission.CONTRACT_MANAGE)
def promise_presence(request: Request, reference: str) -> HttpResponse:
    """Write down what a partner promised."""
    contract = managed(request, reference)
    form = forms.PromiseForm(
        request.POST or None,
        partners=list(contracts.partners(contract, clock.today())),
        districts=places.districts_served(),
    )
    return ask_and_do(
        request, form, partial(commands.promise_presence, by=request.user),
        done="Written down.", then=reverse("presence", args=[reference]),
        page=presenters.presence_step(contract, "Write a promise down", "Write it down"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def record_presence(request: Request, reference: str, month: str) -> HttpResponse:
    """A partner records a month."""
    contract = worked_on(request, reference)
    partner = own_partner(request, contract)
    try:
        first = datetime.strptime(month, "%Y-%m").date()
    except ValueError:
        raise Http404 from None
    districts = queries.districts_of(partner, first)
    if not districts:
        raise Http404
    before = {row.district_id: row for row in queries.recorded(contract).filter(partner=partner, month=first)}
    return ask_and_do(
        request, forms.PresenceForm(request.POST or None, districts=districts, before=before),
        partial(commands.record_presence, partner=partner, month=first, by=request.user),
        done=f"{presenters.month_words(first)} is recorded.", then=reverse("presence", args=[reference]),
        page=presenters.record_page(partner, first),
    )  # fmt: skip


@requires(Permission.ALLIANCE_VIEW)
def sustainment(request: Request, reference: str) -> HttpResponseBase:
    """How the sector is to stand by itself."""
    page = presenters.sustainment_page(request, shared(request, reference), request.user)
    if page["tables"][0].wants_csv:
        return page["tables"][0].csv_response()
    return render(request, "contracts/rooms/room.html", page)


@requires(Permission.CONTRACT_MANAGE)
def plan_dependence(request: Request, reference: str) -> HttpResponse:
    """Set the plan."""
    contract = managed(request, reference)
    form = forms.DependenceForm(
        request.POST or None, years=sorted(values.values_by_year(contract)), planned=queries.dependence_plan(contract)
    )
    return ask_and_do(
        request, form, partial(commands.plan_dependence, contract=contract, by=request.user),
        done="Saved.", then=reverse("sustainment", args=[reference]),
        page=presenters.presence_step(
            contract, "What part of the income may come from the contract?", "Save",
            intro="Of all that the service brings in, charges and other funds counted. It is to fall.",
            cancel=reverse("sustainment", args=[reference]),
        ),
    )  # fmt: skip

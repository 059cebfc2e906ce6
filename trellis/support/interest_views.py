"""A partner declares what it also delivers. Here and not in contracts, because cases may have to be handed back."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import commands as contracts_commands
from trellis.contracts import queries as contracts
from trellis.contracts.models import Partner
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.organisations import queries as organisations
from trellis.places import queries as places
from trellis.support import commands, presenters
from trellis.support.interest_forms import EndInterestForm, InterestForm
from trellis.web.acts import ask_and_do


@requires(Permission.INTEREST_DECLARE)
def interests(request: Request) -> HttpResponseBase:
    """What my organisation has declared, and what that shuts it out of."""
    partner = _partner(request)
    table = presenters.interest_table(request, contracts.interests(partner.contract).filter(partner=partner))
    if table.wants_csv:
        return table.csv_response()
    return render(request, "support/interests.html", {"partner": partner, "table": table})


@requires(Permission.INTEREST_DECLARE)
def declare_interest(request: Request) -> HttpResponse:
    """Declare that we also run a kind of service in a district."""
    partner = _partner(request)
    form = InterestForm(
        request.POST or None, service_types=organisations.service_types(), districts=places.districts_served()
    )
    return ask_and_do(
        request, form, partial(commands.declare_interest, partner=partner, by=request.user),
        done="Declared. Cases in that field and district are closed to you from that day.",
        then=reverse("interests"), page={"button": "Declare this interest"}, template="support/declare_interest.html",
    )  # fmt: skip


@requires(Permission.INTEREST_DECLARE)
def end_interest(request: Request, interest: int) -> HttpResponse:
    """Say that we have stopped running a service."""
    partner = _partner(request)
    found = get_object_or_404(contracts.interests(partner.contract).filter(partner=partner), pk=interest)
    return ask_and_do(
        request, EndInterestForm(request.POST or None),
        partial(contracts_commands.end_interest, interest=found, by=request.user),
        done="Ended. Cases in that field and district are open to you after that day.", then=reverse("interests"),
        page={"interest": found, "button": "End this interest"}, template="support/end_interest.html",
    )  # fmt: skip


def _partner(request: Request) -> Partner:
    """The partner that this person leads today; nobody else learns that the page exists."""
    today = clock.today()
    contract = contracts.current_contract(today)
    mine = request.user.organisation_ids(Permission.INTEREST_DECLARE)
    partner = contracts.partner_of(contract, mine, today) if contract else None
    if partner is None:
        raise Http404
    return partner

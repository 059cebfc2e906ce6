"""A partner declares what it also delivers. Here and not in contracts, because cases may have to be handed back."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import commands as contracts_commands
from trellis.contracts import queries as contracts
from trellis.contracts.commands import challenges as challenge_commands
from trellis.contracts.commands import interests as interests_commands
from trellis.contracts.models import Partner
from trellis.contracts.queries import gaps
from trellis.core import clock
from trellis.core.periods import add_months
from trellis.core.permissions import Permission, requires
from trellis.organisations import queries as organisations
from trellis.places import queries as places
from trellis.support import commands, interest_commands, interest_presenters, presenters
from trellis.support.interest_forms import EndInterestForm, GapForm, InterestForm, PeriodForm, TieForm
from trellis.support.interest_queries import cost_of
from trellis.web.acts import ask_and_do


@requires(Permission.INTEREST_DECLARE)
def interests(request: Request) -> HttpResponseBase:
    """What my organisation has declared, and what that shuts it out of."""
    partner = _partner(request)
    table = presenters.interest_table(request, contracts.interests(partner.contract).filter(partner=partner))
    ties = interest_presenters.tie_table(request, contracts.ties(partner.contract).filter(partner=partner))
    for one in (table, ties):
        if one.wants_csv:
            return one.csv_response()
    found = gaps.gaps(partner, clock.today())
    page = {"partner": partner, "table": table, "ties": ties, "gaps": found}
    return render(request, "support/interests.html", page)


@requires(Permission.INTEREST_DECLARE)
def declare_interest(request: Request) -> HttpResponse:
    """Declare that we also run a kind of service in a district."""
    partner = _partner(request)
    # a gap that is suggested comes with its kind of service, and with the partner's own district
    suggested = {"service_type": request.GET.get("service_type", ""), "district": partner.organisation.district_id}
    form = InterestForm(
        request.POST or None,
        service_types=organisations.service_types(),
        districts=places.districts_served(),
        initial=suggested if suggested["service_type"] else None,
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


@requires(Permission.INTEREST_DECLARE)
def declare_tie(request: Request) -> HttpResponse:
    """Name an organisation that we bid against or are tied to."""
    partner = _partner(request)
    return ask_and_do(
        request, TieForm(request.POST or None),
        partial(interest_commands.declare_tie, partner=partner, by=request.user),
        done="Declared. Its cases are closed to you from that day.", then=reverse("interests"),
        page=interest_presenters.step("Name an organisation", "Declare it"),
    )  # fmt: skip


@requires(Permission.INTEREST_DECLARE)
def end_tie(request: Request, tie: int) -> HttpResponse:
    """Say that nothing stands between us any more."""
    partner = _partner(request)
    found = get_object_or_404(contracts.ties(partner.contract).filter(partner=partner), pk=tie)
    return ask_and_do(
        request, EndInterestForm(request.POST or None), partial(interests_commands.end_tie, tie=found, by=request.user),
        done="Ended. Its cases are open to you after that day.", then=reverse("interests"),
        page=interest_presenters.step(f"End what stands between you and {found.organisation.name}", "End it"),
    )  # fmt: skip


@requires(Permission.INTEREST_DECLARE)
def explain_gap(request: Request, service_type: str) -> HttpResponse:
    """Say why what the register or a grant suggests is no interest of ours."""
    partner = _partner(request)
    questions = (one.service_type for one in gaps.gaps(partner, clock.today()))
    found = next((one for one in questions if one.code == service_type), None)
    if found is None:
        raise Http404
    return ask_and_do(
        request, GapForm(request.POST or None),
        partial(challenge_commands.explain_gap, partner=partner, service_type=found, by=request.user),
        done="Saved. The contract manager can read why.", then=reverse("interests"),
        page=interest_presenters.step(f"Why {found.name.lower()} is no interest of yours", "Save"),
    )  # fmt: skip


@requires(Permission.INTEREST_DECLARE)
def interest_cost(request: Request) -> HttpResponseBase:
    """The requests that our interests shut us out of, by district."""
    partner, today = _partner(request), clock.today()
    form = PeriodForm(request.GET or None, initial={"period": "all"})
    months = form.cleaned_data["period"] if form.is_bound and form.is_valid() else "all"
    since = add_months(today, -int(months)) if months.isdigit() else partner.contract.starts_on
    page = interest_presenters.cost_page(request, cost_of(partner, max(since, partner.contract.starts_on), today), form)
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "support/interest_cost.html", page)


def _partner(request: Request) -> Partner:
    """The partner that this person leads today; nobody else learns that the page exists."""
    today = clock.today()
    contract = contracts.current_contract(today)
    mine = request.user.organisation_ids(Permission.INTEREST_DECLARE)
    partner = contracts.partner_of(contract, mine, today) if contract else None
    if partner is None:
        raise Http404
    return partner

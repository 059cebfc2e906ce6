"""The table: the members as peers, who sits for each, their shares, and where they work."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.contracts import commands, queries
from trellis.contracts.forms.members import CoverageForm, SeatForm, SharesForm
from trellis.contracts.models import Contract, Partner
from trellis.contracts.presenters import members as presenters
from trellis.contracts.queries import members as members_queries
from trellis.contracts.queries.documents import documents
from trellis.contracts.views.access import at_the_table, managed, may_manage
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.places import queries as places
from trellis.web.acts import ask_and_do

ON_PAPER = "contracts/members/on_paper.html"


@requires(Permission.ALLIANCE_VIEW)
def members(request: Request, reference: str) -> HttpResponseBase:
    """Who is at the table, with what share and where."""
    found = at_the_table(request, reference)
    page = presenters.members_page(request, found, can_manage=may_manage(request, found))
    for table in page["tables"]:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/members/members.html", page)


@requires(Permission.ALLIANCE_POSITION)
def name_seat(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Name who decides for a member: its own lead does, for the authority its contract manager."""
    found = at_the_table(request, reference)
    mine = members_queries.members(found, clock.today()).filter(
        pk__in=request.user.organisation_ids(Permission.ALLIANCE_POSITION)
    )
    member = get_object_or_404(mine, reference=organisation)
    return ask_and_do(
        request,
        SeatForm(request.POST or None, people=queries.those_who_can_sit(member), today=clock.today()),
        partial(commands.name_seat, contract=found, organisation=member, by=request.user),
        done=f"The seat of {member.name} is named.",
        then=presenters.room(found),
        page=presenters.step(found, f"Who sits for {member.name}?", "Name them", intro=presenters.SEAT),
    )


@requires(Permission.CONTRACT_MANAGE)
def restate_shares(request: Request, reference: str) -> HttpResponse:
    """Enter shares of the money that were agreed on paper."""
    found = managed(request, reference)
    return ask_and_do(
        request,
        _shares_form(request, found, queries.shares(found, presenters.day_to_show(found))),
        partial(commands.enter_shares_agreed_on_paper, contract=found, by=request.user),
        done="The shares of the money are restated from that quarter on.",
        then=presenters.room(found),
        page=presenters.on_paper(found, "Enter shares of the money agreed on paper"),
        template=ON_PAPER,
    )


@requires(Permission.CONTRACT_MANAGE)
def restate_work(request: Request, reference: str) -> HttpResponse:
    """Enter shares of the work that were agreed on paper."""
    found = managed(request, reference)
    return ask_and_do(
        request,
        _shares_form(request, found, queries.work_shares(found, presenters.day_to_show(found))),
        partial(commands.enter_work_agreed_on_paper, contract=found, by=request.user),
        done="The shares of the work are restated from that quarter on.",
        then=presenters.room(found),
        page=presenters.on_paper(found, "Enter shares of the work agreed on paper"),
        template=ON_PAPER,
    )


@requires(Permission.CONTRACT_MANAGE)
def restate_coverage(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Enter where a partner works, as agreed."""
    found = managed(request, reference)
    today = clock.today()
    partner = get_object_or_404(queries.partners(found, today), organisation__reference=organisation)
    form = CoverageForm(
        request.POST or None,
        outcomes=members_queries.outcomes_in_force(),
        districts=places.districts_served(),
        covered=members_queries.districts_covered(partner, today),
    )
    return ask_and_do(
        request,
        form,
        partial(commands.restate_coverage, partner=partner, by=request.user),
        done=f"Where {partner} works is entered.",
        then=presenters.room(found),
        page=presenters.step(found, f"Where {partner} works", "Enter it", intro=presenters.COVERAGE),
    )


def _shares_form(request: Request, contract: Contract, shares: Mapping[Partner, Decimal]) -> SharesForm:
    today = clock.today()
    return SharesForm(
        request.POST or None,
        starts=members_queries.starts_to_come(contract, today),
        shares={one: shares.get(one, Decimal(0)) for one in members_queries.partners_to_come(contract, today)},
        documents=list(documents(contract)),
    )

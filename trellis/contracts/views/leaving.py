"""How a partner leaves the alliance: by notice, or after a remedy plan by exclusion."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trellis.accounts.requests import Request
from trellis.contracts.commands import membership as commands
from trellis.contracts.forms import membership as forms
from trellis.contracts.models import Membership
from trellis.contracts.presenters import membership as presenters
from trellis.contracts.queries import basis
from trellis.contracts.queries import membership as queries
from trellis.contracts.views.access import at_the_table, managed
from trellis.contracts.views.membership import membership_in
from trellis.contracts.views.settlement import by_partner, settlement_form
from trellis.core.periods import ONE_DAY
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do


@requires(Permission.ALLIANCE_POSITION)
def give_notice(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Say that one's own organisation leaves."""
    found = _own(request, reference, organisation)
    form = forms.NoticeForm(request.POST or None, ends=presenters.days_to_leave(found))
    return ask_and_do(
        request,
        form,
        partial(commands.give_notice, membership=found, by=request.user),
        done="Notice is given. The handover begins.",
        then=presenters.address_of(found),
        page=presenters.step(found, "Leave the alliance", "Give notice", intro=presenters.notice_words(found)),
    )


@requires(Permission.ALLIANCE_POSITION)
def take_notice_back(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Stay after all."""
    found = _own(request, reference, organisation)
    return ask_and_do(
        request,
        forms.ReasonForm(request.POST or None),
        partial(commands.take_notice_back, membership=found, by=request.user),
        done="The notice is taken back.",
        then=presenters.address_of(found),
        page=presenters.step(found, "Stay after all", "Take the notice back"),
    )


@requires(Permission.CONTRACT_MANAGE)
def accept_leaving(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Carry out what the others agreed: the last day, and the shares from the next."""
    found = membership_in(managed(request, reference), organisation)

    def accept(*, starts_on, shares, work, proposal) -> None:
        commands.accept_leaving(
            membership=found, left_on=starts_on - ONE_DAY, shares=by_partner(found, shares),
            work=by_partner(found, work), proposal=proposal, by=request.user,
        )  # fmt: skip

    return ask_and_do(
        request,
        settlement_form(request, found, joins=False, matters=basis.BY_HAND),
        accept,
        done="The last day and the shares from the next are settled.",
        then=presenters.address_of(found),
        page=presenters.step(found, "The shares without it", "Settle them", intro=presenters.CARRIED),
    )


@requires(Permission.CONTRACT_MANAGE)
def plan_remedy(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Agree what a partner puts right."""
    found = membership_in(managed(request, reference), organisation)
    return ask_and_do(
        request,
        forms.RemedyForm(request.POST or None),
        partial(commands.plan_remedy, membership=found, by=request.user),
        done="The remedy plan is agreed.",
        then=presenters.address_of(found),
        page=presenters.step(found, "Agree a remedy plan", "Agree it"),
    )


@requires(Permission.CONTRACT_MANAGE)
def conclude_remedy(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Say that it is put right."""
    found = membership_in(managed(request, reference), organisation)
    return ask_and_do(
        request,
        forms.RemedyDoneForm(request.POST or None),
        partial(commands.conclude_remedy, membership=found, by=request.user),
        done="The remedy plan is concluded.",
        then=presenters.address_of(found),
        page=presenters.step(found, "It is put right", "Conclude the plan"),
    )


@requires(Permission.CONTRACT_MANAGE)
def exclude_partner(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Enter an exclusion that the other members agreed to on paper."""
    found = membership_in(managed(request, reference), organisation)
    partner = get_object_or_404(queries.partner_of_membership(found))

    def exclude(*, starts_on, shares, work, reason, proposal) -> None:
        commands.exclude_partner(
            partner=partner, left_on=starts_on - ONE_DAY, shares=by_partner(found, shares),
            work=by_partner(found, work), reason=reason, proposal=proposal, by=request.user,
        )  # fmt: skip

    return ask_and_do(
        request,
        settlement_form(request, found, joins=False, asks_reason=True),
        exclude,
        done=f"{found.organisation.name} is excluded.",
        then=presenters.address_of(found),
        page=presenters.step(found, "Exclude it", "Exclude it", intro=presenters.EXCLUDED),
    )


def _own(request: Request, reference: str, organisation: str) -> Membership:
    """The membership of one's own organisation."""
    mine: Any = request.user.organisation_ids(Permission.ALLIANCE_POSITION)
    found = queries.latest_membership(at_the_table(request, reference), organisation)
    return get_object_or_404(found, organisation_id__in=mine)

"""How an organisation joins the alliance: invited, checked by two people, admitted by all."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.contracts.commands import checks
from trellis.contracts.commands import membership as commands
from trellis.contracts.forms import membership as forms
from trellis.contracts.models import Contract, Membership, MembershipCheck
from trellis.contracts.presenters import membership as presenters
from trellis.contracts.queries import basis
from trellis.contracts.queries import membership as queries
from trellis.contracts.views.access import at_the_table, managed, may_manage
from trellis.contracts.views.settlement import settlement_form
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press


@requires(Permission.ALLIANCE_VIEW)
def membership(request: Request, reference: str, organisation: str) -> HttpResponseBase:
    """Where an organisation is on its way in or out."""
    contract = at_the_table(request, reference)
    found = membership_in(contract, organisation)
    page = presenters.membership_page(request, found, can_manage=may_manage(request, contract))
    for table in page["tables"]:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/members/membership.html", page)


@requires(Permission.CONTRACT_MANAGE)
def invite_member(request: Request, reference: str) -> HttpResponse:
    """Invite an organisation of the register."""
    contract = managed(request, reference)
    return ask_and_do(
        request,
        forms.InviteForm(request.POST or None),
        partial(commands.invite_member, contract=contract, by=request.user),
        done=lambda made: f"{made.organisation.name} is invited. Check it next.",
        then=presenters.address_of,
        page=presenters.invitation(contract),
    )


@requires(Permission.CONTRACT_MANAGE)
@require_POST
def start_due_diligence(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Begin the checks."""
    found = membership_in(managed(request, reference), organisation)
    start = partial(checks.start_due_diligence, membership=found, by=request.user)
    return press(request, start, done="The checks have begun.", then=presenters.address_of(found))


@requires(Permission.ALLIANCE_VIEW)
def answer_check(request: Request, reference: str, organisation: str, number: int) -> HttpResponse:
    """Answer a question: the contract manager any, a partner's lead those of its own handover."""
    contract = at_the_table(request, reference)
    found = _check(contract, organisation, number)
    is_own = found.membership.organisation_id in request.user.organisation_ids(Permission.ALLIANCE_POSITION)
    if not (may_manage(request, contract) or (is_own and found.kind == MembershipCheck.Kind.HANDOVER)):
        raise Http404
    return ask_and_do(
        request,
        forms.CheckForm(request.POST or None, initial={"outcome": found.outcome, "note": found.note}),
        partial(checks.answer_check, check=found, by=request.user),
        done="The answer is kept.",
        then=presenters.address_of(found.membership),
        page=presenters.step(found.membership, found.question, "Keep the answer", intro=found.hint),
    )


@requires(Permission.ALLIANCE_POSITION)
@require_POST
def verify_check(request: Request, reference: str, organisation: str, number: int) -> HttpResponse:
    """Confirm what somebody else answered."""
    found = _check(at_the_table(request, reference), organisation, number)
    verify = partial(checks.verify_check, check=found, by=request.user)
    return press(request, verify, done="It is verified.", then=presenters.address_of(found.membership))


@requires(Permission.CONTRACT_MANAGE)
def record_grounds(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Say what an admission rests on."""
    found = membership_in(managed(request, reference), organisation)
    initial = {"proposal": found.proposal, "variation": found.variation}
    form = forms.GroundsForm(
        request.POST or None, initial=initial, agreements=basis.agreements(found.contract),
        lawful=basis.lawful_changes(found.contract),
    )  # fmt: skip
    return _step(
        request, found, form, commands.record_grounds,
        title="What the admission rests on", button="Keep it", done="What it rests on is kept.",
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def withdraw_membership(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Say that an organisation does not join."""
    found = membership_in(managed(request, reference), organisation)
    return _step(
        request, found, forms.ReasonForm(request.POST or None), commands.withdraw_membership,
        title="It does not join", button="Say so", done="It does not join.",
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def admit_partner(request: Request, reference: str, organisation: str) -> HttpResponse:
    """Enter an admission that every member agreed to on paper."""
    found = membership_in(managed(request, reference), organisation)

    def admit(*, starts_on, shares, work, proposal) -> Any:
        return commands.admit_partner(
            membership=found, joined_on=starts_on, shares=shares, work=work, proposal=proposal, by=request.user
        )

    return ask_and_do(
        request,
        settlement_form(request, found, joins=True, initial={"proposal": found.proposal}),
        admit,
        done=f"{found.organisation.name} is admitted.",
        then=presenters.address_of(found),
        page=presenters.step(found, "Admit it", "Admit it", intro=presenters.ON_PAPER),
    )


def membership_in(contract: Contract, organisation: str) -> Membership:
    """The membership of an organisation in a contract that they may see."""
    return get_object_or_404(queries.latest_membership(contract, organisation))


def _check(contract: Contract, organisation: str, number: int) -> MembershipCheck:
    return get_object_or_404(queries.checks(contract), membership__organisation__reference=organisation, pk=number)


def _step(request: Request, found: Membership, form: Any, do: Any, *, title: str, button: str, done: str):
    return ask_and_do(
        request,
        form,
        partial(do, membership=found, by=request.user),
        done=done,
        then=presenters.address_of(found),
        page=presenters.step(found, title, button),
    )

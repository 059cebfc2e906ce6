"""Subcontracts as pages, for members of the alliance."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.contracts.commands import subcontracts as commands
from trellis.contracts.forms import subcontracts as forms
from trellis.contracts.models import Subcontract
from trellis.contracts.presenters import subcontracts as presenters
from trellis.contracts.queries import rooms
from trellis.contracts.queries import subcontracts as queries
from trellis.contracts.views.rooms import managed, own_partner, shared, worked_on
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press


@requires(Permission.ALLIANCE_VIEW)
def subcontracts(request: Request, reference: str) -> HttpResponseBase:
    """All of them, and what they come to: the report to the commissioner."""
    page = presenters.subcontracts_page(request, shared(request, reference), request.user, clock.today())
    if page["tables"][0].wants_csv:
        return page["tables"][0].csv_response()
    return render(request, "contracts/rooms/room.html", page)


@requires(Permission.ALLIANCE_VIEW)
def subcontract(request: Request, reference: str, subcontract: str) -> HttpResponseBase:
    """One of them."""
    found = get_object_or_404(queries.subcontracts(shared(request, reference)), reference=subcontract)
    page = presenters.subcontract_page(request, found, request.user)
    if page["tables"][0].wants_csv:
        return page["tables"][0].csv_response()
    return render(request, "contracts/rooms/record.html", page)


@requires(Permission.ALLIANCE_WORK)
def propose_subcontract(request: Request, reference: str) -> HttpResponse:
    """A partner proposes to bring a body in."""
    contract = worked_on(request, reference)
    partner = own_partner(request, contract)
    form = forms.SubcontractForm(request.POST or None, initial={"days_to_pay": queries.most_days_to_pay(contract)})
    return ask_and_do(
        request, form, partial(commands.propose_subcontract, partner=partner, by=request.user),
        done="Proposed. Answer the checks next.", then=presenters.subcontract_url,
        page=presenters.step(contract, presenters.room(contract), "Propose a subcontract", "Propose it"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def answer_checks(request: Request, reference: str, subcontract: str) -> HttpResponse:
    """What was found out about the body."""
    found = _own(request, reference, subcontract)
    form = forms.ChecksForm(
        request.POST or None,
        asked=queries.due_diligence(found),
        answers={one.code: one for one in found.checks.all()},
    )
    return ask_and_do(
        request, form, partial(commands.answer_checks, subcontract=found, by=request.user),
        done="Saved.", then=presenters.subcontract_url(found),
        page=presenters.subcontract_step(
            found, f"Check {found.organisation.name}", "Save",
            intro="Answer what you know now. You can come back for the rest.",
        ),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
@require_POST
def check_subcontract(request: Request, reference: str, subcontract: str) -> HttpResponse:
    """Say that the checks are done."""
    return _press(request, reference, subcontract, commands.check_subcontract, "The checks are done.")


@requires(Permission.ALLIANCE_WORK)
@require_POST
def pass_terms_on(request: Request, reference: str, subcontract: str) -> HttpResponse:
    """Say that the terms bind the body too."""
    return _press(request, reference, subcontract, commands.pass_terms_on, "The terms are passed on.")


@requires(Permission.ALLIANCE_WORK)
@require_POST
def start_subcontract(request: Request, reference: str, subcontract: str) -> HttpResponse:
    """Say that the work has begun."""
    return _press(request, reference, subcontract, commands.start_subcontract, "It is running.")


@requires(Permission.CONTRACT_MANAGE)
def agree_subcontract(request: Request, reference: str, subcontract: str) -> HttpResponse:
    """Write down that the alliance has agreed."""
    found = get_object_or_404(queries.subcontracts(managed(request, reference)), reference=subcontract)
    return ask_and_do(
        request, forms.AgreementForm(request.POST or None),
        partial(commands.agree_subcontract, subcontract=found, by=request.user),
        done="Agreed. The partner can sign.", then=presenters.subcontract_url(found),
        page=presenters.subcontract_step(found, "The alliance has agreed", "Save"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def end_subcontract(request: Request, reference: str, subcontract: str) -> HttpResponse:
    """Say that it is over."""
    found = _own(request, reference, subcontract)
    return ask_and_do(
        request, forms.EndSubcontractForm(request.POST or None, initial={"ended_on": found.ends_on}),
        partial(commands.end_subcontract, subcontract=found, by=request.user),
        done="It has ended.", then=presenters.subcontract_url(found),
        page=presenters.subcontract_step(found, f"End the subcontract with {found.organisation.name}", "End it"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def drop_subcontract(request: Request, reference: str, subcontract: str) -> HttpResponse:
    """Give up on it."""
    found = _own(request, reference, subcontract)
    return ask_and_do(
        request, forms.DropForm(request.POST or None),
        partial(commands.drop_subcontract, subcontract=found, by=request.user),
        done="Dropped.", then=presenters.subcontract_url(found),
        page=presenters.subcontract_step(found, f"Drop the subcontract with {found.organisation.name}", "Drop it"),
    )  # fmt: skip


def _press(request: Request, reference: str, number: str, do: Callable[..., None], done: str) -> HttpResponse:
    found = _own(request, reference, number)
    act = partial(do, subcontract=found, by=request.user)
    return press(request, act, done=done, then=presenters.subcontract_url(found))


def _own(request: Request, reference: str, number: str) -> Subcontract:
    """A subcontract of the partner that they work for; the authority's people may work on any."""
    contract = worked_on(request, reference)
    mine = queries.subcontracts(contract)
    if not rooms.manages(request.user, contract):
        mine = mine.filter(partner=own_partner(request, contract))
    return get_object_or_404(mine, reference=number)

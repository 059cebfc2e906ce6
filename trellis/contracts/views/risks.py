"""Risks, issues and actions as pages, for members of the alliance."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.contracts.commands import risks as commands
from trellis.contracts.forms import risks as forms
from trellis.contracts.models import Risk, RiskAction
from trellis.contracts.presenters import risks as presenters
from trellis.contracts.queries import risks as queries
from trellis.contracts.queries import rooms
from trellis.contracts.views.rooms import shared, worked_on
from trellis.core import clock
from trellis.core.periods import add_months
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do

REVIEW_AFTER = 3  # months, as the form suggests


@requires(Permission.ALLIANCE_VIEW)
def risks(request: Request, reference: str) -> HttpResponseBase:
    """The register."""
    page = presenters.risks_page(request, shared(request, reference), request.user)
    for table in page["tables"]:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/rooms/room.html", page)


@requires(Permission.ALLIANCE_VIEW)
def risk(request: Request, reference: str, risk: str) -> HttpResponseBase:
    """One of them."""
    found = get_object_or_404(queries.risks(shared(request, reference)), reference=risk)
    page = presenters.risk_page(request, found, request.user)
    if page["tables"][0].wants_csv:
        return page["tables"][0].csv_response()
    return render(request, "contracts/rooms/record.html", page)


@requires(Permission.ALLIANCE_WORK)
def raise_risk(request: Request, reference: str) -> HttpResponse:
    """Any member writes one down."""
    contract = worked_on(request, reference)
    form = forms.RiskForm(
        request.POST or None,
        members=rooms.members(contract),
        initial={"review_on": add_months(clock.today(), REVIEW_AFTER)},
    )
    return ask_and_do(
        request, form, partial(commands.raise_risk, contract=contract, by=request.user),
        done="Written down.", then=presenters.risk_url,
        page=presenters.step(contract, presenters.room(contract), "Raise a risk or an issue", "Write it down"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def review_risk(request: Request, reference: str, risk: str) -> HttpResponse:
    """Look at it again."""
    found = _worked_on(request, reference, risk)
    initial = {
        "likelihood": found.likelihood_after,
        "impact": found.impact_after,
        "review_on": add_months(clock.today(), REVIEW_AFTER),
    }
    return ask_and_do(
        request, forms.ReviewForm(request.POST or None, initial=initial),
        partial(commands.review_risk, risk=found, by=request.user),
        done="Saved.", then=presenters.risk_url(found),
        page=presenters.risk_step(found, f"Look again: {found.title}", "Save"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def close_risk(request: Request, reference: str, risk: str) -> HttpResponse:
    """Close it, with what was learned."""
    found = _worked_on(request, reference, risk)
    return ask_and_do(
        request, forms.CloseForm(request.POST or None), partial(commands.close_risk, risk=found, by=request.user),
        done="Closed.", then=presenters.risk_url(found),
        page=presenters.risk_step(found, f"Close: {found.title}", "Close it"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def add_action(request: Request, reference: str, risk: str) -> HttpResponse:
    """Agree what a member does about it."""
    found = _worked_on(request, reference, risk)
    return ask_and_do(
        request, forms.ActionForm(request.POST or None, members=rooms.members(found.contract)),
        partial(commands.add_action, risk=found, by=request.user),
        done="Added.", then=presenters.risk_url(found),
        page=presenters.risk_step(found, "Add an action", "Add it"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def finish_action(request: Request, reference: str, risk: str, number: int) -> HttpResponse:
    """Say that it is done."""
    found = _worked_on(request, reference, risk)
    action = _action(found, number)
    return ask_and_do(
        request, forms.FinishForm(request.POST or None),
        partial(commands.finish_action, action=action, by=request.user),
        done="Saved. Somebody else looks at it now.", then=presenters.risk_url(found),
        page=presenters.risk_step(found, action.what, "It is done"),
    )  # fmt: skip


@requires(Permission.ALLIANCE_WORK)
def verify_action(request: Request, reference: str, risk: str, number: int) -> HttpResponse:
    """Say whether one has seen it done."""
    found = _worked_on(request, reference, risk)
    action = _action(found, number)

    def look(*, is_done: bool) -> None:
        act = commands.verify_action if is_done else commands.reopen_action
        act(action=action, by=request.user)

    return ask_and_do(
        request, forms.VerifyForm(request.POST or None), look, done="Saved.", then=presenters.risk_url(found),
        page=presenters.risk_step(found, f"Verify: {action.what}", "Save", intro=action.how),
    )  # fmt: skip


def _worked_on(request: Request, reference: str, number: str) -> Risk:
    return get_object_or_404(queries.risks(worked_on(request, reference)), reference=number)


def _action(risk: Risk, number: int) -> RiskAction:
    return get_object_or_404(queries.actions(risk.contract).filter(risk=risk), pk=number)

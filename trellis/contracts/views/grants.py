"""For the authority: the award, the beginning, and the grants before a contract."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import commands
from trellis.contracts.forms import grants as forms
from trellis.contracts.models import Contract
from trellis.contracts.presenters import grants as presenters
from trellis.contracts.queries import grants as queries
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.web import documents
from trellis.web.acts import ask_and_do


@requires(Permission.COMMISSION_VIEW)
def grant_endings(request: Request, reference: str) -> HttpResponseBase:
    """The grants that the contract takes the place of, and when each stops."""
    found = get_object_or_404(queries.grants_visible_to(request.user), reference=reference)
    can_manage = queries.grants_managed_by(request.user).filter(pk=found.pk).exists()
    page = presenters.grants_page(request, found, can_manage=can_manage)
    if page["grants"].wants_csv:
        return page["grants"].csv_response()
    return render(request, "contracts/grants.html", page)


@requires(Permission.CONTRACT_MANAGE)
def sign_award(request: Request, reference: str) -> HttpResponse:
    """Say that the award is signed."""
    found = _managed(request, reference)
    return ask_and_do(
        request,
        forms.AwardForm(request.POST or None),
        partial(commands.sign_award, contract=found, by=request.user),
        done="The award is signed. Notice can be served on the grants now.",
        then=reverse("grant_endings", args=[reference]),
        page=presenters.grant_step(found, "The award is signed", "Save"),
    )


@requires(Permission.CONTRACT_MANAGE)
def record_beginning(request: Request, reference: str) -> HttpResponse:
    """Say on which day the support began."""
    found = _managed(request, reference)
    return ask_and_do(
        request,
        forms.BeginningForm(request.POST or None, initial={"began_on": queries.start_of(found)}),
        partial(commands.record_beginning, contract=found, by=request.user),
        done="Saved. Grants that were to stop before then stop on that day.",
        then=reverse("grant_endings", args=[reference]),
        page=presenters.grant_step(found, "The support has begun", "Save"),
    )


@requires(Permission.CONTRACT_MANAGE)
def serve_notice(request: Request, reference: str, number: int) -> HttpResponse:
    """Carry out a planned ending."""
    found = _managed(request, reference)
    grant = _grant(found, number)
    return ask_and_do(
        request,
        forms.NoticeForm(request.POST or None, initial={"served_on": clock.today()}),
        partial(commands.serve_notice, grant_plan=grant.plan, contract=found, by=request.user),
        done=f"Notice is served on {grant.body.name}. Send the letter.",
        then=reverse("grant_endings", args=[reference]),
        page=presenters.grant_step(
            found,
            f"Serve notice on {grant.body.name}",
            "Serve notice",
            intro=presenters.notice_words(grant),
        ),
    )


@requires(Permission.CONTRACT_MANAGE)
def withdraw_notice(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a notice back."""
    found = _managed(request, reference)
    ending = get_object_or_404(queries.grant_endings(found), plan_id=number)
    return ask_and_do(
        request,
        forms.WithdrawForm(request.POST or None),
        partial(commands.withdraw_notice, ending=ending, by=request.user),
        done="The notice is taken back. Tell the body so.",
        then=reverse("grant_endings", args=[reference]),
        page=presenters.grant_step(found, f"Take back the notice on {ending.plan.body.name}", "Take it back"),
    )


@requires(Permission.COMMISSION_VIEW)
def grant_letter(request: Request, reference: str, number: int) -> HttpResponse:
    """The notice letter, to print."""
    found = get_object_or_404(queries.grants_visible_to(request.user), reference=reference)
    page = presenters.grant_letter(found, _grant(found, number))
    return render(request, "commissioning/provision/letter.html", page)


@requires(Permission.COMMISSION_VIEW)
def grant_letter_pdf(request: Request, reference: str, number: int) -> HttpResponse:
    """The same letter as PDF/UA."""
    found = get_object_or_404(queries.grants_visible_to(request.user), reference=reference)
    page = presenters.grant_letter(found, _grant(found, number))
    return documents.pdf_response("commissioning/provision/letter_pdf.html", page, f"notice-{reference}-{number}")


def _managed(request: Request, reference: str) -> Contract:
    return get_object_or_404(queries.grants_managed_by(request.user), reference=reference)


def _grant(contract: Contract, number: int) -> queries.GrantBefore:
    grant = next((one for one in queries.grants_before(contract) if one.plan.pk == number), None)
    if grant is None:
        raise Http404
    return grant

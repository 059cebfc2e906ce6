"""Cases: the list, one case, and what an adviser does with it."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.core.permissions import Permission, requires
from trellis.support import commands, forms, presenters, queries
from trellis.support.models import Case
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent


@requires(Permission.CASE_VIEW)
def cases(request: Request) -> HttpResponseBase:
    """The cases that this person may see, to search, filter, sort and export."""
    table = presenters.case_table(request, queries.cases_visible_to(request.user))
    if table.wants_csv:
        return table.csv_response()
    return render(request, "support/cases.html", presenters.case_list(request, table))


@requires(Permission.CASE_VIEW)
def case(request: Request, reference: str) -> HttpResponse:
    """One case: what it is, what can be done now, what has happened."""
    found = _visible(request, reference)
    return render(request, "support/case.html", presenters.case_page(found, request.user))


@requires(Permission.CASE_TRIAGE)
def triage_case(request: Request, reference: str) -> HttpResponse:
    """Say how soon a request matters."""
    found = _workable(request, reference)
    form = forms.TriageForm(request.POST or None)
    return _act(
        request, found, form, commands.triage_case, "Triaged. An adviser can take it now.",
        title="How soon does it matter?", button="Make it ready for an adviser",
    )  # fmt: skip


@requires(Permission.CASE_TRIAGE)
def allocate_case(request: Request, reference: str) -> HttpResponse:
    """Offer a case to a partner."""
    found = _workable(request, reference)
    partners = queries.free_for(found)
    form = forms.AllocateForm(request.POST or None, partners=partners)

    def allocate(*, case: Case, partner: str, by) -> None:
        chosen = {str(row.organisation_id): row.organisation for row in partners}.get(partner)
        commands.allocate_case(case=case, partner_organisation=chosen, by=by)

    return _act(
        request, found, form, allocate, "Offered. The partner’s advisers see it now.",
        title="Offer this case to a partner", button="Offer this case", leads_to="cases",
    )  # fmt: skip


@requires(Permission.CASE_WORK)
def take_case(request: Request, reference: str) -> HttpResponse:
    """Take a case: one press, on a page of its own where JavaScript is not needed."""
    found = _workable(request, reference)
    return _act(
        request, found, forms.Form(sent(request)), commands.take_case,
        "This case is yours. Get in touch with the organisation next.",
        title="Take this case", button="Take this case",
    )  # fmt: skip


@requires(Permission.CASE_WORK)
def hand_back_case(request: Request, reference: str) -> HttpResponse:
    """Give a case back."""
    found = _workable(request, reference)
    return _act(
        request, found, forms.ReasonForm(request.POST or None), commands.hand_back_case,
        "Handed back. Another partner can take it.",
        title="Hand this case back", button="Hand it back", leads_to="cases",
    )  # fmt: skip


@requires(Permission.CASE_WORK)
def record_activity(request: Request, reference: str) -> HttpResponse:
    """Write down help given."""
    found = _workable(request, reference)
    return _act(
        request, found, forms.ActivityForm(request.POST or None), commands.record_activity, "Recorded.",
        title="Record what you did", button="Record it",
    )  # fmt: skip


@requires(Permission.CASE_COMPLETE)
def complete_case(request: Request, reference: str) -> HttpResponse:
    """Close a case with what came of it."""
    found = _workable(request, reference)
    return _act(
        request, found, forms.CompleteForm(request.POST or None), commands.complete_case,
        "Completed. It counts in the quarter of the day it was done.",
        title="Complete this case", button="Complete this case",
    )  # fmt: skip


@requires(Permission.CASE_VIEW)
def withdraw_case(request: Request, reference: str) -> HttpResponse:
    """The organisation no longer wants the help."""
    found = _visible(request, reference)
    return _act(
        request, found, forms.WithdrawForm(request.POST or None), commands.withdraw_case,
        "Withdrawn. It can be asked for again at any time.", title="Withdraw this request", button="Withdraw it",
    )  # fmt: skip


def _act(
    request: Request, case: Case, form: forms.Form, command: Callable, done: str, *, title: str, button: str,
    leads_to: str = "case",
) -> HttpResponse:  # fmt: skip
    """Every step of an adviser is the same: one form, one command, then the case, or the list where it left them."""
    then = reverse("cases") if leads_to == "cases" else reverse("case", args=[case.reference])
    page = presenters.step(case, title=title, button=button)
    return ask_and_do(request, form, partial(command, case=case, by=request.user), done=done, then=then, page=page)


def _visible(request: Request, reference: str) -> Case:
    return get_object_or_404(queries.cases_visible_to(request.user), reference=reference)


def _workable(request: Request, reference: str) -> Case:
    return get_object_or_404(queries.cases_to_work_on(request.user), reference=reference)

"""Errors that anybody reports, and where they are answered."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from trellis.core.actors import VISITOR, Actor, person
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, public, requires
from trellis.organisations import queries as register
from trellis.organisations.commands import reports as commands
from trellis.organisations.forms import reports as forms
from trellis.organisations.models import ErrorReport, Organisation
from trellis.organisations.presenters import reports as presenters
from trellis.organisations.queries import reports as queries
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent
from trellis.web.limits import is_too_often

MOST, AN_HOUR = 5, 3600
TRAP = "homepage"  # a box that people do not see: whoever fills it in is a program
THANKS = "Thank you. We will look at it. If you left an address, you will hear what came of it."
TOO_OFTEN = "You have sent several reports. Wait an hour before you send the next one."


@public
def report_error(request: HttpRequest, reference: str) -> HttpResponse:
    """Anybody says what is wrong on a profile."""
    found = register.organisation(reference)
    if found is None or found.merged_into_id or not register.may_see(found, request.user):
        raise Http404
    profile = reverse("organisation", args=[found.reference])
    if request.POST.get(TRAP):
        messages.success(request, THANKS)
        return redirect(profile)
    return ask_and_do(
        request, forms.ReportForm(sent(request)), partial(_report, request, found), done=THANKS, then=profile,
        page=presenters.reporting(found) | {"trap": TRAP}, template="organisations/report_error.html",
    )  # fmt: skip


def _report(request: HttpRequest, organisation: Organisation, **said: str) -> ErrorReport:
    if is_too_often(request, "report an error", most=MOST, seconds=AN_HOUR):
        raise RuleBroken(TOO_OFTEN)
    by: Actor = person(request) if request.user.is_authenticated else VISITOR
    return commands.report_error(organisation=organisation, by=by, **said)


@requires(Permission.REGISTER_KEEP)
def error_reports(request: HttpRequest) -> HttpResponseBase:
    """Every report, for those who keep the register."""
    return _list(request, queries.reports(), own=False)


@requires(Permission.ORGANISATION_EDIT)
def own_error_reports(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The reports about an organisation, for its own people."""
    own = get_object_or_404(
        register.edited_by(person(request).organisation_ids(Permission.ORGANISATION_EDIT)), reference=reference
    )
    return _list(request, queries.own_reports(person(request)).filter(organisation=own), own=True)


@requires(Permission.REGISTER_KEEP)
def error_report(request: HttpRequest, report: str) -> HttpResponse:
    """One report, and its answer."""
    found = get_object_or_404(queries.reports(), reference=report)
    return _answer(request, found, then=reverse("error_reports"), own=False)


@requires(Permission.ORGANISATION_EDIT)
def own_error_report(request: HttpRequest, reference: str, report: str) -> HttpResponse:
    """One report about one's own organisation, and its answer."""
    mine = queries.own_reports(person(request)).filter(organisation__reference=reference)
    found = get_object_or_404(mine, reference=report)
    return _answer(request, found, then=reverse("own_error_reports", args=[reference]), own=True)


def _list(request: HttpRequest, reports, *, own: bool) -> HttpResponseBase:
    table = presenters.reports_table(request, reports, own=own)
    if table.wants_csv:
        return table.csv_response()
    return render(request, "organisations/error_reports.html", {"table": table})


def _answer(request: HttpRequest, report: ErrorReport, *, then: str, own: bool) -> HttpResponse:
    return ask_and_do(
        request, forms.AnswerForm(sent(request)),
        partial(commands.answer_report, report=report, by=person(request)),
        done="Your answer is kept. Whoever left an address is told.", then=then,
        page=presenters.report_page(report, own=own), template="organisations/error_report.html",
    )  # fmt: skip

"""Statements of what is due: the list, each one in four forms, and the two people who must say so."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.payments.commands import statements as commands
from trellis.payments.forms import statements as forms
from trellis.payments.models import Statement
from trellis.payments.presenters import statements as presenters
from trellis.payments.queries import statements as queries
from trellis.payments.views.scope import contract_seen
from trellis.web import documents
from trellis.web.acts import ask_and_do
from trellis.web.csv_files import csv_response
from trellis.web.forms import Form, sent


@requires(Permission.STATEMENT_VIEW)
def statements(request: Request, reference: str) -> HttpResponse:
    """The statements of a contract, and how its money stands."""
    contract = contract_seen(request, reference)
    rows = queries.statements_visible_to(request.user).filter(report__contract=contract)
    page = presenters.statements_page(request, contract, rows)
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "payments/statements.html", page)


@requires(Permission.STATEMENT_VIEW)
def statement(request: Request, reference: str, quarter: str) -> HttpResponse:
    """One quarter's statement; of a signed quarter without one, what it will say."""
    row = _visible(request, reference, quarter).first()
    if row:
        return render(request, "payments/statement.html", presenters.statement_page(request.user, row))
    contract = contract_seen(request, reference)
    report = get_object_or_404(queries.reports_without_statement(contract), quarter=quarter)
    return render(request, "payments/ready.html", presenters.ready_page(request.user, contract, report))


@requires(Permission.STATEMENT_VIEW)
def statement_file(request: HttpRequest, reference: str, quarter: str, file_format: str) -> HttpResponseBase:
    """The same statement as a file: csv, json or pdf."""
    row = get_object_or_404(_visible(request, reference, quarter))
    seen = queries.statement_seen(row)
    if file_format == "csv":
        return csv_response(presenters.csv_rows(seen), seen.reference)
    if file_format == "json":
        return JsonResponse(presenters.as_json(seen), json_dumps_params={"indent": 2, "ensure_ascii": False})
    if file_format == "pdf":
        return documents.pdf_response("payments/statement_pdf.html", presenters.paper(row), seen.reference)
    raise Http404


@requires(Permission.PERFORMANCE_PREPARE)
@require_POST
def draw_up_statement(request: Request, reference: str, quarter: str) -> HttpResponse:
    """Draw a statement up from the signed report."""
    contract = contract_seen(request, reference)
    report = get_object_or_404(queries.reports_without_statement(contract), quarter=quarter)
    try:
        commands.draw_up_statement(report=report, by=request.user)
    except RuleBroken as error:
        messages.error(request, error.sentence)
        return redirect("statements", reference=reference)
    messages.success(request, "Drawn up. Certify it once you have checked it.")
    return redirect("statement", reference=reference, quarter=quarter)


@requires(Permission.STATEMENT_CERTIFY)
def certify_statement(request: HttpRequest, reference: str, quarter: str) -> HttpResponse:
    """The contract manager certifies."""
    row = get_object_or_404(_visible(request, reference, quarter))
    return _act(
        request, row, Form(sent(request)), commands.certify_statement,
        "Certified. Finance can authorise it now.", title="Certify the statement", button="Certify the statement",
    )  # fmt: skip


@requires(Permission.STATEMENT_AUTHORISE)
def authorise_statement(request: HttpRequest, reference: str, quarter: str) -> HttpResponse:
    """Finance authorises."""
    row = get_object_or_404(_visible(request, reference, quarter))
    return _act(
        request, row, Form(sent(request)), commands.authorise_statement,
        "Authorised for payment.", title="Authorise payment", button="Authorise payment",
    )  # fmt: skip


@requires(Permission.STATEMENT_VIEW)
def return_statement(request: Request, reference: str, quarter: str) -> HttpResponse:
    """Either of the two sends a certified statement back."""
    row = get_object_or_404(_visible(request, reference, quarter))
    if not queries.can_return(request.user, row):
        raise Http404
    return _act(
        request, row, forms.ReturnForm(request.POST or None), commands.return_statement,
        "Sent back. It can be certified again.", title="Send the statement back", button="Send it back",
    )  # fmt: skip


def _act(
    request: HttpRequest, row: Statement, form: Form, command: Callable, done: str, *, title: str, button: str
) -> HttpResponse:
    """Every step is the same: one form, one command, and then the statement."""
    page = presenters.step(row, title=title, button=button)
    return ask_and_do(
        request, form, partial(command, statement=row, by=request.user), done=done, then=page["cancel"], page=page,
        template="payments/step.html",
    )  # fmt: skip


def _visible(request: HttpRequest, reference: str, quarter: str):
    visible = queries.statements_visible_to(request.user)
    return visible.filter(report__contract__reference=reference, report__quarter=quarter)

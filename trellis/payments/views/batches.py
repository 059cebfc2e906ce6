"""Payments: handing them over, and matching what the bank paid."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts.models import Contract
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.payments.commands import batches as commands
from trellis.payments.commands import remittance
from trellis.payments.forms import payments as forms
from trellis.payments.presenters import batches as presenters
from trellis.payments.queries import batches as queries
from trellis.payments.rules.remittance import read
from trellis.payments.views.scope import contract_of, contract_seen
from trellis.web.acts import ask_and_do
from trellis.web.forms import Form, sent

TYPES = {"csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=us-ascii"}


@requires(Permission.STATEMENT_VIEW)
def batches(request: Request, reference: str) -> HttpResponseBase:
    """What can be paid, and the batches so far."""
    page = presenters.batches_page(request, request.user, contract_seen(request, reference))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "payments/batches.html", page)


@requires(Permission.STATEMENT_VIEW)
def batch(request: Request, reference: str, batch: str) -> HttpResponseBase:
    """One batch: control totals, files, payments."""
    row = get_object_or_404(queries.batches(contract_seen(request, reference)), reference=batch)
    page = presenters.batch_page(request, request.user, row)
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "payments/batch.html", page)


@requires(Permission.PAYMENT_EXPORT)
def batch_file(request: Request, reference: str, batch: str, file_format: str) -> HttpResponse:
    """A file of a batch, the same bytes each time."""
    contract = contract_of(request, reference, Permission.PAYMENT_EXPORT)
    row = get_object_or_404(queries.batches(contract), reference=batch)
    if file_format not in TYPES:
        raise Http404
    name = f'attachment; filename="{row.reference}.{file_format}"'
    content = queries.files(row)[file_format]
    return HttpResponse(content, content_type=TYPES[file_format], headers={"Content-Disposition": name})


@requires(Permission.PAYMENT_EXPORT)
def export_batch(request: Request, reference: str) -> HttpResponse:
    """Hand over what may be paid now."""
    contract = contract_of(request, reference, Permission.PAYMENT_EXPORT)
    return ask_and_do(
        request, Form(sent(request)), partial(commands.export_batch, contract=contract, by=request.user),
        done=lambda made: f"Exported as {made.reference}. Fetch its files, and pay from them.",
        then=lambda made: reverse("batch", args=[reference, made.reference]),
        page=presenters.export_page(contract), template="payments/export.html",
    )  # fmt: skip


@requires(Permission.PAYMENT_MATCH)
def match_payment(request: Request, reference: str, batch: str, payment: str) -> HttpResponse:
    """Match one payment by hand."""
    contract = contract_of(request, reference, Permission.PAYMENT_MATCH)
    row = get_object_or_404(queries.payments(contract), batch__reference=batch, reference=payment)
    page = presenters.match_page(row)
    return ask_and_do(
        request, forms.MatchForm(request.POST or None),
        partial(remittance.match_payment, payment=row, by=request.user),
        done="Matched.", then=page["cancel"], page=page,
    )  # fmt: skip


@requires(Permission.PAYMENT_MATCH)
def match_remittance(request: Request, reference: str) -> HttpResponse:
    """Match the payments of the bank's list; the answer says what came of each row."""
    contract = contract_of(request, reference, Permission.PAYMENT_MATCH)
    form = forms.RemittanceForm(request.POST or None, request.FILES or None)
    found = _matched(request, contract, form) if request.method == "POST" and form.is_valid() else []
    page = presenters.remittance_page(contract, found)
    return render(request, "payments/remittance.html", {"form": form, **page})


def _matched(request: Request, contract: Contract, form: forms.RemittanceForm) -> list[remittance.Outcome]:
    try:
        rows = read(form.cleaned_data["file"].read())
        return remittance.match_remittance(contract=contract, rows=rows, by=request.user)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return []

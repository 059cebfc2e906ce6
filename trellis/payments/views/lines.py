"""A line of a statement, its disputes, and what puts things right."""

from decimal import Decimal
from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts.models import Contract
from trellis.core.permissions import Permission, requires
from trellis.payments.commands import disputes as commands
from trellis.payments.forms import payments as forms
from trellis.payments.models import Adjustment
from trellis.payments.presenters import lines as presenters
from trellis.payments.queries import disputes as queries
from trellis.payments.views.scope import contract_of, contract_seen, line_seen
from trellis.web.acts import ask_and_do


@requires(Permission.STATEMENT_VIEW)
def statement_line(request: Request, reference: str, quarter: str, number: int) -> HttpResponse:
    """One line: where it came from, and where its money is."""
    line = line_seen(request, reference, quarter, number)
    return render(request, "payments/line.html", presenters.line_page(request.user, line))


@requires(Permission.STATEMENT_DISPUTE)
def dispute_line(request: Request, reference: str, quarter: str, number: int) -> HttpResponse:
    """Keep a line from being paid."""
    line = line_seen(request, reference, quarter, number)
    if not queries.may_dispute(request.user, line):
        raise Http404
    page = presenters.act_page(
        line, title="Dispute this line", button="Dispute the line",
        intro="It is not paid until this is settled. The rest of the statement is.",
    )  # fmt: skip
    return ask_and_do(
        request, forms.DisputeForm(request.POST or None),
        partial(commands.dispute_line, line=line, by=request.user),
        done="In dispute. The rest of the statement is paid.", then=page["cancel"], page=page,
    )  # fmt: skip


@requires(Permission.STATEMENT_CERTIFY)
def settle_dispute(request: Request, reference: str, quarter: str, number: int) -> HttpResponse:
    """Say what was agreed about a line."""
    contract_of(request, reference, Permission.STATEMENT_CERTIFY)
    line = line_seen(request, reference, quarter, number)
    dispute = get_object_or_404(queries.of_line(line).order_by("-pk")[:1])
    page = presenters.act_page(
        line, title="Settle the dispute", button="Settle the dispute",
        intro="Without a change the line can be paid at once. With one, it is paid with the next statement, which "
        "changes it by a line of its own.",
    )  # fmt: skip
    return ask_and_do(
        request, forms.SettleForm(request.POST or None),
        partial(commands.settle_dispute, dispute=dispute, by=request.user),
        done="Settled.", then=page["cancel"], page=page,
    )  # fmt: skip


@requires(Permission.STATEMENT_VIEW)
def disputes(request: Request, reference: str) -> HttpResponseBase:
    """The disputes of a contract, and what puts things right."""
    page = presenters.disputes_page(request, request.user, contract_seen(request, reference))
    for table in ("table", "adjustments"):
        if page[table].wants_csv:
            return page[table].csv_response()
    return render(request, "payments/disputes.html", page)


@requires(Permission.STATEMENT_VIEW)
def adjustment(request: Request, reference: str, adjustment: str) -> HttpResponse:
    """What one adjustment puts right."""
    rows = queries.adjustments(contract_seen(request, reference))
    row = get_object_or_404(rows, reference=adjustment)
    return render(request, "payments/adjustment.html", presenters.adjustment_page(row))


@requires(Permission.STATEMENT_CERTIFY)
def adjust(request: Request, reference: str) -> HttpResponse:
    """Have the next statement put something right."""
    contract = contract_of(request, reference, Permission.STATEMENT_CERTIFY)
    partners = queries.partners_of(contract)
    page = presenters.adjust_page(contract)
    return ask_and_do(
        request, forms.AdjustForm(request.POST or None, partners=partners),
        partial(_adjust, request, contract),
        done=lambda made: f"Added as {made.reference}. It will be on the next statement.",
        then=lambda made: reverse("adjustment", args=[reference, made.reference]), page=page,
    )  # fmt: skip


def _adjust(request: Request, contract: Contract, *, partner: str, amount: Decimal, reason: str) -> Adjustment:
    chosen = next((one for one in queries.partners_of(contract) if str(one.pk) == partner), None)
    return commands.adjust(contract=contract, partner=chosen, amount=amount, reason=reason, by=request.user)

"""A contract's money: its schedule, its ledger, and how fast it was paid."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from trellis.accounts.requests import Request
from trellis.core.permissions import Permission, requires
from trellis.payments.presenters import ledger, money
from trellis.payments.views.scope import contract_seen


@requires(Permission.STATEMENT_VIEW)
def money_of_contract(request: Request, reference: str) -> HttpResponseBase:
    """The schedule, and where each quarter's money is."""
    page = money.money_page(request, request.user, contract_seen(request, reference))
    for table in ("quarters", "years", "plan"):
        if page[table].wants_csv:
            return page[table].csv_response()
    return render(request, "payments/money.html", page)


@requires(Permission.STATEMENT_VIEW)
def ledger_of_contract(request: Request, reference: str) -> HttpResponseBase:
    """The books: what each account holds, whether they agree, and every entry."""
    page = ledger.ledger_page(request, contract_seen(request, reference))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "payments/ledger.html", page)


@requires(Permission.STATEMENT_VIEW)
def compliance(request: Request, reference: str) -> HttpResponse | HttpResponseBase:
    """The figures of the payments compliance notice."""
    page = ledger.compliance_page(request, contract_seen(request, reference))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "payments/compliance.html", page)

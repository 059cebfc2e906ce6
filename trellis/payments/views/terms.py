"""Setting the terms of payment of a contract."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts.models import Contract
from trellis.core.permissions import Permission, requires
from trellis.payments.commands import terms as commands
from trellis.payments.forms import terms as forms
from trellis.payments.presenters.lines import money_crumbs
from trellis.payments.queries.disputes import partners_of
from trellis.payments.views.scope import contract_of
from trellis.web.acts import ask_and_do


@requires(Permission.CONTRACT_MANAGE)
def set_payment_terms(request: Request, reference: str) -> HttpResponse:
    """Whether quarters are paid afterwards or as they begin."""
    contract = contract_of(request, reference, Permission.CONTRACT_MANAGE)
    return ask_and_do(
        request, forms.WhenPaidForm(request.POST or None),
        partial(commands.set_payment_terms, contract=contract, by=request.user),
        **_asking(contract, "When quarters are paid"),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def set_funding(request: Request, reference: str) -> HttpResponse:
    """Which budgets pay."""
    contract = contract_of(request, reference, Permission.CONTRACT_MANAGE)
    return ask_and_do(
        request, forms.FundingForm(request.POST or None),
        partial(commands.set_funding, contract=contract, by=request.user),
        **_asking(contract, "Who funds the contract"),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def set_vat_treatment(request: Request, reference: str) -> HttpResponse:
    """How a partner stands to VAT."""
    contract = contract_of(request, reference, Permission.CONTRACT_MANAGE)
    return ask_and_do(
        request, forms.VatForm(request.POST or None, partners=partners_of(contract)),
        partial(commands.set_vat_treatment, by=request.user), **_asking(contract, "How a partner stands to VAT"),
    )  # fmt: skip


def _asking(contract: Contract, title: str) -> dict[str, Any]:
    """What the three pages share."""
    money = reverse("money", args=[contract.reference])
    page = {
        "title": title,
        "button": "Save",
        "cancel": money,
        "caption": contract.title,
        "breadcrumbs": money_crumbs(contract),
    }
    return {"done": "Saved. The next statement goes by it.", "then": money, "page": page}

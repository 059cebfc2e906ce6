"""For the contract manager: a contract that did not come from an award of ours is entered with its documents."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import commands
from trellis.contracts.forms.entering import ContractForm
from trellis.contracts.queries.contract import authorities_managed_by
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do

INTRO = (
    "Enter it as it was signed. Partners are equal whatever their share. When it is entered, add its documents and "
    "what the bid promised."
)


@requires(Permission.CONTRACT_MANAGE)
def enter_contract(request: Request) -> HttpResponse:
    """Enter a contract as it was signed."""
    return ask_and_do(
        request,
        ContractForm(request.POST or None, authorities=authorities_managed_by(request.user)),
        partial(commands.create_contract, by=request.user),
        done=lambda made: f"{made.title} is entered. Add its documents next.",
        then=lambda made: reverse("contract_documents", args=[made.reference]),
        page={
            "title": "Enter a contract",
            "intro": INTRO,
            "button": "Enter it",
            "cancel": reverse("contracts"),
            "breadcrumbs": [("Contracts", reverse("contracts"))],
        },
    )

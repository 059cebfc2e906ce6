"""Which contract somebody may see or change in the alliance's rooms; any other is not found."""

from django.shortcuts import get_object_or_404

from trellis.accounts.requests import Request
from trellis.contracts import queries
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.permissions import Permission


def at_the_table(request: Request, reference: str) -> Contract:
    """The contract at whose table they sit today: of its authority, or of a partner that is a member."""
    mine = queries.alliances_of(request.user, Permission.ALLIANCE_VIEW, clock.today())
    return get_object_or_404(mine, reference=reference)


def managed(request: Request, reference: str) -> Contract:
    """The contract, if they manage it for the authority."""
    return get_object_or_404(queries.contracts_managed_by(request.user), reference=reference)


def may_manage(request: Request, contract: Contract) -> bool:
    """Whether they do: what the buttons ask."""
    return contract.authority_id in request.user.organisation_ids(Permission.CONTRACT_MANAGE)

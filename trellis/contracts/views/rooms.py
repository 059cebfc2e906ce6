"""What the pages of the alliance's rooms share: who may come in, and for whom they act."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from trellis.accounts.requests import Request
from trellis.contracts.models import Contract, Partner
from trellis.contracts.queries import rooms as queries
from trellis.core.permissions import Permission


def shared(request: Request, reference: str, permission: Permission = Permission.ALLIANCE_VIEW) -> Contract:
    """The contract, for those who sit at its table; for all others there is none."""
    return get_object_or_404(queries.alliances_of(request.user, permission), reference=reference)


def worked_on(request: Request, reference: str) -> Contract:
    """The same, for those who change what lies on the table."""
    return shared(request, reference, Permission.ALLIANCE_WORK)


def managed(request: Request, reference: str) -> Contract:
    """The same, for those who manage the contract for its authority."""
    return shared(request, reference, Permission.CONTRACT_MANAGE)


def own_partner(request: Request, contract: Contract) -> Partner:
    """The partner that a person works for; a page of partners alone is none for people of the authority."""
    partner = queries.partner_for(request.user, contract)
    if partner is None:
        raise Http404
    return partner

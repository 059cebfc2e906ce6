"""Whose table the alliance's rooms are: members of that contract, and nobody else."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Partner
from trellis.contracts.queries.contract import contracts
from trellis.contracts.queries.partners import partner_of, partners, partnerships
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation


def alliances_of(user: User, permission: Permission = Permission.ALLIANCE_VIEW) -> QuerySet[Contract]:
    """The contracts at whose table a person sits today: for its authority, or for a partner that is a member."""
    mine = user.organisation_ids(permission)
    member = partnerships(mine, clock.today()).filter(contract=OuterRef("pk"))
    return contracts().filter(Q(authority_id__in=mine) | Exists(member))


def partner_for(user: User, contract: Contract) -> Partner | None:
    """The partner that a person works for at this table; None for people of the authority."""
    return partner_of(contract, user.organisation_ids(Permission.ALLIANCE_WORK), clock.today())


def manages(user: User, contract: Contract) -> bool:
    """Whether a person manages the contract for its authority."""
    return contract.authority_id in user.organisation_ids(Permission.CONTRACT_MANAGE)


def members(contract: Contract) -> list[Organisation]:
    """Everybody at the table today, the authority first."""
    return [contract.authority, *(one.organisation for one in partners(contract, clock.today()))]

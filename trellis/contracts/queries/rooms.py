"""Whose table the alliance's rooms are: members of that contract, and nobody else."""

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.contracts import queries
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation


def alliances_of(user: User, permission: Permission = Permission.ALLIANCE_VIEW) -> QuerySet[Contract]:
    """The contracts at whose table a person sits today: for its authority, or for a partner that is a member."""
    return queries.alliances_of(user, permission, clock.today())


def partner_for(user: User, contract: Contract) -> Partner | None:
    """The partner that a person works for at this table; None for people of the authority."""
    return queries.partner_of(contract, user.organisation_ids(Permission.ALLIANCE_WORK), clock.today())


def manages(user: User, contract: Contract) -> bool:
    """Whether a person manages the contract for its authority."""
    return contract.authority_id in user.organisation_ids(Permission.CONTRACT_MANAGE)


def members(contract: Contract) -> list[Organisation]:
    """Everybody at the table today, the authority first."""
    return [contract.authority, *(one.organisation for one in queries.partners(contract, clock.today()))]

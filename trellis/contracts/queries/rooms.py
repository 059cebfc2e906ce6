"""Whose table the alliance's rooms are: members of that contract, and nobody else."""

from datetime import date

from django.db.models import F, Q, QuerySet

from trellis.accounts.models import User
from trellis.contracts import queries
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation


def alliances_of(user: User, permission: Permission = Permission.ALLIANCE_VIEW) -> QuerySet[Contract]:
    """The contracts at whose table a person sits today: for its authority, or for a partner that is a member.

    Before a contract starts, the partners that it starts with sit there too: mobilisation is theirs.
    """
    mine, today = user.organisation_ids(permission), clock.today()
    sitting = queries.alliances_of(user, permission, today)
    first = Partner.objects.filter(organisation_id__in=mine, joined_on=F("contract__starts_on"), joined_on__gt=today)
    at_the_table = Q(pk__in=sitting.values("pk")) | Q(pk__in=first.values("contract"))
    return Contract.objects.filter(at_the_table).select_related("authority")


def partner_for(user: User, contract: Contract) -> Partner | None:
    """The partner that a person works for at this table; None for people of the authority."""
    return queries.partner_of(contract, user.organisation_ids(Permission.ALLIANCE_WORK), _day(contract))


def manages(user: User, contract: Contract) -> bool:
    """Whether a person manages the contract for its authority."""
    return contract.authority_id in user.organisation_ids(Permission.CONTRACT_MANAGE)


def members(contract: Contract) -> list[Organisation]:
    """Everybody at the table today, the authority first; before the start, those that it starts with."""
    return [contract.authority, *(one.organisation for one in queries.partners(contract, _day(contract)))]


def _day(contract: Contract) -> date:
    return max(clock.today(), contract.starts_on)

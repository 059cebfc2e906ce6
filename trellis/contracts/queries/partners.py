"""Who is a partner on a day, with what share, and who sits for each member."""

from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.accounts import queries as accounts
from trellis.accounts.models import User
from trellis.contracts.models import Contract, Partner, PartnerShare, Seat, WorkShare
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation


def partners(contract: Contract, on: date) -> QuerySet[Partner]:
    """The partners that are members on the date, by name."""
    members = Partner.objects.filter(_members(on), contract=contract)
    return members.select_related("organisation").order_by("organisation__name")


def partnerships(organisation_ids: list[int], on: date) -> QuerySet[Partner]:
    """What these organisations are partners of on the date, in any contract."""
    return Partner.objects.filter(_members(on), organisation_id__in=organisation_ids)


def _members(on: date) -> Q:
    return Q(joined_on__lte=on) & (Q(left_on__isnull=True) | Q(left_on__gte=on))


def partner_of(contract: Contract, organisation_ids: list[int], on: date) -> Partner | None:
    """The partner that one of these organisations is on the date."""
    return partners(contract, on).filter(organisation_id__in=organisation_ids).first()


def shares(contract: Contract, on: date) -> dict[Partner, Decimal]:
    """Each partner's fraction of the money on the date, in the order of their names; they sum to 1."""
    return _in_force(PartnerShare, contract, on)


def work_shares(contract: Contract, on: date) -> dict[Partner, Decimal]:
    """Each partner's fraction of the work on the date; nobody's while none was agreed."""
    return _in_force(WorkShare, contract, on)


def _in_force(kind: type[PartnerShare] | type[WorkShare], contract: Contract, on: date) -> dict[Partner, Decimal]:
    latest = kind.objects.filter(partner=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on").values("share")
    members = partners(contract, on).annotate(share_then=latest[:1])
    return {partner: partner.share_then for partner in members if partner.share_then is not None}


def days_of_shares(contract: Contract) -> list[date]:
    """The days from which shares of the money or of the work hold, the earliest first."""
    kinds = (PartnerShare.objects, WorkShare.objects)
    return sorted({day for kind in kinds for day in kind.filter(_of(contract)).values_list("starts_on", flat=True)})


def _of(contract: Contract) -> Q:
    return Q(partner__contract=contract)


def ever_partners(contract: Contract) -> QuerySet[Partner]:
    """Every partner that is, was or is to be a member, by name."""
    return Partner.objects.filter(contract=contract).select_related("organisation").order_by("organisation__name")


def seats(contract: Contract, on: date) -> QuerySet[Seat]:
    """Who decides for each member on the date, the commissioner among them, by the member's name.

    A partner that has not joined yet, or has left, has no seat.
    """
    members = [contract.authority_id, *partners(contract, on).values_list("organisation_id", flat=True)]
    newer = Seat.objects.filter(
        contract=contract, organisation=OuterRef("organisation"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=on
    )
    found = Seat.objects.filter(~Exists(newer), contract=contract, organisation_id__in=members, starts_on__lte=on)
    return found.select_related("organisation", "holder", "deputy")


def seat_of(user: User, contract: Contract, on: date) -> Seat | None:
    """The seat that somebody holds, or deputises for, on the date."""
    return seats(contract, on).filter(Q(holder=user) | Q(deputy=user)).first()


def alliances_of(user: User, permission: Permission, on: date) -> QuerySet[Contract]:
    """The contracts at whose table somebody sits on the date: of the authority or a partner that they hold this for."""
    mine = user.organisation_ids(permission)
    at_the_table = Q(authority_id__in=mine) | Exists(partnerships(mine, on).filter(contract=OuterRef("pk")))
    return Contract.objects.filter(at_the_table).select_related("authority")


def those_who_can_sit(organisation: Organisation) -> list[User]:
    """The people who can speak for a member at the table, by name."""
    memberships = accounts.memberships_at(organisation).filter(ended_at__isnull=True)
    found = {one.user for one in memberships if Permission.ALLIANCE_POSITION in one.as_role.permissions}
    return sorted(found, key=lambda user: (user.name, user.pk))

"""Who is a partner on a day, and with what share."""

from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Partner, PartnerShare, Seat
from trellis.core.permissions import Permission


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
    latest = (
        PartnerShare.objects.filter(partner=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on").values("share")
    )
    members = partners(contract, on).annotate(share_then=latest[:1])
    return {partner: partner.share_then for partner in members if partner.share_then is not None}


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

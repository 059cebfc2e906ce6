"""Who is a partner on a day, and with what share."""

from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet

from trellis.contracts.models import Contract, Partner, PartnerShare


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

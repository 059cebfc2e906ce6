"""Challenges of what partners have declared, and what they said of gaps (see gaps.py)."""

from datetime import date

from django.db.models import Q, QuerySet

from trellis.accounts.models import User
from trellis.contracts.models import GapAnswer, InterestChallenge, Partner
from trellis.contracts.queries.interests import standing
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation, ServiceType
from trellis.places.models import District


def challenges_visible_to(user: User) -> QuerySet[InterestChallenge]:
    """Those that a person's organisation raised or is asked about, and all of a contract that they manage."""
    mine = user.organisation_ids(Permission.INTEREST_CHALLENGE)
    visible = Q(challenger_id__in=mine) | answerable(user) | settleable(user)
    found = InterestChallenge.objects.filter(visible)
    return found.select_related(
        "partner__organisation", "partner__contract", "challenger", "service_type", "district", "organisation"
    )


def answerable(user: User) -> Q:
    """Those about a partner that they speak for."""
    return Q(partner__organisation_id__in=user.organisation_ids(Permission.INTEREST_DECLARE))


def settleable(user: User) -> Q:
    """Those of a contract that they manage."""
    return Q(partner__contract__authority_id__in=user.organisation_ids(Permission.CONTRACT_MANAGE))


def gap_answers_read_by(user: User) -> QuerySet[GapAnswer]:
    """Why partners do not declare what the register or a grant suggests: for whoever manages their contract."""
    mine = user.organisation_ids(Permission.CONTRACT_MANAGE)
    found = GapAnswer.objects.filter(partner__contract__authority_id__in=mine)
    return found.select_related("partner__organisation", "service_type").order_by("-answered_at", "-id")


def is_declared(
    partner: Partner,
    *,
    service_type: ServiceType | None,
    district: District | None,
    organisation: Organisation | None,
    on: date,
) -> bool:
    """Whether a partner has declared this kind of service in a district, or this organisation, on a day."""
    if organisation:
        same = Organisation.objects.same_as([organisation.pk])
        return partner.ties.filter(standing(on), organisation__in=same).exists()
    return partner.interests.filter(standing(on), service_type=service_type, district=district).exists()

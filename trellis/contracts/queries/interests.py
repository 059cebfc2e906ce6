"""What the partners also deliver, and whom that shuts out."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from trellis.contracts.models import Contract, Interest, Tie
from trellis.organisations.models import Organisation


def interests(contract: Contract, on: date | None = None) -> QuerySet[Interest]:
    """What the partners have declared that they also deliver; all of it, or what stands on a date."""
    declared = Interest.objects.filter(partner__contract=contract).select_related(
        "partner__organisation", "service_type", "district"
    )
    return declared if on is None else declared.filter(standing(on))


def ties(contract: Contract, on: date | None = None) -> QuerySet[Tie]:
    """The organisations that partners have named as ones they bid against or are tied to; all, or those of a date."""
    named = Tie.objects.filter(partner__contract=contract).select_related("partner__organisation", "organisation")
    return named if on is None else named.filter(standing(on))


def standing(on: date | OuterRef) -> Q:
    """Whether it holds on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def interest_in(organisation: OuterRef | int, on: date | OuterRef) -> QuerySet[Interest]:
    """The interests that stand in an organisation's way: the same kind of service, in its district.

    Where the organisation's district is not known, the kind of service alone is enough: the firewall errs on its side.
    """
    here = Q(district=F("service_type__organisation__district"))
    nowhere = Q(service_type__organisation__district__isnull=True)
    # one filter(), so that both conditions speak of the same organisation
    return Interest.objects.filter(standing(on), here | nowhere, service_type__organisation=organisation)


def tie_with(organisation: OuterRef | int, on: date | OuterRef) -> QuerySet[Tie]:
    """The ties that stand in an organisation's way: it was named, and that holds on the date."""
    return Tie.objects.filter(standing(on), organisation=organisation)


def competes(organisation: OuterRef | int, organisation_ids: list[int], on: date | OuterRef) -> Q:
    """Whether one of these organisations, as a partner, stands in another's way on the date: by interest or by tie."""
    theirs = {"partner__organisation_id__in": organisation_ids}
    interest, tie = interest_in(organisation, on), tie_with(organisation, on)
    return Q(Exists(interest.filter(**theirs))) | Q(Exists(tie.filter(**theirs)))


def conflicted_partner_organisation_ids(organisation: Organisation, on: date) -> set[int]:
    """The partner organisations that compete with an organisation on the date, itself included if it is one."""
    found = (interest_in(organisation.pk, on), tie_with(organisation.pk, on))
    interested = {one for rows in found for one in rows.values_list("partner__organisation_id", flat=True)}
    return interested | {organisation.pk}

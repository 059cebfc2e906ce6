"""What the partners also deliver, and whom that shuts out."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

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

    `organisation` is the one that stands: what those do that were merged into it counts too, and where they are. Where
    a district is not known, the kind of service alone is enough: the firewall errs on its side.
    """
    deeper = OuterRef(organisation) if isinstance(organisation, OuterRef) else organisation
    family = Organisation.objects.filter(Q(pk=deeper) | Q(merged_into=deeper))
    runs = Q(service_type__organisation=organisation) | Q(service_type__organisation__merged_into=organisation)
    here = Q(district__in=family.values("district"))
    nowhere = Q(service_type__organisation__district__isnull=True)
    # one filter(), so that both conditions speak of the same organisation
    return Interest.objects.filter(standing(on), here | nowhere, runs)


def tie_with(organisation: OuterRef | int, on: date | OuterRef) -> QuerySet[Tie]:
    """The ties that stand in an organisation's way: it, or one merged into it, was named, and that holds on the day."""
    named = Q(organisation=organisation) | Q(organisation__merged_into=organisation)
    return Tie.objects.filter(standing(on), named)


def competes(organisation: OuterRef | int, organisation_ids: list[int], on: date | OuterRef) -> Q:
    """Whether one of these organisations, as a partner, stands in another's way on the date: by interest or by tie.

    `organisation` is the one that stands (`organisations.models.stands_for`).
    """
    theirs = {"partner__organisation_id__in": organisation_ids}
    interest, tie = interest_in(organisation, on), tie_with(organisation, on)
    return Q(Exists(interest.filter(**theirs))) | Q(Exists(tie.filter(**theirs)))


def conflicted_partner_organisation_ids(organisation: Organisation, on: date) -> set[int]:
    """The partner organisations that compete with an organisation on the date, itself included if it is one."""
    stands = organisation.merged_into_id or organisation.pk
    found = (interest_in(stands, on), tie_with(stands, on))
    interested = {one for rows in found for one in rows.values_list("partner__organisation_id", flat=True)}
    return interested | set(Organisation.objects.same_as([stands]).values_list("pk", flat=True))

"""What the partners also deliver, and whom that shuts out."""

from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet

from trellis.contracts.models import Contract, Interest
from trellis.organisations.models import Organisation


def interests(contract: Contract, on: date | None = None) -> QuerySet[Interest]:
    """What the partners have declared that they also deliver; all of it, or what stands on a date."""
    declared = Interest.objects.filter(partner__contract=contract).select_related(
        "partner__organisation", "service_type", "district"
    )
    return declared if on is None else declared.filter(_standing(on))


def _standing(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def interest_in(organisation: OuterRef | int, on: date) -> QuerySet[Interest]:
    """The interests that stand in an organisation's way: the same kind of service, in its district.

    Where the organisation's district is not known, the kind of service alone is enough: the firewall errs on its side.
    """
    here = Q(district=F("service_type__organisation__district"))
    nowhere = Q(service_type__organisation__district__isnull=True)
    # one filter(), so that both conditions speak of the same organisation
    return Interest.objects.filter(_standing(on), here | nowhere, service_type__organisation=organisation)


def conflicted_partner_organisation_ids(organisation: Organisation, on: date) -> set[int]:
    """The partner organisations that compete with an organisation on the date, itself included if it is one."""
    interested = interest_in(organisation.pk, on)
    return set(interested.values_list("partner__organisation_id", flat=True)) | {organisation.pk}

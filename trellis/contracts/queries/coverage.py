"""Which partner works where, and for which outcome."""

from datetime import date

from django.db.models import Q, QuerySet

from trellis.contracts.models import Contract, Coverage


def coverage(contract: Contract, on: date) -> QuerySet[Coverage]:
    """What the partners cover on the date, by district, outcome and name."""
    found = Coverage.objects.filter(standing(on), partner__contract=contract)
    return found.select_related("partner__organisation", "district", "outcome")


def standing(on: date) -> Q:
    """Rows that hold on the date."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))

"""Groups that people added, and those that have a name like one."""

from django.db.models import QuerySet

from trellis.core import clock
from trellis.core.actors import Actor
from trellis.organisations import conflicts, search
from trellis.organisations.models import AddedGroup, Organisation

MOST_ALIKE = 5


def alike(name: str) -> list[Organisation]:
    """The public organisations that have a name most like one, best first; none for no name."""
    if not name.strip():
        return []
    ids = search.find(name, among=Organisation.objects.public(), most=MOST_ALIKE).ids[:MOST_ALIKE]
    found = Organisation.objects.select_related("district").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def unchecked() -> QuerySet[AddedGroup]:
    """Groups that nobody has checked, the oldest first; not those that were taken out or merged meanwhile."""
    waiting = AddedGroup.objects.filter(checked_at__isnull=True, organisation__in=Organisation.objects.public())
    return waiting.select_related("organisation__district")


def to_check(by: Actor) -> QuerySet[AddedGroup]:
    """Those that wait for an adviser, without the ones with which this adviser's organisation competes."""
    waiting, today = unchecked(), clock.today()
    competing = [one.pk for one in waiting if conflicts.competes(by, one.organisation, today)]
    return waiting.exclude(pk__in=competing)


def unchecked_ids() -> frozenset[int]:
    """The organisations among them: few at any time."""
    return frozenset(AddedGroup.objects.filter(checked_at__isnull=True).values_list("organisation_id", flat=True))


def additions() -> QuerySet[AddedGroup]:
    """Every group that a person added, checked or not."""
    return AddedGroup.objects.select_related("organisation")


def addition(of: Organisation) -> AddedGroup | None:
    """That a person added it, if one did."""
    return additions().filter(organisation=of).first()

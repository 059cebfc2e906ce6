"""Who stands for whom: read off `merged_into`, which always names the one that stands, never one between."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from django.db import OperationalError, connection
from django.db.models import Count, Field
from django.db.models.functions import Coalesce

from trellis.core.errors import RuleBroken
from trellis.core.many import among
from trellis.organisations.models import Identifier, Merge, Organisation
from trellis.organisations.rules.links import Standing

Uses = Callable[[Collection[int]], Mapping[int, int]]  # how many rows of other areas point at each organisation
TRIES = 5
MOVING = "Somebody else is merging these organisations at this moment. Look at them again."


def roots_of(organisation_ids: Collection[int]) -> dict[int, int]:
    """For each organisation, the one that stands for it: most often itself."""
    found = Organisation.objects.filter(pk__in=among(organisation_ids))
    return dict(found.values_list("pk", Coalesce("merged_into_id", "pk")))


def members(root: int) -> list[int]:
    """A family: the one that stands, then those merged into it, the oldest first."""
    merged = Organisation.objects.filter(merged_into=root).order_by("pk")
    return [root, *merged.values_list("pk", flat=True)]


def locked(organisation_ids: Collection[int]) -> dict[int, int]:
    """Hold the whole families of some organisations until the transaction ends; who stands for each.

    Whoever merges, undoes or gives a number to one of them waits. Always in the same order, so that no two wait for
    each other. Raises RuleBroken when others keep on moving them.
    """
    if not connection.features.has_select_for_update:
        return roots_of(organisation_ids)  # there, whoever writes has the whole database
    for _ in range(TRIES):
        family = all_of(organisation_ids)
        held = Organisation.objects.select_for_update().filter(pk__in=among(family)).order_by("pk")
        try:
            list(held.values_list("pk"))
        except OperationalError as error:  # each waits for the other, and the database ends one of them
            raise RuleBroken(MOVING) from error
        if all_of(organisation_ids) == family:
            return roots_of(organisation_ids)
    raise RuleBroken(MOVING)


def all_of(organisation_ids: Collection[int]) -> set[int]:
    """Every member of the families of some organisations."""
    roots = set(roots_of(organisation_ids).values())
    return roots | set(Organisation.objects.filter(merged_into__in=among(roots)).values_list("pk", flat=True))


def branch_of(organisation_id: int) -> set[int]:
    """An organisation and all that were merged into it or into those: what goes with it when it stands alone again."""
    found, due = {organisation_id}, [organisation_id]
    while due:
        here = Merge.objects.filter(into__in=due, undone_at__isnull=True).exclude(merged__in=found)
        due = list(here.values_list("merged_id", flat=True))
        found.update(due)
    return found


def numbers_of(roots: Collection[int]) -> dict[int, dict[str, set[str]]]:
    """For each organisation that stands, the numbers of its family by scheme."""
    numbers: dict[int, dict[str, set[str]]] = {root: defaultdict(set) for root in roots}
    own = Identifier.objects.filter(organisation__in=among(roots)).values_list("organisation_id", "scheme", "value")
    theirs = Identifier.objects.filter(organisation__merged_into__in=among(roots))
    stands = Coalesce("organisation__merged_into_id", "organisation_id")
    for root, scheme, value in [*own, *theirs.values_list(stands, "scheme", "value")]:
        numbers[root][scheme].add(value)
    return {root: dict(found) for root, found in numbers.items()}


def standing(root: int, uses: Uses) -> Standing:
    """An organisation that stands, with its family's numbers and uses."""
    name = Organisation.objects.values_list("name", flat=True).get(pk=root)
    return Standing(root, name, numbers_of([root])[root], sum(uses(members(root)).values()))


def uses_of(organisation_ids: Collection[int]) -> dict[int, int]:
    """How many rows of other areas point at each organisation: people, cases, bookings, evidence, contracts.

    Asked of the models themselves, so that an area that comes later counts too; the register need not know it.
    """
    uses: dict[int, int] = defaultdict(int)
    for field in _pointing_here():
        rows = field.model._default_manager.filter(**{f"{field.name}__in": among(organisation_ids)})
        counted = rows.order_by().values_list(field.name).annotate(number=Count("pk"))
        for organisation_id, number in counted.values_list(field.name, "number"):
            uses[organisation_id] += number
    return dict(uses)


def _pointing_here() -> Iterable[Field]:
    register = Organisation._meta.app_label
    for relation in Organisation._meta.get_fields(include_hidden=True):
        field = getattr(relation, "remote_field", None)
        if not field or relation.concrete or not relation.auto_created or field.many_to_many:
            continue
        if field.model._meta.app_label != register:
            yield field

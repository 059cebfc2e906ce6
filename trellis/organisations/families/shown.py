"""What is shown of a family, worked out again whenever anything that it follows from has changed."""

from collections.abc import Collection

from trellis.core import clock
from trellis.organisations import provenance, search
from trellis.organisations.families import own, tree
from trellis.organisations.models import Identifier, Organisation, OwnValues, SourceList, ValueChoice
from trellis.organisations.rules import survivorship
from trellis.organisations.rules.links import CHARITY_REGISTERS
from trellis.organisations.rules.survivorship import Pick

LISTS = ("causes", "service_types")


def stand_for_others(root: int) -> None:
    """Put an organisation's own values beside its row, which will show others' too."""
    said = own.own_values([root])[root]
    OwnValues.objects.get_or_create(pk=root, defaults={"values": dict(said.values), "provenance": said.provenance})


def stand_alone(organisation_id: int) -> None:
    """Put an organisation's own values back into its row: it stands for nobody else any more."""
    held = OwnValues.objects.filter(pk=organisation_id).first()
    if held:
        own.write_row(organisation_id, held.values, held.provenance)
        held.delete()


def settle(organisation_ids: Collection[int]) -> None:
    """Show again what follows from the own values of the families of some organisations, and find them by it.

    To be called in the transaction that changed such a value, or who is merged into whom.
    """
    if not organisation_ids or not OwnValues.objects.exists():
        return
    roots = own.shows_others(set(tree.roots_of(organisation_ids).values()))
    for root, now in own.rows(roots).items():
        values, noted = survivorship.shown(picks_of(root), own.own_values([root])[root].provenance)
        if (values, noted) != (now.values, now.provenance):
            own.write_row(root, values, noted, changed_at=clock.now())
    search.index(sorted(roots))


def picks_of(root: int) -> dict[str, Pick]:
    """Whose value an organisation that stands for others shows in each field, and why."""
    family = tree.members(root)
    said = own.own_values(family)
    ranks = dict(SourceList.objects.values_list("code", "rank"))
    choices = dict(ValueChoice.objects.filter(organisation=root).values_list("field", "taken_from_id"))
    registered = Identifier.objects.filter(organisation__in=family, scheme__in=CHARITY_REGISTERS)
    return survivorship.picks(
        [said[pk] for pk in family], ranks, choices, set(registered.values_list("organisation_id", flat=True))
    )


def list_of(organisation: Organisation, field: str) -> list[str]:
    """The codes of a list (one of LISTS) that are shown: all of its family's, unless it chose its own."""
    noted = own.as_own(organisation).provenance.get(field)
    family = [organisation.pk] if noted and noted[0] == provenance.ITSELF else tree.members(organisation.pk)
    found = getattr(Organisation, field).rel.model.objects.filter(organisation__in=family)
    return sorted(found.values_list("pk", flat=True).distinct())

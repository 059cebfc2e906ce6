"""What the demo's groups announce on their own profiles: opportunities to volunteer, and events."""

from random import Random
from typing import Any

from trellis.core.actors import SIMULATOR
from trellis.demo.alliance.table import morning
from trellis.demo.names import read
from trellis.demo.simulator import Story, the_same_references
from trellis.organisations.commands.announcements import announce, withdraw_announcement
from trellis.organisations.models import Organisation

GROUP = "group"
NOT_SAID = ("by", "on", "kind", "withdrawn_on")  # of a row: what is no part of the announcement's own words


def stories(group: Organisation) -> list[Story]:
    """Each on its day. `group` is the one that one can sign in as."""
    told = [(_whose(row["by"], group), row) for row in read("announced")["announcement"]]
    return [_announced(organisation, row) for organisation, row in told if organisation]


def _whose(by: str, group: Organisation) -> Organisation | None:
    """The group itself, or else the first that gives a kind of service; a small county may have none."""
    if by == GROUP:
        return group
    others = Organisation.objects.active().filter(service_types__code=by, partnerships__isnull=True)
    return others.exclude(pk=group.pk).order_by("pk").first()


def _announced(organisation: Organisation, row: dict[str, Any]) -> Story:
    yield morning(row["on"])
    values = {field: value for field, value in row.items() if field not in NOT_SAID}
    chance = Random(row["title"])  # noqa: S311 # nosec B311 nothing secret is drawn from it
    with the_same_references(chance):  # its own, so that nothing else of the demo is drawn otherwise
        made = announce(organisation=organisation, kind=row["kind"], values=values, by=SIMULATOR)
    if "withdrawn_on" in row:
        yield morning(row["withdrawn_on"])
        withdraw_announcement(announcement=made, by=SIMULATOR)

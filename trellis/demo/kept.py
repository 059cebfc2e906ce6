"""How the demo's register is kept right: a profile gone stale, an error, a claim to vouch for, a group to check."""

from typing import Any

from trellis.accounts import commands as accounts
from trellis.accounts.models import User
from trellis.core.actors import SIMULATOR, VISITOR
from trellis.demo.alliance.table import morning
from trellis.demo.names import read
from trellis.demo.simulator import Story
from trellis.organisations.commands import confirm_profile
from trellis.organisations.commands.reports import report_error
from trellis.organisations.models import Organisation


def stories(group: Organisation, other: Organisation) -> list[Story]:
    """What happens to the group that one can sign in as, and to another that nobody speaks for yet."""
    data = read("kept")
    return [
        _confirmed(group, data["confirmed_on"]),
        _reported(group, data["report"]),
        _claimed(other, data["claim"]),
        _added(group, data["group"]),
    ]


def _confirmed(group: Organisation, on) -> Story:
    yield morning(on)
    confirm_profile(organisation=group, by=SIMULATOR)


def _reported(group: Organisation, row: dict[str, Any]) -> Story:
    yield morning(row["on"])
    report_error(organisation=group, about=row["about"], says=row["says"], email=row["email"], by=VISITOR)


def _claimed(other: Organisation, row: dict[str, Any]) -> Story:
    yield morning(row["on"])
    person = User.objects.get(email=row["by"])
    accounts.start_claim(organisation=other, proof="vouch", role_there=row["role_there"], by=person)


def _added(group: Organisation, row: dict[str, Any]) -> Story:
    yield morning(row["on"])
    person = accounts.add_person(email=row["email"], name=row["person"], by=SIMULATOR, is_demo=True)
    accounts.add_own_group(
        name=row["name"], activities=row["activities"], address=row["address"], district=group.district_id,
        none_of_these=True, by=person,
    )  # fmt: skip

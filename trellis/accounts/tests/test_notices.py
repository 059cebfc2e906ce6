"""Those who speak for an organisation are asked once a year, and told once when it is removed."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.races import at_once
from trellis.accounts import commands
from trellis.accounts.models import Notice
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.organisations import commands as register
from trellis.organisations.models import Organisation

NONE = {"check-profile": 0, "removed": 0}


def change(organisation, **fields) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(**fields)


@pytest.fixture
def night(inbox, django_capture_on_commit_callbacks):
    """A night's run, so many days from today."""

    def run(days: int = 0) -> dict[str, int]:
        then = time_machine.travel(clock.now() + timedelta(days=days), tick=False)
        with then, django_capture_on_commit_callbacks(execute=True):
            return commands.send_notices(by=NIGHTLY)

    return run


def test_a_year_after_it_last_said_so_an_organisation_is_asked_once(cast, inbox, night):
    change(cast.pantry, confirmed_on=date(2017, 7, 3))
    assert night() == NONE
    assert night(days=1)["check-profile"] == 1 and night(days=2) == NONE
    assert [to for to, _ in inbox.messages] == ["dora@example.org"]
    message = inbox.last("dora@example.org")
    assert message["Subject"] == "Is the profile of Mill Lane Pantry still right?"
    assert inbox.link("dora@example.org") == f"/organisations/{cast.pantry.reference}/"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.facts) == ("accounts.send_notice", {"kind": "check-profile", "people": 1})


def test_once_it_has_said_so_it_is_asked_again_after_another_year(cast, night):
    change(cast.pantry, confirmed_on=date(2017, 7, 2))
    assert night()["check-profile"] == 1
    register.confirm_profile(organisation=cast.pantry, by=cast.dora)
    assert night(days=364) == NONE
    assert night(days=365)["check-profile"] == 2  # the choir too, a year after it came to the register


def test_an_organisation_that_is_removed_is_told_once_and_again_when_it_happens_again(cast, inbox, night):
    change(cast.pantry, status="removed", removed_on=date(2018, 6, 1))
    assert night() == {"check-profile": 0, "removed": 1} and night() == NONE
    assert "On 1 June 2018, Mill Lane Pantry was removed from its register." in inbox.last(
        "dora@example.org"
    ).get_content().replace("\r\n", "\n")
    change(cast.pantry, status="active", removed_on=None)
    assert night() == NONE
    change(cast.pantry, status="removed", removed_on=date(2018, 7, 1))
    assert night()["removed"] == 1


def test_where_nobody_speaks_for_it_nobody_is_told(cast, night):
    for one in (cast.pantry, cast.choir):
        change(one, status="removed")
    cast.erin.memberships.update(ended_at=clock.now(), ended_by=cast.erin)
    cast.dora.is_active = False
    cast.dora.save()
    assert night() == NONE and not Notice.objects.exists()


def test_two_nights_at_once_send_one_notice(committed_cast, inbox):
    change(committed_cast.pantry, status="removed", removed_on=date(2018, 6, 1))
    done = at_once(*[lambda: commands.send_notices(by=NIGHTLY)] * 2)
    assert sum(one["removed"] for one in done) == 1
    assert [to for to, _ in inbox.messages] == ["dora@example.org"]

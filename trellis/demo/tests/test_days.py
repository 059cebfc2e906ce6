"""Days pass in the demo, forward only."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from trellis.audit.models import AuditEntry
from trellis.core.errors import RuleBroken

NINE = "2018-10-15T09:00:01+01:00"


@pytest.fixture
def demo(settings, db):
    settings.TRELLIS_ENV = "demo"


def told(*typed: str) -> str:
    out = StringIO()
    call_command(*typed, stdout=out)
    return out.getvalue().strip()


def test_the_demo_opens_at_nine_and_goes_on_after_the_newest_write(demo):
    assert told("demo_now") == "2018-07-02T09:00:00+01:00"


def test_the_clock_stays_on_the_day_to_which_it_was_moved(demo):
    said = told("demo_move", "2018-10-15")
    assert said.count("Quarters closed without every signature") == 2
    assert said.endswith("The demo goes on at 09:00 on 2018-10-15.")
    assert told("demo_now") == NINE
    told("demo_move", "2018-10-15")
    assert told("demo_now") > NINE


def test_it_never_goes_back(demo):
    told("demo_move", "2018-10-15")
    with pytest.raises(RuleBroken, match="It is 15 October 2018 in the demo already, and its clock does not go back"):
        told("demo_move", "2018-10-14")
    assert told("demo_now") == NINE
    assert AuditEntry.objects.filter(action="demo.let_days_pass").count() == 1


def test_what_is_no_day_is_refused(demo):
    with pytest.raises(CommandError, match="October is not a day like 2018-10-15"):
        told("demo_move", "October")


def test_days_pass_nowhere_else(settings, db):
    settings.TRELLIS_ENV = "production"
    with pytest.raises(CommandError, match="in the demo only"):
        told("demo_move", "2018-10-15")
    assert not AuditEntry.objects.exists()

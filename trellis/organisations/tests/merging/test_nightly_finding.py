"""By night somebody looks for doubles, where the register has changed since the last time and nobody is at it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.organisations import commands
from trellis.organisations.commands.finding import find_when_changed
from trellis.organisations.linkage import Linkage
from trellis.organisations.models import ImportRun, LinkRun, Organisation, SourceList
from trellis.organisations.tests.lists import read, write
from trellis.organisations.tests.merging.register import organisation, somebody_at_it

pytestmark = pytest.mark.django_db


def at(days: int):
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


@pytest.fixture(autouse=True)
def finds_nothing(monkeypatch):
    nothing = Linkage(0.95, 0.05, 0.99, [], {})
    monkeypatch.setattr("trellis.organisations.linkage.link", lambda records: nothing, raising=False)


@pytest.fixture
def night(django_capture_on_commit_callbacks):
    """The nightly part, some days after; and the look itself, by the worker."""

    def night(days: int = 1) -> LinkRun | None:
        with at(days), django_capture_on_commit_callbacks(execute=True):
            return find_when_changed(by=NIGHTLY)

    return night


@pytest.fixture
def looked(night) -> LinkRun:
    """The register, of which the last look has ended a day from now."""
    organisation("Mill Pantry")
    return night()


def test_the_first_night_looks_and_the_next_has_nothing_to_see(looked, night):
    looked.refresh_from_db()
    assert (looked.status, looked.started_by) == ("finished", "service:nightly")
    assert night(2) is None
    assert LinkRun.objects.count() == 1


def test_nothing_is_looked_for_in_an_empty_register(night):
    assert night() is None


def added(tmp_path, cast):
    with at(2):
        Organisation.objects.create(reference="ORG-NEW", name="Mill Lane Pantry")


def edited(tmp_path, cast):
    with at(2):
        commands.change_profile(
            organisation=Organisation.objects.get(pk=cast.pantry.pk), values={"name": "New"}, by=cast.ada
        )


def brought_in(tmp_path, cast):
    with at(2):
        read(write(tmp_path, "Name,Postcode", "Mill Lane Pantry,ME14 1XQ"))


@pytest.mark.parametrize("change", [added, edited, brought_in])
def test_what_was_added_edited_or_brought_in_since_is_looked_at(change, tmp_path, cast, night):
    assert night()
    assert night(2) is None
    change(tmp_path, cast)
    assert night(3)
    assert night(4) is None


def test_a_list_as_it_was_and_a_trial_change_nothing(tmp_path, night):
    path = write(tmp_path, "Name,Postcode", "Mill Lane Pantry,ME14 1XQ")
    read(path)
    assert night()
    with at(2):
        read(path)
        ImportRun.objects.create(
            reference="IMP-TRIAL", source=SourceList.objects.get(), file_name="x", status="checked", added=7,
            started_by="person:0",
        )  # fmt: skip
    assert night(3) is None


def test_a_look_that_broke_off_is_begun_anew(looked, night):
    LinkRun.objects.update(status="failed")
    assert night(2)


def test_nobody_looks_while_an_import_or_another_look_is_under_way(looked, night):
    LinkRun.objects.update(status="failed")
    with somebody_at_it():
        assert night(2) is None
    LinkRun.objects.create(reference="LNK-WAIT", status="waiting", started_by="person:1")
    assert night(2) is None
    LinkRun.objects.filter(reference="LNK-WAIT").update(status="failed")
    assert night(2)


def test_the_nightly_run_says_what_it_began(cast):
    out = StringIO()
    call_command("nightly", stdout=out)
    run = LinkRun.objects.get()
    assert f"Look for organisations that are in the register twice: {run.reference}" in out.getvalue()
    assert run.status == "waiting", "the worker takes it when the night has ended"
    call_command("nightly", stdout=out)
    assert "in the register twice: not now" in out.getvalue()

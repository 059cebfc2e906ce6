"""What is said of one that is no longer active is true: its register removed it, or somebody said that it is closed."""

from datetime import date

import pytest

from trellis.accounts.commands.notices import send_notices
from trellis.core.actors import NIGHTLY
from trellis.home.kept_needs import cases_of_the_removed, my_profiles
from trellis.organisations import search
from trellis.organisations.commands import gone as commands
from trellis.organisations.models import Organisation
from trellis.organisations.presenters import endings
from trellis.organisations.tests.lists import on_record, read, write
from trellis.support.tests import cases

pytestmark = pytest.mark.django_db
HEADING = "Record id,Name,Postcode,Status"
ROWS = ["1,Ash Choir,ME14 1XQ,active", "2,Bell Ringers,ME14 1XR,active"]


def organisation(**fields) -> Organisation:
    return Organisation(reference="ORG-1", name="Ash Choir", **fields)


def test_one_that_is_active_has_not_ended():
    assert endings.removed_words(organisation()) == ""
    assert endings.tag(organisation()) == ("Active", "green")


@pytest.mark.parametrize(
    ("source", "words", "tag", "label"),
    [("", "This organisation was removed from its register on 1 May 2018.", "Removed from its register", "Removed"),
     ("ccew", "This organisation was removed from its register on 1 May 2018.", "Removed from its register", "Removed"),
     ("groups", "This organisation is closed. The groups said so on 1 June 2018.", "Closed", "Closed"),
     ("register-keepers", "This organisation is closed. Those who keep this register said so on 1 June 2018.", "Closed",
      "Said to be closed")],
)  # fmt: skip
def test_it_says_by_whose_word(source, words, tag, label):
    on_record("groups", name="The groups")
    on_record("ccew", kind="register", terms="licence")
    noted = {"status": [source, "2018-06-01"]} if source else {}
    one = organisation(status="removed", removed_on=date(2018, 5, 1), provenance=noted)
    assert endings.removed_words(one) == words
    assert endings.tag(one) == (tag, "grey")
    assert endings.day_label(one) == label


def closed(tmp_path, cast) -> Organisation:
    """Dora's pantry, that its list has lost and a keeper said is closed."""
    Organisation.objects.filter(pk=cast.pantry.pk).update(postcode="ME14 1XS")
    search.index([cast.pantry.pk])
    read(write(tmp_path, HEADING, *ROWS, "3,Mill Lane Pantry,ME14 1XS,active"))
    read(write(tmp_path, HEADING, *ROWS))
    commands.answer_gone(organisation=cast.pantry, answer="closed", reason="Its hall told us.", by=cast.ada)
    return Organisation.objects.get(pk=cast.pantry.pk)


def test_its_profile_the_directory_and_its_cases_say_so(tmp_path, cast, page_client):
    case = cases.in_progress(cast)
    pantry = closed(tmp_path, cast)
    page = page_client.get(f"/organisations/{pantry.reference}/")
    assert "This organisation is closed. Those who keep this register said so on 2 July 2018." in page.text
    assert "emoved from its register" not in page.text
    assert "Its hall told us" not in page.text
    page = page_client.get("/organisations/?status=removed")
    assert "No longer active" in page.text
    (task,) = cases_of_the_removed(cast.alice)
    assert task.name == f"{pantry.name} is closed"
    (task,) = my_profiles(cast.dora)
    assert task.status == "Closed"
    assert "is closed" in page_client.get(f"/support/{case.reference}/", by=cast.alice).text


def test_those_who_speak_for_it_are_told_who_said_so(tmp_path, cast, mailoutbox, django_capture_on_commit_callbacks):
    closed(tmp_path, cast)
    with django_capture_on_commit_callbacks(execute=True):
        assert send_notices(by=NIGHTLY)["removed"] == 1
    (message,) = mailoutbox
    assert message.subject == "Mill Lane Pantry is noted as closed"
    text = message.body
    assert "Those who keep this register said on 2 July 2018 that Mill Lane Pantry is closed." in text
    assert "If it is not closed, tell us." in text
    assert "removed from its register" not in text

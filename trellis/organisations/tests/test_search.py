"""Search finds organisations as people type their names."""

import pytest

from trellis.organisations import search
from trellis.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def register(*names: str) -> dict[str, int]:
    """A register of organisations by these names, indexed."""
    rows = [Organisation(reference=f"ORG-{place:04}", name=name) for place, name in enumerate(names)]
    ids = {row.name: row.pk for row in Organisation.objects.bulk_create(rows)}
    search.index(list(ids.values()))
    search.recount()
    return ids


def test_find_takes_the_beginning_of_a_word_in_any_order():
    ids = register("The Mill Lane Pantry", "Mill Lane Pantomime Society", "Pantry of Hope")
    assert search.find("pantry mil").ids == (ids["The Mill Lane Pantry"],)


def test_find_forgives_letters_that_changed_places():
    ids = register("The Mill Lane Pantry", "Southdown Community Choir")
    assert search.find("mill lane patnry").ids == (ids["The Mill Lane Pantry"],)


def test_index_follows_a_change_of_name():
    ids = register("The Mill Lane Pantry", "Southdown Community Choir")
    Organisation.objects.filter(pk=ids["The Mill Lane Pantry"]).update(name="High Street Larder")
    search.index(list(ids.values()))
    assert search.find("pantry").ids == ()
    assert search.find("larder").ids == (ids["The Mill Lane Pantry"],)

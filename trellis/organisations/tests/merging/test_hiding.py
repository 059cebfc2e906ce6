"""What somebody asked to keep from the public stays so through merges, and comes back as it was."""

import pytest

from trellis.core import clock
from trellis.organisations.models import Organisation
from trellis.organisations.tests.merging.register import merge, organisation, undo

pytestmark = pytest.mark.django_db


def is_public(one: Organisation) -> bool:
    return Organisation.objects.public().filter(pk=one.pk).exists()


def test_a_family_is_hidden_while_one_that_asked_for_it_is_part_of_it():
    charity = organisation("Mill Lane Foodbank", number="1007778")
    pantry = organisation("Mill Lane Pantry", unlisted_at=clock.now(), unlisted_by="person:1")
    third = organisation("Pantry of Mill Lane")
    first, second = merge(pantry, charity), merge(third, charity)
    assert not is_public(charity)
    undo(first)
    assert is_public(charity) and not is_public(pantry)
    undo(second)
    assert is_public(third)


def test_one_that_asked_for_itself_stays_hidden_whoever_leaves():
    charity = organisation("Mill Lane Foodbank", number="1007778", unlisted_at=clock.now(), unlisted_by="person:1")
    pantry = organisation("Mill Lane Pantry", unlisted_at=clock.now(), unlisted_by="person:2")
    undo(merge(pantry, charity))
    charity.refresh_from_db()
    assert charity.unlisted_by == "person:1" and not is_public(pantry)


def test_a_private_address_is_private_in_the_one_that_shows_it():
    charity = organisation("Mill Lane Foodbank", number="1007778")
    pantry = organisation("Mill Lane Pantry", address="3 Mill Lane", postcode="ME14 1XQ", address_is_private=True)
    done = merge(pantry, charity)
    charity.refresh_from_db()
    assert (charity.address, charity.address_is_private) == ("3 Mill Lane", True)
    undo(done)
    charity.refresh_from_db()
    assert (charity.address, charity.address_is_private) == ("", False)

"""The directory and profiles, as the public, an organisation's own people and staff see them."""

import pytest

from trellis.organisations import search
from trellis.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indexed(cast):
    search.index(list(Organisation.objects.values_list("pk", flat=True)))


def test_directory_lists_everyone_by_name(cast, page_client):
    page = page_client.get("/organisations/")
    assert "Mill Lane Pantry" in page.text and "Showing all 7" in page.text


def test_directory_finds_a_misspelt_name(cast, page_client):
    page = page_client.get("/organisations/", {"q": "mil lane patnry"})
    assert "Mill Lane Pantry" in page.text and "Southdown" not in page.text


def test_profile_is_public(cast, page_client):
    page = page_client.get(f"/organisations/{cast.pantry.reference}/")
    assert page.h1 == "Mill Lane Pantry" and not page.has_link("Change the profile")


def test_own_people_change_their_profile(cast, page_client):
    address = f"/organisations/{cast.pantry.reference}/"
    assert page_client.get(address, by=cast.dora).has_link("Change the profile")
    page_client.get(f"{address}edit/", by=cast.dora)
    given = {"name": "Mill Lane Larder", "phone": "01234 567890", "service_types": ["food"], "postcode": ""}
    page_client.post(f"{address}edit/", given, by=cast.dora)
    page = page_client.get(address, by=cast.dora)
    assert page.h1 == "Mill Lane Larder" and "The organisation itself, 2 July 2018" in page.text

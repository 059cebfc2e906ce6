import pytest

from trellis.core import clock
from trellis.organisations.models import Organisation

pytestmark = pytest.mark.django_db
PAGES = {
    "account/people/{}/": "ada",
    "account/people/{}/invite/": "ada",
    "account/claims/new/{}/": "vera",
    "organisations/{}/correct/": "ada",
    "organisations/{}/made-of/": "ada",
    "organisations/{}/report/": None,
    "organisations/{}/edit/": "dora",
}


@pytest.fixture
def merged(cast) -> Organisation:
    """The choir, which turned out to be the pantry."""
    Organisation.objects.filter(pk=cast.choir.pk).update(merged_into=cast.pantry)
    return cast.choir


def by(cast, name):
    return getattr(cast, name) if name else None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_one_that_was_merged_leads_to_the_same_page_of_the_other(cast, merged, page_client, page):
    answer = page_client.get("/" + page.format(merged.reference), by=by(cast, PAGES[page]), expect=302)
    assert answer.response["Location"] == "/" + page.format(cast.pantry.reference)


def test_nobody_is_led_to_one_that_they_may_not_see(cast, merged, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(unlisted_at=clock.now(), unlisted_by="person:0")
    page_client.get(f"/organisations/{merged.reference}/report/", expect=404)


def test_nothing_is_done_to_the_other_by_an_old_form(cast, merged, page_client):
    page_client.post(f"/organisations/{merged.reference}/correct/", {"name": "Larder"}, by=cast.ada, expect=404)


def test_what_was_not_merged_is_not_found_as_before(cast, page_client):
    page_client.get("/organisations/ORG-NONE/report/", expect=404)
    page_client.get(f"/account/people/{cast.pantry.reference}/", by=cast.bella, expect=404)

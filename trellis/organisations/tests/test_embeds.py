"""What other sites may show in a frame, and nothing else of ours."""

import pytest

from trellis.core import clock
from trellis.organisations import search
from trellis.organisations.models import Organisation

pytestmark = pytest.mark.django_db
HOME = "/organisations/"


def may_be_framed(page) -> bool:
    headers = page.response.headers
    ancestors = "frame-ancestors *" in headers["Content-Security-Policy"]
    assert ancestors == ("X-Frame-Options" not in headers)
    return ancestors


def test_an_organisation_may_be_framed_and_leads_out_in_a_tab_of_its_own(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(website="javascript:alert(1)", activities="Meals & company")
    page = page_client.get(f"{HOME}{cast.pantry.reference}/embed/")
    assert may_be_framed(page) and page.h1 == "Mill Lane Pantry" and "Meals & company" in page.text
    assert "javascript:" not in page.source and "no longer active" not in page.text
    links = page.find_all("a")
    assert [link.get("target") for link in links] == ["_blank"]
    assert links[0].get("href") == f"http://127.0.0.1:8000{HOME}{cast.pantry.reference}/"
    assert not page.find_all("form") and not page.response.cookies


def test_a_search_may_be_framed(cast, page_client):
    page = page_client.get(f"{HOME}embed/", {"district": "E07000901"})
    assert may_be_framed(page) and page.h1 == "3 organisations" and "Mill Lane Pantry" in page.text
    assert page.href("Open the directory (opens in a new tab)").endswith("/organisations/?district=E07000901")
    search.index([cast.pantry.pk])
    assert "No organisation matches." in page_client.get(f"{HOME}embed/", {"q": "zzzz"}).text
    assert page_client.get(f"{HOME}embed/", {"q": "mill lane"}).h1 == "1 organisation"


def test_nothing_else_may_be_framed(cast, page_client):
    for path in (HOME, f"{HOME}{cast.pantry.reference}/", f"{HOME}sector/", "/"):
        assert not may_be_framed(page_client.get(path))


def test_the_merged_lead_to_the_survivor_and_the_unknown_nowhere(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(merged_into=cast.choir)
    response = page_client.get(f"{HOME}{cast.pantry.reference}/embed/", expect=302).response
    assert response.headers["Location"] == f"{HOME}{cast.choir.reference}/embed/"
    page_client.get(f"{HOME}ORG-NONE/embed/", expect=404)


def test_the_removed_are_said_to_be_so(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(status=Organisation.Status.REMOVED)
    assert "no longer active" in page_client.get(f"{HOME}{cast.pantry.reference}/embed/").text


def test_pages_give_the_markup_to_copy(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(name='The "Larder"')
    page = page_client.get(f"{HOME}{cast.pantry.reference}/")
    assert page.find(".trellis-snippet").text_content() == (
        f'<iframe src="http://127.0.0.1:8000{HOME}{cast.pantry.reference}/embed/" title="The &quot;Larder&quot;" '
        'width="100%" height="380" loading="lazy"></iframe>'
    )
    page = page_client.get(HOME, {"district": "E07000901", "sort": "-name"})
    assert f'{HOME}embed/?district=E07000901"' in page.find(".trellis-snippet").text_content()


def test_a_profile_says_whether_the_council_pays_towards_support(cast, page_client):
    for income, said in ((24000, "among them"), (600_000, "larger"), (None, "We do not know")):
        Organisation.objects.filter(pk=cast.pantry.pk).update(latest_income=income)
        assert said in page_client.get(f"{HOME}{cast.pantry.reference}/").text
    page = page_client.get(f"{HOME}{cast.pantry.reference}/", by=cast.dora)
    assert page.href("Ask for support") == "/support/ask/"
    assert "Finding and bidding for funding" in page_client.get(page.href("See what groups can ask for")).text
    assert not page_client.get(f"{HOME}{cast.pantry.reference}/", by=cast.erin).has_link("Ask for support")


def test_nobody_frames_one_that_asked_not_to_be_shown(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(unlisted_at=clock.now(), unlisted_by="person:1")
    page_client.get(f"{HOME}{cast.pantry.reference}/embed/", expect=404)
    assert "Mill Lane Pantry" not in page_client.get(f"{HOME}embed/", {"district": "E07000901"}).text

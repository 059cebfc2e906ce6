"""What the search box suggests while somebody types."""

import pytest

from trellis.core import clock
from trellis.organisations import search
from trellis.organisations.models import Cause, Organisation
from trellis.places.models import Town

pytestmark = pytest.mark.django_db
SUGGEST = "/organisations/suggest/"


@pytest.fixture(autouse=True)
def indexed(cast):
    search.index(list(Organisation.objects.values_list("pk", flat=True)))


def suggested(page_client, text: str, by=None) -> list[dict]:
    response = page_client.get(SUGGEST, {"q": text}, by=by).response
    assert response["Content-Type"] == "application/json" and "max-age=60" in response["Cache-Control"]
    return response.json()["suggestions"]


def test_it_suggests_organisations_with_where_they_are(cast, page_client):
    assert suggested(page_client, "mil lane pa")[0] == {
        "words": "Mill Lane Pantry", "detail": "North", "url": f"/organisations/{cast.pantry.reference}/",
    }  # fmt: skip


def test_it_suggests_places_causes_and_services(cast, page_client):
    Cause.objects.create(code="hunger", name="Hunger and poverty")
    Town.objects.create(outcode="TN23", name="Northam", latitude=51.1, longitude=0.8)
    found = {(one["words"], one["url"]) for text in ("north", "hung", "food") for one in suggested(page_client, text)}
    assert {
        ("Everything in North", "/organisations/?district=E07000901"),
        ("Everything in Northam", "/organisations/?q=in+Northam"),
        ("Hunger and poverty", "/organisations/?cause=hunger"),
        ("Food and meals", "/organisations/?service=food"),
    } <= found


def test_it_says_what_is_no_longer_active_and_never_names_the_merged(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(status=Organisation.Status.REMOVED)
    assert suggested(page_client, "pantry")[0]["detail"] == "North, no longer active"
    Organisation.objects.filter(pk=cast.pantry.pk).update(merged_into=cast.choir)
    assert not [one for one in suggested(page_client, "pantry") if one["words"] == "Mill Lane Pantry"]


@pytest.mark.parametrize("text", ["", "m", " m ", "zzzz", "%", "\0\0", "a" * 5000, "<script>"])
def test_it_has_nothing_to_say_to_some_texts(cast, page_client, text):
    assert suggested(page_client, text) == []


def test_a_suggestion_costs_few_questions(cast, page_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        suggested(page_client, "mill la")


def test_it_suggests_nobody_that_asked_not_to_be_shown(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(unlisted_at=clock.now(), unlisted_by="person:1")
    assert "Mill Lane Pantry" not in {one["words"] for one in suggested(page_client, "mill lane")}

"""Claims as whoever asks, the organisation, advisers and keepers meet them."""

import pytest
from django.urls import reverse

from trellis.accounts.tests.test_claims import claim, code_in, speaks, walkers
from trellis.organisations.models import Organisation

NEW = {"role_there": "Secretary", "proof": "vouch"}


def new(where: Organisation) -> str:
    return reverse("start_claim", args=[where.reference])


def at(made, rest: str = "") -> str:
    return f"/account/claims/{made.reference}/{rest}"


def test_the_profile_leads_there_and_a_stranger_learns_no_address(cast, page_client):
    group = walkers(cast)
    profile = page_client.get(reverse("organisation", args=[group.reference]), by=cast.vera)
    page = page_client.get(profile.href("Do you speak for this organisation? Tell us"), by=cast.vera)
    assert [one.get("value") for one in page.find_all("input[type=radio]")] == ["email", "letter", "vouch"]
    assert "h…@walkers.org" in page.text and "hello@" not in page.source and "High Street" not in page.source
    assert not page_client.get(reverse("organisation", args=[cast.pantry.reference]), by=cast.dora).find_all(
        f"a[href='{new(cast.pantry)}']"
    )


def test_where_the_register_holds_no_address_only_an_adviser_is_offered(cast, page_client):
    page = page_client.get(new(cast.choir), by=cast.vera)
    assert [one.get("value") for one in page.find_all("input[type=radio]")] == ["vouch"]
    page = page_client.post(new(cast.choir), {"role_there": "", "proof": "email"}, by=cast.vera, expect=200)
    assert "Say what you are there" in page.text and "Choose from the list" in page.text


def test_by_e_mail_from_asking_to_speaking(cast, page_client, inbox, django_capture_on_commit_callbacks):
    group = walkers(cast)
    with django_capture_on_commit_callbacks(execute=True):
        where = page_client.post(new(group), NEW | {"proof": "email"}, by=cast.vera).response.headers["Location"]
    page = page_client.get(where, by=cast.vera)
    assert "A code was sent to h…@walkers.org. It holds until 16 July 2018." in page.text
    enter = page.href("Enter the code")
    assert "That code is not right" in page_client.post(enter, {"code": "AAAA"}, by=cast.vera, expect=200).text
    page_client.post(enter, {"code": code_in(inbox.last("hello@walkers.org"))}, by=cast.vera)
    assert page_client.get(where, by=cast.vera).find(".govuk-tag").text_content().strip() == "Speaks for it"
    page_client.get(enter, by=cast.vera, expect=302)
    assert speaks(cast.vera, group)


def test_a_letter_is_a_pdf_that_a_keeper_makes(cast, page_client):
    made = claim(cast, "letter")
    assert "still to be posted" in page_client.get(at(made), by=cast.vera).text
    row = page_client.get("/account/claims/", by=cast.ada)
    assert "Letter, to be posted" in row.text
    page = page_client.get(row.href(made.reference), by=cast.ada)
    assert page.find("form[action$='/letter/'] button").text_content().strip() == "Make the letter"
    response = page_client.post(at(made, "letter/"), by=cast.ada, expect=200).response
    assert response.headers["Content-Type"] == "application/pdf" and b"".join(response)[:5] == b"%PDF-"
    assert response.headers["Cache-Control"].count("no-store")
    assert page_client.get(at(made), by=cast.vera).has_link("Enter the code")
    page_client.post(at(made, "withdraw/"), by=cast.vera)
    page_client.post(at(made, "letter/"), by=cast.ada)


def test_an_adviser_vouches_and_the_organisation_objects(cast, page_client, inbox):
    page_client.post(new(cast.pantry), NEW, by=cast.vera)
    listed = page_client.get("/account/claims/to-vouch/", by=cast.alice)
    page = page_client.get(page_client.get(listed.href("CLM-"), by=cast.alice).href("Vouch for them"), by=cast.alice)
    here = page.response.request["PATH_INFO"]
    assert "Say how you know" in page_client.post(here, {"how_known": ""}, by=cast.alice, expect=200).text
    claim_page = page_client.post(here, {"how_known": "I met her."}, by=cast.alice).response.headers["Location"]
    assert "You are let in on 7 July 2018" in page_client.get(claim_page, by=cast.vera).text
    seen = page_client.get(claim_page, by=cast.dora)
    assert "I met her." in seen.text and seen.find("form[action$='/agree/']") is not None
    page_client.post(seen.href("Object"), {"objection": "She left us."}, by=cast.dora)
    assert "She left us." in page_client.get(claim_page, by=cast.ada).text
    assert "She left us." not in page_client.get(claim_page, by=cast.vera).source
    settle = page_client.get(claim_page, by=cast.ada).href("Settle this claim")
    page_client.post(settle, {"granted": "yes", "reason": "Its chair rang."}, by=cast.ada)
    assert "Its chair rang." in page_client.get(claim_page, by=cast.vera).text and speaks(cast.vera, cast.pantry)


def test_a_keeper_can_only_refuse_what_nobody_objects_to(cast, page_client):
    page = page_client.get(at(claim(cast, "vouch"), "settle/"), by=cast.ada)
    assert [one.get("value") for one in page.find_all("input[type=radio]")] == ["no"]


def test_the_lists_say_when_nobody_waits(cast, page_client):
    assert "Nobody waits for an adviser." in page_client.get("/account/claims/to-vouch/", by=cast.alice).text
    assert "Nobody has asked" in page_client.get("/account/claims/", by=cast.ada).text


@pytest.mark.parametrize(
    ("rest", "name", "status"),
    [("", "erin", 404), ("code/", "dora", 404), ("withdraw/", "dora", 404), ("agree/", "erin", 404),
     ("agree/", "vera", 403), ("object/", "erin", 404), ("vouch/", "dora", 403), ("letter/", "alice", 403),
     ("settle/", "dora", 403)],
)  # fmt: skip
def test_each_step_is_closed_to_whoever_has_no_part_in_it(cast, page_client, rest, name, status):
    made = claim(cast, "vouch", where=cast.pantry)
    page_client.post(at(made, rest), by=getattr(cast, name), expect=status)


def test_nobody_claims_what_is_hidden_from_them(cast, page_client):
    Organisation.objects.filter(pk=cast.choir.pk).update(unlisted_at="2018-07-01T09:00Z", unlisted_by="person:1")
    page_client.get(new(cast.choir), by=cast.vera, expect=404)

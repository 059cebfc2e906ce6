"""The log and one entry, for those who may read the audit and nobody else."""

import pytest

from trellis.audit import chain, commands, presenters
from trellis.audit.models import AuditEntry, AuditLink
from trellis.audit.verification import verify
from trellis.core.actors import NIGHTLY

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast):
    commands.record(by=NIGHTLY, action="places.import_postcodes", subject="file codes.csv")
    return commands.record(
        by=cast.alice, action="support.take_case", subject="case CASE-7K2M",
        facts={"holder": "ORG-AVC12", "on": [1, 2]},
        detail={"note": "Rang Vera"}, reason="She asked",
    )  # fmt: skip


def test_the_log_shows_who_did_what_newest_first(page_client, cast, entry):
    page = page_client.get("/audit/", by=cast.dev)

    assert page.h1 == "Audit: who did what"
    assert page.text.index("support.take_case") < page.text.index("places.import_postcodes")
    assert "Nobody has verified it yet" in page.text


@pytest.mark.parametrize(
    "search",
    [
        "subject=7k2m", "actor=alice@example.org", "action=support", "action=take_case", "action=support.take_case",
        "starts_on-day=2&starts_on-month=7&starts_on-year=2018&subject=case",
        "ends_on-day=2&ends_on-month=july&ends_on-year=2018&subject=case",
    ],
)  # fmt: skip
def test_the_log_can_be_searched(page_client, cast, entry, search):
    page = page_client.get(f"/audit/?{search}", by=cast.dev)

    assert "support.take_case" in page.text
    assert "places.import_postcodes" not in page.text
    assert page.find_all(".trellis-filters__tag")


def test_what_is_outside_the_dates_is_not_shown(page_client, cast, entry):
    page = page_client.get("/audit/?starts_on-day=3&starts_on-month=7&starts_on-year=2018", by=cast.dev)

    assert "Nothing matches" in page.text


def test_half_a_date_is_asked_about(page_client, cast, entry):
    page = page_client.get("/audit/?starts_on-day=3", by=cast.dev)

    assert page.title.startswith("Error: ")
    assert "From must include a month and a year" in page.text


def test_the_log_downloads_as_it_is_filtered(page_client, cast, entry):
    rows = page_client.get("/audit/?subject=CASE&format=csv", by=cast.dev).response
    text = b"".join(rows.streaming_content).decode()

    assert "support.take_case" in text
    assert "places.import_postcodes" not in text


def test_the_log_says_what_the_last_verification_found(page_client, cast, entry):
    chain.seal(AuditLink)
    commands.record_verification(by=NIGHTLY, found=[verify(AuditLink)])
    page = page_client.get("/audit/", by=cast.ada)

    assert "Whole Verified on 2 July 2018 at 10am by service:nightly: 2 rows" in page.text


def test_an_entry_shows_its_facts_its_detail_and_its_place(page_client, cast, entry):
    page = page_client.get(f"/audit/{entry.pk}/", by=cast.dev)

    assert page.h1 == "support.take_case"
    for words in (
        "(now Alice)",
        "She asked",
        "ORG-AVC12",
        "1, 2",
        "Rang Vera",
        "Not sealed yet",
        "As it was written",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["demo", "totp"], "demo, totp"),
        ([[1, 3], [7, 7]], "1 to 3, 7 to 7"),
        ({"is_whole": True, "faults": []}, "Is whole: Yes; Faults: None"),
        ({"evidence": {"head": "a1", "unsealed": 0}}, "Evidence: Head: a1; Unsealed: 0"),
        (None, "None"),
        (20180, "20180"),
    ],
)
def test_facts_are_told_in_words(value, words):
    assert presenters.told({"how_it_was": value}) == {"How it was": words}


def test_a_purged_entry_says_so(page_client, cast, entry):
    chain.seal(AuditLink)
    commands.purge_detail(by=NIGHTLY, reason="Erasure asked for", entry=entry)
    page = page_client.get(f"/audit/{entry.pk}/", by=cast.dev)

    assert "Rang Vera" not in page.text
    assert "It has been purged, and the entry still verifies" in page.text
    assert AuditLink.objects.get(row=entry).hash in page.text


def test_others_are_refused(page_client, cast, entry):
    for address in ("/audit/", f"/audit/{entry.pk}/"):
        for nosy in (cast.alice, cast.anna, cast.olive, cast.dora, cast.vera):
            page_client.get(address, by=nosy, expect=403)


def test_reading_writes_nothing(page_client, cast, entry):
    before = AuditEntry.objects.count()
    page_client.get("/audit/", by=cast.dev)
    page_client.get("/audit/99999/", by=cast.dev, expect=404)

    assert AuditEntry.objects.count() == before

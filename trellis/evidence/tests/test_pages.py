"""The page of one fact."""

from datetime import date

import pytest

from trellis.core.actors import NIGHTLY
from trellis.evidence import commands
from trellis.evidence.sealing import sealed_up_to


@pytest.fixture
def fact(cast):
    return commands.record(
        by=NIGHTLY, kind="support.organisation_reached", occurred_on=date(2018, 5, 1), source="case CASE-7K2M reached",
        quantity=24000, unit="pounds of income", contract="SCO", partner=cast.ash_vale, organisation=cast.pantry,
        district=cast.north,
    )  # fmt: skip


def test_a_fact_says_what_it_says(page_client, cast, fact):
    sealed_up_to()
    page = page_client.get(f"/evidence/{fact.pk}/", by=cast.olive)

    assert page.h1 == "Case CASE-7K2M reached"
    for words in ("Counts", "24,000 pounds of income", "Mill Lane Pantry", "1 May 2018", "Sequence number 1"):
        assert words in page.text


def test_a_corrected_fact_leads_to_what_took_its_place(page_client, cast, fact):
    new = commands.correct(by=NIGHTLY, fact=fact, reason="Wrong year", quantity=26000)
    page = page_client.get(f"/evidence/{fact.pk}/", by=cast.olive)

    assert "Corrected" in page.text
    assert page.href("what took its place") == f"/evidence/{new.pk}/"
    assert "Corrected: 26,000 pounds of income on 1 May 2018" in page.text


def test_a_withdrawn_fact_says_so(page_client, cast, fact):
    commands.correct(by=NIGHTLY, fact=fact, reason="Another organisation", retract=True)

    assert "Did not happen" in page_client.get(f"/evidence/{fact.pk}/", by=cast.olive).text


def test_a_partner_reads_its_own_facts_and_not_the_other_s(page_client, cast, fact):
    page_client.get(f"/evidence/{fact.pk}/", by=cast.anna)
    page_client.get(f"/evidence/{fact.pk}/", by=cast.bella, expect=404)
    for nosy in (cast.alice, cast.dora, cast.vera, cast.ada):
        page_client.get(f"/evidence/{fact.pk}/", by=nosy, expect=403)

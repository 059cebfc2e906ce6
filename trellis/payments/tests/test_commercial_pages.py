"""Pages of the commercial terms: read and tried by members, set by the contract manager, settled, credited."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import person
from trellis.contracts.models import Target
from trellis.contracts.tests.papers_scenes import minutes
from trellis.payments.models import CommercialTerms
from trellis.payments.queries import commercial as queries
from trellis.payments.tests import books_scenes as scenes
from trellis.payments.tests.books_scenes import DAYS, REACHED
from trellis.payments.tests.quarters import a_signed_report

TERMS, WHAT_IF, SHARE, CREDITS = (
    f"/contracts/SCO/{name}/" for name in ("commercial-terms", "what-if", "share", "credits")
)


def test_members_read_the_terms(page_client, cast):
    assert "No terms are agreed" in page_client.get(TERMS, by=cast.anna).text
    scenes.with_terms(cast)
    for by in (cast.anna, cast.bella, cast.olive, cast.fred):
        page = page_client.get(TERMS, by=by)
        assert "£90,000.00" in page.text and "50% is the partners’" in page.text and "£1,000.00" in page.text
    assert page_client.get(TERMS, by=cast.olive).has_link("Set the terms")
    assert not page_client.get(TERMS, by=cast.anna).has_link("Set the terms")


def test_nobody_outside_reads_or_tries_them(page_client, cast):
    scenes.with_terms(cast)
    outside = person("Oscar", cast.outside, "partner-lead")
    for address in (TERMS, WHAT_IF, SHARE, f"{SHARE}1/", f"{SHARE}1.json", CREDITS):
        page_client.get(address, expect=302)
        page_client.get(address, by=outside, expect=404)
        for by in (cast.alice, cast.carol, cast.dora, cast.ada, cast.vera):
            page_client.get(address, by=by, expect=403)
    page_client.get(f"{TERMS}set/", by=cast.anna, expect=403)
    page_client.get(f"{SHARE}1/settle/", by=cast.fred, expect=403)


def test_the_contract_manager_sets_terms_with_budgets_from_a_file(page_client, cast):
    scenes.categories(cast.olive)
    typed = {
        "year": "1", "proposal": minutes(cast).title, "target_cost": "90,000", "gate": "60", "overshoot": "0",
        "gain_ratio": "50", "pain_ratio": "50", "overhead_ceiling": "15",
        "credit_cap_quarter": "2", "credit_cap_year": "2", "earn_back_quarters": "2",
        f"weight_{REACHED}": "60", f"weight_{DAYS}": "40",
        "weight_contact-consistency": "0", f"credit_{REACHED}": "1", f"credit_{DAYS}": "1",
        "credit_contact-consistency": "0", f"cap_{cast.ash_vale.reference}": "1000",
        f"cap_{cast.bramble.reference}": "0",
    }  # fmt: skip
    page_client.get(f"{TERMS}set/", by=cast.olive)
    lines = "Partner,Category,Amount\nAsh Vale CVS,Staff,60000\nBramble Volunteering,Rooms,{}\n"
    wrong = SimpleUploadedFile("budget.csv", lines.format(20000).encode())
    page = page_client.post(f"{TERMS}set/", typed | {"file": wrong}, by=cast.olive, expect=200)
    assert "The budgets add up to £80,000.00" in page.text
    page = page_client.post(f"{TERMS}set/", typed | {"gate": "160"}, by=cast.olive, expect=200)
    assert "Gate must be 100 or less" in page.text
    assert not CommercialTerms.objects.exists()

    good = SimpleUploadedFile("budget.csv", lines.format(30000).encode())
    page_client.post(f"{TERMS}set/", typed | {"file": good}, by=cast.olive, expect=302)

    terms = queries.terms_of(cast.contract, 1)
    assert (terms.proposal, f"{terms.gate:f}", terms.budgets.count()) == ("Minutes of 2 July", "0.6000", 2)
    assert "Every year of the contract has begun" in page_client.get(f"{TERMS}set/", by=cast.olive).text
    page_client.post(f"{TERMS}set/", typed, by=cast.olive, expect=200)
    assert CommercialTerms.objects.count() == 1


def test_what_if_writes_the_sums_out(page_client, cast):
    assert "No terms are agreed" in page_client.get(WHAT_IF, by=cast.anna).text
    scenes.with_terms(cast)
    page = page_client.get(f"{WHAT_IF}?year=1&over=5&score=0.8", by=cast.anna)
    for words in (
        "£90,000.00 target − £94,500.00 actual", "50% of −£4,500.00, whatever the score", "−£2,250.00",
        "60% of −£2,250.00 is −£1,350.00; its loss stops at £1,000.00", "−£3,000.00",
        "Partners lose £1,500.00 of it together; you £1,000.00.",
    ):  # fmt: skip
        assert words in page.text
    page = page_client.get(f"{WHAT_IF}?over=-5&score=0.4", by=cast.bella)
    assert "a score of 0.4 is below the gate of 0.5" in page.text
    page = page_client.get(f"{WHAT_IF}?over=900&score=0.4", by=cast.bella)
    assert "must be 100 or less" in page.text


def test_a_charity_is_warned_of_what_it_could_lose(page_client, cast):
    scenes.with_terms(cast)
    assert "Reserves not told yet" in page_client.get(WHAT_IF, by=cast.anna).text
    scenes.submitted(cast.ash_vale_partner, cast.anna, reserves="4000.00")
    scenes.submitted(cast.bramble_partner, cast.bella, reserves="50000.00")

    warning = "could lose £1,000.00 in a year and has £4,000.00 in free reserves"
    assert warning in page_client.get(WHAT_IF, by=cast.anna).text
    assert warning not in page_client.get(WHAT_IF, by=cast.bella).text
    assert "High" in page_client.get(WHAT_IF, by=cast.olive).text


def test_a_year_waits_and_is_settled(page_client, cast):
    scenes.with_terms(cast)
    assert "8 returns not accepted yet" in page_client.get(SHARE, by=cast.anna).text
    page = page_client.get(f"{SHARE}1/", by=cast.anna)
    assert "It waits for 8 returns" in page.text and "Ash Vale CVS, January to March 2018" in page.text
    page_client.get(f"{SHARE}9/", by=cast.anna, expect=404)
    page_client.get(f"{SHARE}1.json", by=cast.anna, expect=404)
    page_client.get(f"{SHARE}1/settle/", by=cast.olive)
    page = page_client.post(f"{SHARE}1/settle/", {}, by=cast.olive, expect=200)
    assert "Every return of the year must be accepted first" in page.text


@pytest.fixture
def ready(cast):
    """A year of one quarter, which is ready to be settled."""
    cast.contract.quarters.exclude(quarter=2).delete()
    scenes.with_terms(cast, weights={REACHED: 1})
    a_signed_report(cast)
    scenes.accepted(cast, "2018-Q2", staff="50000.00")


def test_whoever_reads_a_settled_year_can_work_it_out_again(page_client, cast, ready):
    assert "what it would come to" in page_client.get(f"{SHARE}1/", by=cast.anna).text
    page_client.post(f"{SHARE}1/settle/", {}, by=cast.olive, expect=302)

    page = page_client.get(f"{SHARE}1/", by=cast.bella)
    assert "−£17,000.00" in page.text and "Settled" in page.text
    document = json.loads(page_client.get(f"{SHARE}1.json", by=cast.bella).response.content)
    assert document["actual_cost"] == "107000.00"
    assert "Settled" in page_client.get(SHARE, by=cast.bella).text


def test_service_credits_are_everybodys(page_client, cast):
    assert "No quarter has cost a service credit." in page_client.get(CREDITS, by=cast.anna).text
    Target.objects.filter(indicator=DAYS).update(target="0.5", floor="0.5")
    scenes.with_terms(cast)
    a_signed_report(cast)

    page = page_client.get(CREDITS, by=cast.bella)

    assert "−£225.00" in page.text and "1% of the quarter’s value" in page.text


def test_the_schema_is_anybodys_to_read(page_client, cast):
    assert page_client.get("/schemas/share.json").response.json()["title"] == "Gain and pain share of a year"

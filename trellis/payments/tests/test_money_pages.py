"""Pages of the money: who sees it, who moves it, and what they say."""

import csv
import io
from datetime import date
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.payments.commands import batches, disputes, terms
from trellis.payments.models import Adjustment, Batch, Dispute, Payment
from trellis.payments.tests.quarters import an_authorised_statement

HERE = "/contracts/SCO"
LINE = f"{HERE}/statements/2018-Q2/lines/1"


@pytest.fixture
def statement(cast):
    return an_authorised_statement(cast)


@pytest.fixture
def batch(cast, statement):
    return batches.export_batch(contract=cast.contract, by=cast.fred)


def rows(page):
    return list(csv.DictReader(io.StringIO(b"".join(page.response.streaming_content).decode("utf-8-sig"))))


def test_the_money_page_shows_where_each_quarter_is(page_client, cast, batch):
    shares = {"Adult Social Care": D("0.6"), "Public Health": D("0.4")}
    terms.set_funding(contract=cast.contract, starts_on=date(2018, 7, 1), shares=shares, by=cast.olive)
    terms.set_vat_treatment(
        partner=cast.ash_vale_partner, starts_on=date(2018, 1, 1), treatment="exempt", by=cast.olive
    )

    page = page_client.get(f"{HERE}/money/", by=cast.bella)

    assert "Adult Social Care 60%, Public Health 40%" in page.text and "Exempt" in page.text
    assert page.href("April to June 2018") == f"{HERE}/statements/2018-Q2"
    assert "Paid, without VAT" in page.text
    assert "Paid, with VAT" in page_client.get(f"{HERE}/money/ledger", by=cast.bella).text
    quarters = rows(page_client.get(f"{HERE}/money/?format=csv", by=cast.bella))
    assert [(row["Quarter"], row["On its way"], row["Outstanding"]) for row in quarters][:2] == [
        ("January to March 2018", "£0.00", "£22,500.00"), ("April to June 2018", "£22,500.00", "£0.00"),
    ]  # fmt: skip
    years = rows(page_client.get(f"{HERE}/money/?year-format=csv", by=cast.bella))
    assert [(row["Financial year"], row["Value"]) for row in years] == [
        ("2017-18", "£22,500.00"), ("2018-19", "£67,500.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["money/", "money/ledger", "money/compliance", "money/disputes", "payments/"])
def test_every_page_is_there_before_anything_happened_and_for_the_right_people(page_client, cast, path):
    page_client.get(f"{HERE}/{path}", by=cast.anna)
    page_client.get(f"{HERE}/{path}", by=cast.alice, expect=403)
    page_client.get(f"{HERE}/{path}", expect=302)


def test_the_ledger_says_whether_it_balances_and_has_every_entry(page_client, cast, statement):
    page = page_client.get(f"{HERE}/money/ledger", by=cast.fred)
    assert "The books balance" in page.text
    entries = rows(page_client.get(f"{HERE}/money/ledger?format=csv", by=cast.fred))
    assert [(row["Out of"], row["Into"]) for row in entries][0] == (
        "Scheduled, not on a statement yet", "On a statement, to be paid",
    )  # fmt: skip

    statement.lines.filter(number=1).update(amount=D("1.00"))
    page = page_client.get(f"{HERE}/money/ledger", by=cast.fred)
    assert "The books do not balance" in page.text and "the books say £22,500.00, the records £9,001.00" in page.text


def test_finance_exports_and_fetches_the_same_files_again(page_client, cast, statement):
    page = page_client.get(f"{HERE}/payments/", by=cast.fred)
    assert page.href("Export payments") == f"{HERE}/payments/export"
    assert "no bank details" in page_client.get(f"{HERE}/payments/export", by=cast.fred).text
    page_client.post(f"{HERE}/payments/export", {}, by=cast.fred, expect=302)

    batch = Batch.objects.get()
    page = page_client.get(f"{HERE}/payments/{batch.reference}", by=cast.fred)
    files = [f"{HERE}/payments/{batch.reference}.{ending}" for ending in ("csv", "txt")]
    assert page.href("CSV for the ledger") == files[0] and "no bank details" in page.text
    for file in files:
        first = page_client.get(file, by=cast.fred).response.content
        assert first == page_client.get(file, by=cast.fred).response.content
        page_client.get(file, by=cast.olive, expect=403)
    assert "nothing to pay" in page_client.post(f"{HERE}/payments/export", {}, by=cast.fred, expect=200).text
    assert not page_client.get(f"{HERE}/payments/{batch.reference}", by=cast.bella).has_link("CSV for the ledger")


def test_finance_matches_by_hand_and_from_a_list(page_client, cast, batch):
    first, second = batch.payments.all()
    by_hand = f"{HERE}/payments/{batch.reference}/{first.reference}/match"
    answers = {"paid_on-day": "2", "paid_on-month": "7", "paid_on-year": "2018"}
    page = page_client.post(by_hand, answers | {"amount": "1"}, by=cast.fred, expect=200)
    assert "£13,500.00 sent" in page.text
    page_client.post(by_hand, answers | {"amount": "13,500"}, by=cast.fred, expect=302)

    content = (
        f"Payment,Amount,Paid on\n{first.reference},13500,2018-07-02\n{second.reference},9000,2018-07-02\nP-X,1,2\n"
    )
    upload = SimpleUploadedFile("bank.csv", content.encode())
    page = page_client.post(f"{HERE}/payments/remittance", {"file": upload}, by=cast.fred, expect=200)
    assert "1 of 3 rows matched now." in page.text
    assert "Matched before" in page.text and "is not a day" in page.text
    assert Payment.objects.filter(paid_on=date(2018, 7, 2)).count() == 2
    wrong = SimpleUploadedFile("bank.csv", b"Amount\n1\n")
    page = page_client.post(f"{HERE}/payments/remittance", {"file": wrong}, by=cast.fred, expect=200)
    assert "no column “Payment”" in page.text


def test_a_line_opens_to_its_reason_and_is_disputed_and_settled(page_client, cast, statement):
    page = page_client.get(f"{HERE}/statements/2018-Q2", by=cast.anna)
    assert LINE in [link.get("href") for link in page.find_all("main table a")]
    page = page_client.get(LINE, by=cast.anna)
    assert page.href("60% of the value") == f"{HERE}/performance/2018-Q2"
    page_client.post(f"{LINE}/dispute", {"reason": "One post was empty."}, by=cast.anna, expect=302)
    page_client.get(f"{LINE}/dispute", by=cast.bella, expect=404)
    assert "In dispute" in page_client.get(LINE, by=cast.olive).text
    assert page_client.get(LINE, by=cast.olive).has_link("Settle the dispute")

    page = page_client.post(f"{LINE}/settle", {"outcome": "", "adjustment": ""}, by=cast.olive, expect=200)
    assert page.title.startswith("Error: ")
    answers = {"outcome": "Agreed.", "adjustment": "-1,000"}
    page_client.post(f"{LINE}/settle", answers, by=cast.olive, expect=302)
    made = Adjustment.objects.get()
    assert (made.amount, Dispute.objects.get().status) == (D("-1000.00"), "settled")
    page = page_client.get(f"{HERE}/money/adjustments/{made.reference}", by=cast.anna)
    assert page.href(f"{statement.reference}, line 1") == LINE
    assert "Agreed." in page_client.get(LINE, by=cast.bella).text


def test_the_contract_manager_puts_something_right(page_client, cast, statement):
    page_client.get(f"{HERE}/money/adjust", by=cast.fred, expect=403)
    page = page_client.post(f"{HERE}/money/adjust", {"amount": "0", "reason": "So."}, by=cast.olive, expect=200)
    assert "changes nothing" in page.text
    answers = {"partner": str(cast.bramble_partner.pk), "amount": "12.50", "reason": "Twelve pounds too few."}
    page_client.post(f"{HERE}/money/adjust", answers, by=cast.olive, expect=302)

    assert Adjustment.objects.get().partner == cast.bramble_partner
    assert "Twelve pounds too few." in page_client.get(f"{HERE}/money/disputes", by=cast.bella).text


def test_the_compliance_figures_come_as_a_file_too(page_client, cast, batch):
    [summer, winter] = rows(page_client.get(f"{HERE}/money/compliance?format=csv", by=cast.fred))

    assert (summer["Half-year"], summer["Payments"]) == ("1 April 2018 to 30 September 2018", "0")
    assert (summer["Fell due, without VAT"], summer["Due and not paid"]) == ("£22,500.00", "100.0%")
    assert winter["Mean days to pay"] == "–"


def test_finance_is_told_what_waits(page_client, cast, statement):
    assert page_client.get("/", by=cast.fred).href("2 partners can be paid") == f"{HERE}/payments/"
    batches.export_batch(contract=cast.contract, by=cast.fred)
    assert page_client.get("/", by=cast.fred).href("2 payments to match") == f"{HERE}/payments/"


def test_the_contract_manager_is_told_of_disputes(page_client, cast, statement):
    disputes.dispute_line(line=statement.lines.first(), reason="No.", by=cast.anna)

    assert page_client.get("/", by=cast.olive).href("1 line in dispute") == f"{HERE}/money/disputes"


def test_the_contract_manager_sets_the_terms(page_client, cast):
    day = {"starts_on-day": "1", "starts_on-month": "7", "starts_on-year": "2018"}
    terms_at = f"{HERE}/money/terms"
    assert page_client.get(f"{HERE}/money/", by=cast.olive).href("Say who funds the contract") == f"{terms_at}/funding"
    page_client.get(f"{terms_at}/funding", by=cast.fred, expect=403)
    for shares, words in (("Public Health", "and its percent"), ("Public Health 40%", "add up to 40%")):
        page = page_client.post(f"{terms_at}/funding", day | {"shares": shares}, by=cast.olive, expect=200)
        assert words in page.text
    shares = "Adult Social Care: 60\r\nPublic Health 40%"
    page_client.post(f"{terms_at}/funding", day | {"shares": shares}, by=cast.olive, expect=302)
    page_client.post(f"{terms_at}/when-paid", day | {"in_advance": "yes"}, by=cast.olive, expect=302)
    partner = {"partner": str(cast.bramble_partner.pk), "treatment": "standard"}
    page_client.post(f"{terms_at}/vat", day | partner, by=cast.olive, expect=302)

    page = page_client.get(f"{HERE}/money/", by=cast.bella)
    for words in ("Adult Social Care 60%, Public Health 40%", "As each quarter begins", "Standard-rated"):
        assert words in page.text

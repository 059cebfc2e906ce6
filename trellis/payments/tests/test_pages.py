"""Pages and files of statements: who sees the money, who moves it, the same amounts in each form."""

import csv
import io
import json
from decimal import Decimal

import pytest
from pypdf import PdfReader

from trellis.payments.commands import statements as commands
from trellis.payments.models import Statement
from trellis.payments.tests.quarters import a_signed_report

STATEMENTS = "/contracts/SCO/statements/"
STATEMENT = "/contracts/SCO/statements/2018-Q2"


@pytest.fixture
def statement(cast):
    return commands.draw_up_statement(report=a_signed_report(cast), by=cast.olive)


def test_from_a_signed_quarter_to_an_authorised_statement(page_client, cast):
    a_signed_report(cast)
    assert page_client.get(STATEMENTS, by=cast.olive).href("April to June 2018") == STATEMENT
    assert "£13,500.00" in page_client.get(STATEMENT, by=cast.olive).text

    page_client.post(f"{STATEMENT}/draw-up", {}, by=cast.olive, expect=302)
    page = page_client.get(STATEMENT, by=cast.olive)
    assert page.href("Certify the statement") == f"{STATEMENT}/certify"
    page_client.get(f"{STATEMENT}/certify", by=cast.olive)
    page_client.post(f"{STATEMENT}/certify", {}, by=cast.olive, expect=302)
    page = page_client.get(STATEMENT, by=cast.fred)
    assert "1 August 2018: 30 calendar days after 2 July 2018" in page.text
    assert page.href("Authorise payment") == f"{STATEMENT}/authorise"
    page_client.post(f"{STATEMENT}/authorise", {}, by=cast.fred, expect=302)

    assert "Authorised for payment" in page_client.get(STATEMENT, by=cast.anna).text
    assert Statement.objects.get().authorised_by == cast.fred


def test_the_list_shows_how_the_money_stands(page_client, cast, statement):
    commands.certify_statement(statement=statement, by=cast.olive)
    commands.authorise_statement(statement=statement, by=cast.fred)

    page = page_client.get(STATEMENTS, by=cast.fred)

    for amount in ("£90,000.00", "£22,500.00", "£67,500.00", "£10,000.00"):
        assert amount in page.text
    rows = _csv(page_client.get(f"{STATEMENTS}?format=csv", by=cast.fred).response)
    assert [(row["Quarter"], row["Amount"]) for row in rows] == [("April to June 2018", "£22,500.00")]


def test_every_partner_sees_every_line_and_moves_nothing(page_client, cast, statement):
    page = page_client.get(STATEMENT, by=cast.bella)

    assert "£13,500.00" in page.text and "£9,000.00" in page.text
    assert "It waits for the contract manager" in page.text
    assert not page.has_link("Certify the statement")
    page_client.get(f"{STATEMENT}/certify", by=cast.bella, expect=403)
    page_client.get(f"{STATEMENT}/authorise", by=cast.bella, expect=403)
    page_client.get(f"{STATEMENT}/return", by=cast.bella, expect=404)
    page_client.post(f"{STATEMENT}/draw-up", {}, by=cast.bella, expect=403)


def test_others_see_no_money(page_client, cast, statement):
    for address in (STATEMENTS, STATEMENT, f"{STATEMENT}.csv", f"{STATEMENT}.json", f"{STATEMENT}.pdf"):
        page_client.get(address, expect=302)
        for by in (cast.alice, cast.charlie, cast.dora, cast.ada, cast.ivy, cast.vera):
            page_client.get(address, by=by, expect=403)


@pytest.mark.parametrize("quarter", ["2018-Q1", "2018-Q9", "2018-Q2.docx"])
def test_there_is_no_such_statement(page_client, cast, statement, quarter):
    page_client.get(f"{STATEMENTS}{quarter}", by=cast.olive, expect=404)


def test_every_form_of_the_statement_has_the_same_amounts(page_client, cast, statement):
    content = json.loads(page_client.get(f"{STATEMENT}.json", by=cast.fred).response.content)
    rows = _csv(page_client.get(f"{STATEMENT}.csv", by=cast.fred).response)
    reader = PdfReader(io.BytesIO(page_client.get(f"{STATEMENT}.pdf", by=cast.fred).response.content))
    pdf = " ".join(page.extract_text() for page in reader.pages)

    amounts = [line.amount for line in statement.lines.all()]
    assert [Decimal(line["amount"]) for line in content["lines"]] == amounts
    assert [Decimal(row["Amount (£)"]) for row in rows] == [*amounts, statement.amount]
    assert Decimal(content["amount"]) == statement.amount == sum(amounts)
    assert "£13,500.00" in pdf and "£9,000.00" in pdf and "£22,500.00" in pdf
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title.startswith(f"Statement {statement.reference}")


def test_the_page_adds_up_what_each_partner_gets(page_client, cast, statement):
    page = page_client.get(STATEMENT, by=cast.bella)
    totals = [[cell.text_content().strip() for cell in row] for row in page.find_all("table")[0].iter("tr")]
    assert totals[1:] == [
        ["Ash Vale CVS", "£13,500.00"],
        ["Bramble Volunteering", "£9,000.00"],
        ["All partners", "£22,500.00"],
    ]


def test_a_statement_goes_back_with_a_reason(page_client, cast, statement):
    commands.certify_statement(statement=statement, by=cast.olive)

    page = page_client.post(f"{STATEMENT}/return", {"reason": ""}, by=cast.fred, expect=200)
    assert page.title.startswith("Error: ")
    page_client.post(f"{STATEMENT}/return", {"reason": "Wrong cost code."}, by=cast.fred, expect=302)

    page = page_client.get(STATEMENT, by=cast.olive)
    assert "Wrong cost code." in page.text
    assert page.has_link("Certify the statement")


def test_a_second_certificate_is_refused_on_the_page(page_client, cast, statement):
    commands.certify_statement(statement=statement, by=cast.olive)

    page = page_client.post(f"{STATEMENT}/certify", {}, by=cast.olive, expect=200)

    assert "already been certified" in page.text


def _csv(response):
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))

"""Pages of the open books: every member reads all of them, nobody else any; filled in, brought in, asked, accepted."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import person
from trellis.payments.commands import books as commands
from trellis.payments.commands import books_files
from trellis.payments.queries import books as queries
from trellis.payments.tests import books_scenes as scenes
from trellis.payments.tests.books_scenes import Q1

BOOKS = "/contracts/SCO/books/"


@pytest.fixture
def mine(cast):
    """Where Ash Vale's return is."""
    scenes.with_terms(cast)
    return f"{BOOKS}{Q1}/{cast.ash_vale.reference}/"


def sheet(*rows) -> SimpleUploadedFile:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return SimpleUploadedFile("costs.xlsx", content.getvalue())


def rows_of(response):
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_from_an_open_return_to_an_accepted_one(page_client, cast, mine):
    assert page_client.get(BOOKS, by=cast.anna).href("January to March 2018") == f"{BOOKS}{Q1}/"
    assert "Open the return" in page_client.get(mine, by=cast.anna).text
    page_client.post(f"{mine}open/", {}, by=cast.anna, expect=302)
    page = page_client.get(f"{mine}costs/", by=cast.anna)
    assert "what they are paid" in page.text
    page = page_client.post(f"{mine}costs/", {"cost_staff": "ten", "free_reserves": "-500"}, by=cast.anna, expect=200)
    assert "must be a number" in page.text
    filled = {"cost_staff": "10,000", "cost_premises": "2500", "charges": "500", "free_reserves": "20000"}
    page_client.post(f"{mine}costs/", filled, by=cast.anna, expect=302)
    assert "still filling it in" in page_client.get(mine, by=cast.bella).text
    page_client.get(f"{mine}submit/", by=cast.anna)
    page_client.post(f"{mine}submit/", {}, by=cast.anna, expect=302)

    page = page_client.get(mine, by=cast.bella)
    assert "£10,000.00" in page.text and "£20,000.00" in page.text and not page.has_link("Correct it")
    page_client.get(f"{mine}ask/", by=cast.bella)
    page_client.post(f"{mine}ask/", {"text": "Why so much?", "category": "staff"}, by=cast.bella, expect=302)
    assert not page_client.get(mine, by=cast.olive).has_link("Accept the return")
    asked = queries.latest(cast.ash_vale_partner, Q1).queries.get()
    page_client.get(f"{mine}queries/{asked.pk}/", by=cast.anna)
    page_client.post(f"{mine}queries/{asked.pk}/", {"answer": "A new post."}, by=cast.anna, expect=302)
    page = page_client.get(mine, by=cast.olive)
    assert "A new post." in page.text and page.has_link("Accept the return")
    page_client.get(f"{mine}accept/", by=cast.olive)
    page_client.post(f"{mine}accept/", {}, by=cast.olive, expect=302)
    assert "Accepted" in page_client.get(mine, by=cast.fred).text


def test_the_alliances_quarter_is_read_by_every_member_and_adds_up_in_its_file(page_client, cast, mine):
    scenes.submitted(cast.ash_vale_partner, cast.anna)
    for by in (cast.anna, cast.bella, cast.olive, cast.fred):
        page = page_client.get(f"{BOOKS}{Q1}/", by=by)
        assert "1 of 2 partners have submitted" in page.text and "No books yet" in page.text
    rows = rows_of(page_client.get(f"{BOOKS}{Q1}/?cells-format=csv", by=cast.bella).response)
    spent = [Decimal(row["Spent"].replace("£", "").replace(",", "")) for row in rows if row["Spent"].startswith("£")]
    assert sum(spent) == Decimal("13500.00")


def test_nobody_outside_the_alliance_sees_a_book(page_client, cast, mine):
    book = scenes.filled_in(cast.ash_vale_partner, cast.anna)
    file = books_files.add_file(book=book, name="rent.csv", content=b"Rent,5\n", by=cast.anna)
    commands.submit_return(book=book, by=cast.anna)
    outside = scenes_outsider(cast)
    inside = (BOOKS, f"{BOOKS}{Q1}/", mine, f"{mine}versions/1/", f"{mine}files/{file.pk}/", f"{mine}ask/")
    for address in inside:
        page_client.get(address, expect=302)
        page_client.get(address, by=outside, expect=404)
        for by in (cast.alice, cast.carol, cast.dora, cast.ada, cast.ivy, cast.vera):
            page_client.get(address, by=by, expect=403)


def scenes_outsider(cast):
    """The lead of a partner of nothing."""
    return person("Oscar", cast.outside, "partner-lead")


def test_only_its_own_lead_writes_in_a_return(page_client, cast, mine):
    book = scenes.filled_in(cast.ash_vale_partner, cast.anna)
    for step in ("costs/", "import/", "files/", "submit/", "correct/"):
        page_client.get(f"{mine}{step}", by=cast.bella, expect=404)
        page_client.get(f"{mine}{step}", by=cast.olive, expect=403)
    page_client.post(f"{mine}lines/{book.lines.first().pk}/drop/", {}, by=cast.bella, expect=404)
    page_client.post(f"{mine}accept/", {}, by=cast.anna, expect=403)
    page_client.get(f"{BOOKS}2018-Q3/", by=cast.anna, expect=404)
    page_client.get(f"{BOOKS}{Q1}/{cast.outside.reference}/", by=cast.anna, expect=404)


def test_a_file_of_costs_is_taken_over_line_by_line(page_client, cast, mine):
    book = commands.open_return(partner=cast.ash_vale_partner, quarter=Q1, by=cast.anna)
    good = [
        ["Category", "Description", "Amount"],
        ["Rooms", "Hall", 1200.5],
        ["Staff", "", "=SUM(1,2)"],
        ["Staff", None, 8000],
    ]
    page_client.get(f"{mine}import/", by=cast.anna)

    page = page_client.post(f"{mine}import/", {"file": sheet(*good, ["Salaries", "", 1])}, by=cast.anna, expect=200)

    assert "There is no category “Salaries”." in page.text and "2 lines taken over." in page.text
    lines = {(line.category_id, line.description): line.amount for line in book.lines.all()}
    assert lines == {("premises", "Hall"): Decimal("1200.50"), ("staff", ""): Decimal("8000.00")}
    again = SimpleUploadedFile("costs.csv", b"Category;Description;Amount\nRooms;Hall;1200.50\nStaff;;8,000\n")
    page_client.post(f"{mine}import/", {"file": again}, by=cast.anna, expect=302)
    assert "Nothing changed" in page_client.get(mine, by=cast.anna).text
    page_client.post(f"{mine}lines/{book.lines.get(description='Hall').pk}/drop/", {}, by=cast.anna, expect=302)
    assert book.lines.count() == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.csv", b"Name,Sum\nHall,5\n"), "no column called “Category”"),
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken"), "This workbook is damaged"),
        (SimpleUploadedFile("a.csv", b"Category,Amount\n" + b"Rooms,1\n" * 2001), "more than 2,000 lines"),
    ],
    ids=["columns", "broken", "long"],
)
def test_a_file_that_is_no_list_of_costs_is_refused(page_client, cast, mine, file, words):
    book = commands.open_return(partner=cast.ash_vale_partner, quarter=Q1, by=cast.anna)
    assert words in page_client.post(f"{mine}import/", {"file": file}, by=cast.anna, expect=200).text
    assert not book.lines.exists()


def test_evidence_is_sent_to_be_saved_and_to_members_alone(page_client, cast, mine):
    scenes.filled_in(cast.ash_vale_partner, cast.anna)
    page_client.get(f"{mine}files/", by=cast.anna)
    bad = SimpleUploadedFile("page.pdf", b"<script>alert(1)</script>")
    assert "no PDF" in page_client.post(f"{mine}files/", {"file": bad}, by=cast.anna, expect=200).text
    good = SimpleUploadedFile("Rent “May”.pdf", b"%PDF-1.7 rent")
    page_client.post(f"{mine}files/", {"file": good}, by=cast.anna, expect=302)
    number = queries.latest(cast.ash_vale_partner, Q1).files.get().pk

    page_client.get(f"{mine}files/{number}/", by=cast.bella, expect=404)
    answer = page_client.get(f"{mine}files/{number}/", by=cast.anna).response
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer.content == b"%PDF-1.7 rent"
    page_client.post(f"{mine}files/{number}/drop/", {}, by=cast.anna, expect=302)
    page_client.get(f"{mine}files/{number}/", by=cast.anna, expect=404)


def test_a_correction_leaves_the_earlier_version_to_be_read(page_client, cast, mine):
    scenes.accepted(cast)
    page_client.get(f"{mine}correct/", by=cast.anna)
    page_client.post(f"{mine}correct/", {"reason": "An invoice was missing."}, by=cast.anna, expect=302)

    page = page_client.get(mine, by=cast.bella)
    assert "still filling it in" in page.text
    assert "£10,000.00" in page_client.get(f"{mine}versions/1/", by=cast.bella).text
    page_client.get(f"{mine}versions/7/", by=cast.bella, expect=404)

"""The rules of the open books: what a line may say, what of a file is kept, which file may stand beside a return."""

import io
import zipfile
from decimal import Decimal

import pytest

from trellis.core.errors import RuleBroken
from trellis.payments.rules import books as rules
from trellis.payments.rules import evidence_files as files
from trellis.payments.rules.books import ImportedRow, Kept, Spent


@pytest.mark.parametrize(
    "description",
    [
        "Salary of the manager", "Jo’s wages", "Mrs Example", "Dr. Who", "Help at £40 per hour", "A day rate",
        "hourly rates", "pay for Sam", "12 x £30 p/h", "Payslip March",
    ],
)  # fmt: skip
def test_a_line_that_tells_what_a_person_is_paid_is_refused(description):
    with pytest.raises(RuleBroken, match="what a person is paid"):
        rules.check_line(kind="direct", description=description, amount=Decimal(1))


@pytest.mark.parametrize("description", ["", "Hall for the forum", "Payroll bureau", "Repay the loan", "Drinks"])
def test_a_line_of_what_things_cost_is_kept(description):
    rules.check_line(kind="direct", description=description, amount=Decimal(1))


def test_staff_have_one_total_and_nothing_is_below_nought():
    rules.check_line(kind="staff", description="", amount=Decimal("12000.00"))
    with pytest.raises(RuleBroken, match="one total"):
        rules.check_line(kind="staff", description="Advisers", amount=Decimal(1))
    with pytest.raises(RuleBroken, match="less than nothing"):
        rules.check_line(kind="direct", description="", amount=Decimal("-0.01"))


@pytest.mark.parametrize(
    ("overhead", "ceiling", "refused"),
    [("150.00", "0.15", False), ("150.01", "0.15", True), ("150.01", None, False), ("0.00", "0", False)],
)
def test_overheads_stop_at_the_agreed_ceiling(overhead, ceiling, refused):
    spent = Spent(Decimal("1000.00") + Decimal(overhead), Decimal(overhead))
    asked = {
        "may": True, "status": "open", "spent": spent, "ceiling": ceiling and Decimal(ceiling),
        "free_reserves": Decimal(0),
    }  # fmt: skip
    if not refused:
        rules.check_can_submit(**asked)
        return
    with pytest.raises(RuleBroken, match="Overheads are 15.0% of your other costs, and the agreed ceiling is 15%"):
        rules.check_can_submit(**asked)


@pytest.mark.parametrize("status", rules.Status.values)
@pytest.mark.parametrize("event", ["submit", "accept", "replace"])
def test_the_table_of_transitions(status, event):
    possible = {
        ("open", "submit"): "submitted",
        ("submitted", "accept"): "accepted",
        ("submitted", "replace"): "replaced",
        ("accepted", "replace"): "replaced",
    }
    assert rules.TRANSITIONS.get((status, event)) == possible.get((status, event))


def test_a_quarters_budget_is_a_quarter_of_the_years_to_the_penny():
    parts = [rules.quarters_budget(Decimal("1000.02"), number) for number in (1, 2, 3, 4)]
    assert [str(part) for part in parts] == ["250.01", "250.01", "250.00", "250.00"]


def test_dependence_is_the_contracts_part_of_all_income():
    assert rules.dependence(contract=Decimal(900), brought_in=Decimal(100)) == Decimal("0.9")
    assert rules.dependence(contract=Decimal(0), brought_in=Decimal(0)) is None


NAMES = {"rooms": ("premises", "direct"), "premises": ("premises", "direct"), "staff": ("staff", "staff")}


def test_of_a_file_the_good_lines_are_kept_and_each_other_is_told_why_not():
    kept, refused = rules.sorted_out(
        [
            ImportedRow(2, "Rooms", "Hall", "1,200.50"),
            ImportedRow(3, " rooms ", "Hall", "£99.50"),
            ImportedRow(4, "Staff", "", "8000.000000000001"),
            ImportedRow(5, "Salaries", "", "1"),
            ImportedRow(6, "Staff", "Jo", "1"),
            ImportedRow(7, "Rooms", "Hall", "=SUM(A1)"),
            ImportedRow(8, "Rooms", "Hall", "1.005"),
            ImportedRow(9, "Rooms", "Hall", "-5"),
            ImportedRow(10, "Rooms", "x" * 121, "5"),
        ],
        NAMES,
    )
    assert kept == [Kept("premises", "Hall", Decimal("1300.00")), Kept("staff", "", Decimal("8000.00"))]
    assert [line for line, _words in refused] == [5, 6, 7, 8, 9, 10]
    assert refused[0][1] == "There is no category “Salaries”."
    assert refused[2][1] == "“=SUM(A1)” is no amount in pounds and pence."


def office(part: str, *more: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in (part, *more):
            archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("invoice.PDF", b"%PDF-1.7 ...", "pdf"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0", "jpg"),
        ("costs.csv", "Hall,£5\n".encode(), "csv"),
        ("costs.xlsx", office("xl/workbook.xml"), "xlsx"),
        ("letter.docx", office("word/document.xml"), "docx"),
    ],
)
def test_files_that_are_what_they_say(name, content, kind):
    assert files.kind_of(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "kind of file"),
        ("page.html", b"<html>", "kind of file"),
        ("drawing.svg", b"<svg/>", "kind of file"),
        ("macro.xlsm", office("xl/workbook.xml"), "kind of file"),
        ("none", b"%PDF-", "kind of file"),
        ("invoice.pdf", b"MZ\x90", "no PDF"),
        ("page.csv", b" <script>alert(1)</script>", "no CSV"),
        ("run.csv", b"#!/bin/sh", "no CSV"),
        ("binary.csv", b"\xff\xfe\x00", "no CSV"),
        ("costs.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "no XLSX"),
        ("costs.xlsx", office("word/document.xml"), "no XLSX"),
        ("costs.xlsx", b"PK\x03\x04broken", "no XLSX"),
        ("large.pdf", b"%PDF-" + b"x" * files.LARGEST, "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_could_run_or_are_something_else(name, content, words):
    with pytest.raises(RuleBroken, match=words):
        files.kind_of(name, content)


@pytest.mark.parametrize(
    ("given", "kept"), [("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\x\\a.pdf", "a.pdf"), ("a\r\nb.pdf", "ab.pdf")]
)
def test_names_of_files_lead_nowhere(given, kept):
    assert files.safe_name(given) == kept

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection

from trellis.audit.models import AuditEntry
from trellis.core.errors import RuleBroken
from trellis.organisations import search
from trellis.organisations.imports import lists, mapping, runs, sheets, values
from trellis.organisations.models import ImportRun, Organisation, SourceRow
from trellis.organisations.tests.extracts import FIXTURE
from trellis.organisations.tests.lists import counts, on_record, read, write

pytestmark = pytest.mark.django_db
REAL = FIXTURE.parent
HEADING = "Organisation name,Charity No.,Post code,Annual income,Year end"
PANTRY = "Mill Lane Pantry,1007778,me141xq,24000,31/12/2017"


def reasons(run: ImportRun) -> dict[int, str]:
    return {refusal["line"]: refusal["reason"] for refusal in runs.refusals(run)}


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u200b", "\u202e", "***"])
def test_a_name_of_which_nobody_reads_a_letter_is_none(name):
    with pytest.raises(values.Refused, match="It has no name"):
        values.name(name, "name")


def test_a_list_comes_in_by_the_names_of_its_columns(tmp_path):
    run = read(write(tmp_path, HEADING, PANTRY))
    assert counts(run) == (1, 0, 0, 0)
    found = Organisation.objects.get()
    assert (found.name, found.postcode, found.latest_income) == ("Mill Lane Pantry", "ME14 1XQ", Decimal(24000))
    assert found.latest_year_end == date(2017, 12, 31)
    assert found.provenance == {"*": ["groups", "2018-07-02"]}
    assert str(found.identifiers.get()) == "GB-CHC-1007778"
    assert found.source_rows.get().data["Organisation name"] == "Mill Lane Pantry"
    assert AuditEntry.objects.filter(action="organisations.finish_import").count() == 1


def test_the_same_list_again_changes_nothing(tmp_path):
    path = write(tmp_path, HEADING, PANTRY, "Choir,,TN1 1AA,,")
    assert counts(read(path)) == (2, 0, 0, 0)
    assert counts(read(path)) == (0, 0, 2, 0)
    assert SourceRow.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_guessed(tmp_path, encoding, delimiter):
    lines = [line.replace(",", delimiter) for line in (HEADING, PANTRY, "Café des Amis – Kent’s,,TN1 1AA,,")]
    run = read(write(tmp_path, *lines, encoding=encoding))
    assert counts(run) == (2, 0, 0, 0)
    assert Organisation.objects.filter(name="Café des Amis – Kent’s").exists()


def test_the_heading_may_stand_under_a_title(tmp_path):
    path = write(tmp_path, "Our groups in 2018,,,,", ",,,,", HEADING, PANTRY)
    assert sheets.sheet_at(path).heading_line == 3
    assert counts(read(path)) == (1, 0, 0, 0)


def test_a_spreadsheet_says_the_same_as_its_csv(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADING.split(","))
    book.active.append(["Mill Lane Pantry", 1007778, "ME14 1XQ", 24000.0, datetime(2017, 12, 31)])
    path = tmp_path / "groups.xlsx"
    book.save(path)
    assert counts(read(path)) == (1, 0, 0, 0)
    found = Organisation.objects.get()
    assert (found.latest_income, found.latest_year_end) == (Decimal(24000), date(2017, 12, 31))
    assert str(found.identifiers.get()) == "GB-CHC-1007778"
    assert counts(read(path)) == (0, 0, 1, 0)


BAD = {
    "no name": (",1007778,,,", "no name"),
    "too few columns": ("Choir,", "2 columns"),
    "too many columns": ("Choir,,,,,,more", "7 columns"),
    "the same again": (PANTRY.replace("Pantry", "Larder"), "earlier line"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_row_is_refused_by_its_line(tmp_path, fault):
    row, said = BAD[fault]
    run = read(write(tmp_path, HEADING, PANTRY, row, "Southdown Singers,,TN1 1AA,,"))
    assert counts(run) == (2, 0, 0, 1)
    assert list(reasons(run)) == [3]
    assert said in reasons(run)[3]


def test_a_row_in_quotes_over_two_lines_counts_from_its_first(tmp_path):
    run = read(write(tmp_path, "Name,About", '"Choir","We sing\r\nwell"', ",nobody"))
    assert (run.added, list(reasons(run))) == (1, [4])


def test_an_organisation_is_found_again_by_its_number(tmp_path):
    known = Organisation.objects.create(reference="ORG-7K2M", name="Pantry of Mill Lane")
    known.identifiers.create(scheme="GB-CHC", value="1007778")
    assert counts(read(write(tmp_path, HEADING, PANTRY))) == (0, 1, 0, 0)
    assert Organisation.objects.get().latest_income == Decimal(24000)


def there(reference: str, name: str) -> Organisation:
    """An organisation at ME14 1XQ that is in the register already."""
    found = Organisation.objects.create(reference=reference, name=name, postcode="ME14 1XQ")
    search.index([found.pk])
    return found


def test_an_organisation_is_found_again_by_exact_name_and_postcode(tmp_path):
    there("ORG-7K2M", "The Mill Lane Pantry Limited")
    assert counts(read(write(tmp_path, "Name,Postcode", "MILL LANE PANTRY LTD.,ME14 1XQ"))) == (0, 1, 0, 0)
    assert counts(read(write(tmp_path, "Name,Postcode", "Mill Lane Pantry,ME14 1XQ", name="b.csv"))) == (1, 0, 0, 0)


def test_a_number_that_contradicts_means_another_organisation(tmp_path):
    known = there("ORG-7K2M", "Mill Lane Pantry")
    known.identifiers.create(scheme="GB-CHC", value="1007779")
    assert counts(read(write(tmp_path, HEADING, PANTRY))) == (1, 0, 0, 0)


def test_two_that_could_be_meant_are_refused(tmp_path):
    for reference in ("ORG-7K2M", "ORG-7K2N"):
        there(reference, "Mill Lane Pantry")
    run = read(write(tmp_path, "Name,Postcode", "Mill Lane Pantry,ME14 1XQ"))
    assert "More than one" in reasons(run)[2]


def test_a_less_trusted_list_fills_gaps_and_overrules_nothing(tmp_path):
    known = Organisation.objects.create(
        reference="ORG-7K2M", name="Mill Lane Pantry", provenance={"*": ["ccew", "2018-06-01"]}
    )
    known.identifiers.create(scheme="GB-CHC", value="1007778")
    on_record("ccew", rank=10)
    read(write(tmp_path, "Name,Charity number,Email", "Another Name,1007778,hello@example.org"))
    known.refresh_from_db()
    assert (known.name, known.email) == ("Mill Lane Pantry", "hello@example.org")
    assert known.provenance["email"] == ["groups", "2018-07-02"]


def test_what_columns_mean_is_remembered_for_the_source(tmp_path):
    columns = {"What we are": "name", "Where": "postcode"}
    read(write(tmp_path, "What we are,Where", "Choir,TN1 1AA"), source="lio", columns=columns)
    sheet = sheets.sheet_at(write(tmp_path, "What we are,Where", "Choir,TN1 1AA"))
    assert lists.proposal(sheet, on_record("lio")) == columns


def test_columns_are_told_from_their_values_where_their_names_say_nothing():
    assert mapping.proposed(["A", "B"], [["ME14 1XQ", "TN1 1AA"], ["x@example.org"]], {}) == {
        "A": "postcode",
        "B": "email",
    }


def test_numbers_that_rows_share_are_not_the_rows_own():
    assert mapping.proposed(["Ref", "Club"], [["1", "2"], []], {}) == {"Ref": "row_id", "Club": "name"}
    assert mapping.proposed(["Ref", "Club"], [["1", "1"], []], {}) == {"Ref": "", "Club": "name"}


def test_the_same_name_in_two_towns_is_two(tmp_path):
    run = read(write(tmp_path, "Group,Town", "Age Kind,Deal", "Age Kind,Dover", "Age Kind,Deal"))
    assert (counts(run), list(reasons(run))) == ((2, 0, 0, 1), [4])
    assert sorted(Organisation.objects.values_list("address", flat=True)) == ["Deal", "Dover"]


@pytest.mark.parametrize("columns", [{}, {"Nothing": "name"}, {"Name": "colour"}, {"Name": "name", "Postcode": "name"}])
def test_columns_that_make_no_sense_are_refused(tmp_path, columns):
    with pytest.raises(RuleBroken):
        read(write(tmp_path, "Name,Postcode", "Choir,TN1 1AA"), columns=columns)
    assert not AuditEntry.objects.filter(action__contains="import").exists()


@pytest.mark.parametrize("content", [b"", b"   \n", b"hello\nworld\n", b"PK\x05\x06" + bytes(18), b"\0\1\2\3"])
def test_what_is_no_list_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "groups.csv"
    path.write_bytes(content)
    with pytest.raises(RuleBroken):
        read(path)


@pytest.mark.parametrize(
    ("name", "rows", "nameless"), [("charities_kent_sample", 98, 0), ("charities_uk_sample", 3897, 4)]
)
def test_the_real_lists_come_in(name, rows, nameless):
    path = REAL / f"{name}.csv"
    if not path.exists():
        pytest.skip("The real lists are not in ../shared/data.")
    run = read(path)
    assert (run.added + run.changed, run.refused) == (rows - nameless, nameless)
    assert counts(read(path)) == (0, 0, rows - nameless, nameless)
    plan_anew()


def plan_anew() -> None:
    """Before the test's end, when PostgreSQL looks every foreign key up, by plans that it made for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")

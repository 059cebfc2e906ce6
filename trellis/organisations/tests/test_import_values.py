"""Cells that say nothing, and values that are none: the row comes in without them, and its report says so."""

import json

import pytest

from trellis.organisations.imports import listed, lists, sheets
from trellis.organisations.models import ImportLine, ImportRun, Organisation, SourceRow
from trellis.organisations.tests.lists import counts, on_record, read, without_basis, write
from trellis.organisations.tests.test_import_workbooks import workbook

pytestmark = pytest.mark.django_db
HEADING = "Name,Charity no,Company no,Income,Year end,Active,Tel"
BAD = {
    "an income": ("Choir,,,lots,,,", "“lots” is not an amount in pounds (income)."),
    "a date": ("Choir,,,,31/31/2017,,", "“31/31/2017” is not a date"),
    "a charity number": ("Choir,12,,,,,", "“12” is not a number of the Charity Commission"),
    "a company number": ("Choir,1007778,x9,,,,", "“x9” is not a number of the Companies House"),
}


@pytest.mark.parametrize(
    "nothing", ["n/k", "n/a", "N/A", "NA", "-", "--", "none", "unknown", "Not known", "tbc", "nil", "?"]
)
def test_a_cell_that_says_that_nothing_is_known_is_empty(tmp_path, nothing):
    run = read(write(tmp_path, HEADING, "Choir" + f",{nothing}" * 6))
    assert (counts(run), run.notes) == ((1, 0, 0, 0), {})
    found = Organisation.objects.get()
    assert (found.latest_income, found.phone, found.identifiers.count()) == (None, "", 0)
    assert SourceRow.objects.get().data["Income"] == nothing  # the row as it came


def test_an_identifier_of_a_number_that_is_not_known_is_empty():
    for org_id in ("GB-COH-n/a", "GB-COH-NA", "GB-CHC-"):
        said = listed.organisation({"name": ["Choir"], "org_id": [org_id]})
        assert (said.numbers, said.faults) == ([], [])


def test_whether_it_is_active_can_be_left_out_too():
    said = listed.organisation({"name": ["Choir"], "active": ["perhaps"]})
    assert (said.fields, said.faults) == (
        {"name": "Choir"}, ["“perhaps” does not say whether it is active: yes or no."],
    )  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_a_value_that_is_none_is_left_out_and_its_row_comes_in(tmp_path, page_client, cast, fault):
    row, said = BAD[fault]
    run = read(write(tmp_path, HEADING, row))
    assert (counts(run), run.notes) == ((1, 0, 0, 0), {"faulty": 1})
    page = page_client.get(f"/organisations/import/{run.reference}/", by=cast.olive)
    assert said in page.text
    assert "1 row held something that could not be read" in page.text
    csv = page_client.get(f"/organisations/import/{run.reference}/?outcome=added&format=csv", by=cast.olive).response
    assert said.split("”")[-1] in b"".join(csv).decode()


@pytest.mark.parametrize(
    "total", ["TOTAL", "Total", "Grand total", "Total:", "Totals", "Count", "Sub-total", "Total 34", "Total: £999,999"]
)
def test_a_total_at_the_foot_of_a_list_is_no_organisation(tmp_path, total):
    run = read(write(tmp_path, "Name;Postcode;Income", "Choir;TN1 1AA;9", f"{total};;£999,999"))
    assert (run.added, run.refusals.get().reason[:42]) == (1, "This line is a total, not an organisation.")


@pytest.mark.parametrize("name", ["Total Choir", "Count Us In", "Totally Ash"])
def test_a_name_that_begins_like_a_total_is_one(tmp_path, name):
    assert read(write(tmp_path, "Name,Postcode", f"{name},")).added == 1


def test_an_organisation_that_is_called_total_is_known_by_its_number_or_its_place(tmp_path):
    assert read(write(tmp_path, "Name,Postcode,Charity no", "Total,TN1 1AA,", "Count,,1007778")).added == 2


@pytest.mark.parametrize(
    ("cell", "phone"),
    [(1843000000, "01843000000"), (7700900123, "07700900123"), ("2079460000", "02079460000"), ("01843 000000",) * 2,
     ("4418430000",) * 2, ("184300000",) * 2, ("01843000000",) * 2],
)  # fmt: skip
def test_a_telephone_number_gets_back_the_nought_that_a_spreadsheet_took(tmp_path, cell, phone):
    path = workbook(tmp_path, Groups=[["Name", "Tel"], ["Choir", cell]])
    read(path)
    assert Organisation.objects.get().phone == phone
    assert SourceRow.objects.get().data["Tel"] == str(cell)


def test_a_trial_says_what_would_be_left_out(tmp_path):
    sheet = sheets.sheet_at(write(tmp_path, HEADING, BAD["an income"][0]))
    source = on_record()
    run = ImportRun.objects.create(reference="IMP-1", source=source, mapping=lists.proposal(sheet, source))
    _, _, notes, spool = lists.trial(run, sheet)
    assert notes == {"faulty": 1}
    assert "lots" in json.dumps(next(spool.lines()).changes)


def test_a_number_that_is_none_does_not_make_a_home_an_office(tmp_path):
    lines = ("Name,Charity no,Address", "Choir,n/k,1 High St", "Band,12,2 High St", "Pantry,1007778,3 High St")
    read(write(tmp_path, *lines), record={"contact_basis": "none"})
    assert set(Organisation.objects.values_list("name", "address")) == {
        ("Choir", ""), ("Band", ""), ("Pantry", "3 High St"),
    }  # fmt: skip


def test_a_contact_in_the_place_of_a_date_is_not_kept_without_a_basis(tmp_path):
    lines = ("Name,Charity no,Registered", "Choir,a@b.org,ring 01622 555111", "Band,1007778,02-07-2018 10:30")
    read(write(tmp_path, *lines), record={"contact_basis": "none"})
    kept = json.dumps(list(SourceRow.objects.values_list("data", flat=True)), ensure_ascii=False)
    reports = json.dumps(list(ImportLine.objects.values_list("changes", flat=True)), ensure_ascii=False)
    assert "555111" not in kept + reports and "a@b" not in kept + reports
    assert "02-07-2018 10:30" in kept


def test_what_was_left_out_is_forgotten_with_its_list(tmp_path):
    read(write(tmp_path, HEADING, "Choir,,,,ring 01622 555111,,"))
    without_basis("groups")
    assert "555111" not in json.dumps(list(ImportLine.objects.values_list("changes", flat=True)))

"""Files of every kind say the same as their CSV; those that mean harm do none, and that is said."""

import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import days, feeds, registers, sheets
from trellis.organisations.imports.reading import Reading
from trellis.organisations.models import Organisation, SourceRow
from trellis.organisations.tests.extracts import FIXTURE
from trellis.organisations.tests.lists import counts, read, write
from trellis.places.models import District, Outcode
from trellis.web.csv_files import guarded

SHARED = FIXTURE.parent.parent
CELL = '<table:table-cell office:value-type="{kind}" {value}><text:p>{shown}</text:p></table:table-cell>'
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>{before}
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Notes"><table:table-row><table:table-cell><text:p>hello</text:p></table:table-cell>
</table:table-row></table:table><table:table table:name="Groups">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(folder: Path, rows: str, before: str = "") -> Path:
    path = folder / "groups.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", DOCUMENT.format(rows=rows, before=before))
    return path


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def words(text: str) -> str:
    return CELL.format(kind="string", value="", shown=text)


HEADING = ods_row(*map(words, ("Name", "Charity number", "Income", "Year end", "Postcode")))
PANTRY = ods_row(
    words("Mill Lane <text:s/>Pantry"),
    CELL.format(kind="float", value='office:value="1007778"', shown="1,007,778"),
    CELL.format(kind="currency", value='office:value="24000.5"', shown="£24,000.50"),
    CELL.format(kind="date", value='office:date-value="2017-12-31"', shown="31/12/17"),
    words("ME14 1XQ"), '<table:table-cell table:number-columns-repeated="16380"/>',
)  # fmt: skip
EMPTY = ods_row(
    '<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048000"'
)


@pytest.mark.django_db
def test_an_open_document_says_the_same_as_its_csv(tmp_path):
    path = ods(tmp_path, EMPTY.replace("1048000", "3") + HEADING + PANTRY + EMPTY)
    how = Reading(sheet="Groups")
    assert counts(read(path, reading=how)) == (1, 0, 0, 0)
    found = Organisation.objects.get()
    assert (found.name, found.latest_income, found.latest_year_end, found.postcode) == (
        "Mill Lane Pantry", Decimal("24000.50"), date(2017, 12, 31), "ME14 1XQ",
    )  # fmt: skip
    assert str(found.identifiers.get()) == "GB-CHC-1007778"
    assert counts(read(path, reading=how)) == (0, 0, 1, 0)
    sheet = sheets.sheet_at(path, reading=how)
    assert (sheet.heading_line, sheet.choices) == (4, ("Notes", "Groups"))


def zip_of(folder: Path, name: str, content: bytes, archive: str = "groups.zip") -> Path:
    path = folder / archive
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return path


def workbook_bomb(folder: Path) -> Path:
    """A workbook of a few kilobytes that unpacks to 40 megabytes of nothing."""
    path = folder / "groups.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Name", "Postcode"])
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings2.xml", b" " * (40 << 20))
    return path


def endless_cell(folder: Path) -> Path:
    return ods(folder, HEADING + ods_row(words("x y" * 500_000)))


LAUGHS = '<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HARMFUL = {
    "a workbook that unpacks to nothing": workbook_bomb,
    "a zip that unpacks to nothing": lambda folder: zip_of(folder, "groups.csv", b"a,b\n" * (10 << 20)),
    "a zip without a list": lambda folder: zip_of(folder, "run.exe", b"MZ"),
    "a cell that does not end": endless_cell,
    "words that define words": lambda folder: ods(folder, HEADING + ods_row(words("&b;")), LAUGHS),
    "a row that is there a million times": lambda folder: ods(
        folder, HEADING + PANTRY.replace("<table:table-row ", '<table:table-row table:number-rows-repeated="1048000" ')
    ),
    "a cell that is there in every column": lambda folder: ods(
        folder, HEADING + ods_row(words("x").replace("-cell ", '-cell table:number-columns-repeated="16384" ', 1))
    ),
    "a line that does not end": lambda folder: write(folder, "Name,Postcode", "x" * (5 << 20)),
    "JSON that is nested without end": lambda folder: write(folder, '{"a":' * 100_000),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMFUL)
def test_a_file_that_means_harm_is_refused_in_a_sentence(tmp_path, harm):
    with pytest.raises(RuleBroken) as refusal:
        sheet = sheets.sheet_at(HARMFUL[harm](tmp_path), reading=Reading(sheet="Groups"))
        list(sheet.rows())
    assert str(refusal.value).endswith(".")


@pytest.mark.django_db
def test_formulas_and_html_are_text_and_that_is_said(tmp_path):
    formula, markup = '=HYPERLINK("http://x.example","Choir")', "<script>alert(1)</script> Singers"
    path = write(tmp_path, "Name,Postcode", f'"{formula.replace(chr(34), chr(34) * 2)}",TN1 1AA', f"{markup},TN1 1AB")
    run = read(path)
    assert run.notes == {"formulas": 1, "markup": 1}
    assert set(Organisation.objects.values_list("name", flat=True)) == {formula, markup}
    assert guarded(formula).startswith("'=")


@pytest.mark.django_db
def test_a_broken_row_never_stops_the_rest(tmp_path):
    path = write(tmp_path, "Name,Postcode", "Choir,TN1 1AA", "x" * (1 << 20) + "y,TN1 1AB", "Singers,TN1 1AC")
    run = read(path)
    assert counts(run) == (2, 0, 0, 1)
    assert run.refusals.get().reason == "One of its cells is longer than 1,048,576 characters."


@pytest.mark.parametrize(
    ("dates", "order", "is_sure"),
    [(["3/4/2018", "31/12/2017"], "day", True), (["3/4/2018", "12/31/2017"], "month", True),
     (["3/4/2018"], "day", False)],
)  # fmt: skip
def test_the_order_of_dates_is_told_from_those_that_can_be_read_in_one_way(tmp_path, dates, order, is_sure):
    sheet = sheets.sheet_at(write(tmp_path, "Name,Year end", *(f"Choir,{one}" for one in dates)))
    found = days.order_of(sheet, {"Year end": "year_end"})
    assert (found.order, found.is_sure) == (order, is_sure)


# --- Registers and feeds

COMPANY = (
    "CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostCode,CompanyCategory,CompanyStatus,"
    "IncorporationDate"
)
OSCR = (
    "Charity Number,Charity Name,Registered Date,Known As,Charity Status,Postcode,Constitutional Form,"
    "Main Operating Location,Most recent year income,Year End"
)
CCNI = (
    "Reg charity number,Sub charity number,Charity name,Date registered,Status,Date for financial year ending,"
    "Total income,Public address,Email,What the charity does"
)
SCIO = "SCIO (Scottish Charitable Incorporated Organisation)"
REGISTERS = {
    "companies": (
        COMPANY,
        "MILL LANE CIC,01234567,1 High St,ME14 1XQ,Community Interest Company,Active,02/03/2015",
        ("MILL LANE CIC", "cic", "GB-COH-01234567", date(2015, 3, 2)),
    ),
    "oscr": (
        OSCR,
        f"SC042386,Glen Choir,02/03/2015 00:00,,Active,EH1 1AA,{SCIO},Edinburgh,24000,31/12/2017",
        ("Glen Choir", "cio", "GB-SC-SC042386", date(2015, 3, 2)),
    ),
    "ccni": (
        CCNI,
        "100019,0,Lough Choir,02/03/2015,Up-to-date,31/12/2017,24000,1 High St BT1 1AA,a@b.org,Singing",
        ("Lough Choir", "other", "GB-NIC-100019", date(2015, 3, 2)),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("code", REGISTERS)
def test_a_register_is_known_by_its_columns(tmp_path, code):
    heading, row, said = REGISTERS[code]
    path = write(tmp_path, heading, row, name="download.csv")
    assert registers.recognised(sheets.sheet_at(path).heading).code == code
    assert counts(read(path)) == (1, 0, 0, 0)
    found = Organisation.objects.get()
    assert (found.name, found.legal_form, str(found.identifiers.get()), found.registered_on) == said


@pytest.mark.django_db
def test_of_a_register_only_the_kinds_and_places_that_were_asked_for_come_in(tmp_path):
    served = District.objects.create(code="E07000001", name="North", latitude=51, longitude=0, is_served=True)
    Outcode.objects.create(outcode="ME14", district=served, latitude=51, longitude=0)
    rows = [
        "A CIC,01234567,,ME14 1XQ,Community Interest Company,Active,",
        "B LTD,01234568,,ME14 1XQ,Private Limited Company,Active,",
        "C CIC,01234569,,YO1 7HH,Community Interest Company,Active,",
    ]
    run = read(write(tmp_path, COMPANY, *rows), reading=Reading(forms=("cic",), served=True))
    assert (run.added, run.aside, run.refused) == (1, 2, 0)


GRANT = {
    "id": "360G-x-1", "title": "A grant", "currency": "GBP", "amountAwarded": 500, "awardDate": "2017-03-01T00:00:00Z",
    "fromOpenCall": "Y", "recipientOrganization": [{"id": "GB-CHC-1007778", "name": "Mill Lane Pantry"}],
    "fundingOrganization": [{"id": "GB-CHC-1159982", "name": "A Trust"}],
}  # fmt: skip
BAD_GRANTS = {
    "no identifier": {"id": ""}, "no organisation": {"recipientOrganization": []},
    "no funder": {"fundingOrganization": None}, "not a number": {"amountAwarded": "500"},
    "not a date": {"awardDate": "soon"},
}  # fmt: skip


@pytest.mark.django_db
def test_bad_grants_are_refused_with_their_reason_and_the_rest_is_kept(tmp_path):
    grants = [GRANT, *({**GRANT, "id": f"360G-x-{number}", **bad} for number, bad in enumerate(BAD_GRANTS.values(), 2)),
              "no grant", {**GRANT, "id": "360G-x-9", "amountAwarded": 70}]  # fmt: skip
    path = write(tmp_path, json.dumps({"version": "1.1", "grants": grants}), name="grants.json")
    run = read(path, record={"contact_basis": "none"})
    assert counts(run) == (1, 1, 0, 6)
    reasons = [refusal.reason for refusal in run.refusals.all()]
    assert all(said in reason for said, reason in zip([*BAD_GRANTS, "not an object"], reasons, strict=True)), reasons
    row = SourceRow.objects.get(key="360G-x-1").data
    assert (row["Funding Org:Name"], row["Amount Awarded"], row["Award Date"]) == ("A Trust", "500", "2017-03-01")
    assert counts(read(path)) == (0, 0, 2, 6)


@pytest.mark.django_db
def test_a_feed_of_services_brings_the_organisations_that_give_them(tmp_path):
    giver = {"id": "o1", "name": "Mill Lane Pantry", "email": "a@b.org", "organization_identifiers": [
        {"identifier_scheme": "GB-CHC", "identifier": "1007778"}]}  # fmt: skip
    place = [{"location": {"addresses": [{"address_1": "1 High St", "city": "Town", "postal_code": "ME14 1XQ"}]}}]
    contents = [{"id": "s1", "name": "Food", "organization": giver, "service_at_locations": place},
                {"id": "s2", "name": "Meals", "organization": giver},
                {"id": "s3", "organization": {"name": "x"}}]  # fmt: skip
    run = read(write(tmp_path, json.dumps({"total_items": 3, "contents": contents}), name="feed.json"))
    assert counts(run) == (1, 0, 0, 1)
    found = Organisation.objects.get()
    assert (found.email, found.postcode, str(found.identifiers.get())) == ("a@b.org", "ME14 1XQ", "GB-CHC-1007778")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "recipients", "refused"), [("360giving_two_funders", 1017, 0), ("360giving_old_style_200", 200, 0)]
)
def test_real_grants_come_in(name, recipients, refused):
    path = SHARED / "grants" / f"{name}.json"
    if not path.exists():
        pytest.skip("The real grants are not in ../shared/data.")
    run = read(path)
    assert (run.added, run.refused) == (recipients, refused)
    assert counts(read(path)) == (0, 0, run.added + run.changed, refused)


@pytest.mark.parametrize("name", ["organization_list", "organization_full", "service_list", "service_full"])
def test_the_samples_of_open_referral_are_known(name):
    path = SHARED / "oruk_samples" / f"{name}.json"
    if not path.exists():
        pytest.skip("The samples are not in ../shared/data.")
    sheet = sheets.sheet_at(path)
    assert (sheet.kind, registers.recognised(sheet.heading).code) == (feeds.SERVICES, "services")
    assert [cells[1] for _, cells in sheet.rows()] == ["Example Organization Inc."]


@pytest.mark.parametrize(
    "found",
    [{"id": "1", "name": "Help", "description": "", "uri": "http://x.example", "version": "1"},
     {"id": "1", "name": "Help", "description": "", "taxonomy_terms": [{"id": "2", "name": "Food"}]},
     {"contents": [{"id": "1", "name": "Help", "description": "", "parent_id": "0", "term_uri": "http://x.example"}]}],
)  # fmt: skip
def test_words_for_services_are_no_organisations(tmp_path, found):
    with pytest.raises(RuleBroken, match="This is a taxonomy of Open Referral UK"):
        sheets.sheet_at(write(tmp_path, json.dumps(found), name="taxonomy.json"))


@pytest.mark.parametrize("name", ["taxonomy", "taxonomy_list", "taxonomy_term", "taxonomy_term_list"])
def test_the_sample_taxonomies_of_open_referral_are_refused(name):
    path = SHARED / "oruk_samples" / f"{name}.json"
    if not path.exists():
        pytest.skip("The samples are not in ../shared/data.")
    with pytest.raises(RuleBroken, match="This is a taxonomy"):
        sheets.sheet_at(path)

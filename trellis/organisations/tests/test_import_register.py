from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT
from trellis.core.errors import RuleBroken
from trellis.organisations import search
from trellis.organisations.imports import register, runs
from trellis.organisations.models import ImportRun, Organisation, SourceRow, YearEnd
from trellis.organisations.tests.extracts import FIXTURE, as_json, charity, line, side, text, write, zipped
from trellis.places.models import District, Postcode

pytestmark = pytest.mark.django_db


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.added, run.changed, run.unchanged, run.refused


def read(path) -> ImportRun:
    return register.import_charities(path=path, by=IMPORT)


def refusals(run: ImportRun) -> list[dict]:
    return list(runs.refusals(run, main_table="charity"))


@pytest.fixture
def fixture():
    if not FIXTURE.exists():
        pytest.skip("The register's fixture is not in ../shared/data.")
    return FIXTURE


def test_import_charities_takes_what_a_row_says(tmp_path):
    district = District.objects.create(code="E07000901", name="North", latitude=51.4, longitude=0.5)
    Postcode.objects.create(postcode="ME141XQ", latitude=51.27, longitude=0.52, district=district)

    run = read(write(tmp_path, "charity", [charity(203460, charity_company_registration_number="123456")]))

    assert counts(run) == (1, 0, 0, 0)
    found = Organisation.objects.get()
    assert (found.name, found.legal_form, found.status) == ('THE "MILL LANE" PANTRY', "cio", "active")
    assert (found.latest_income, found.latest_year_end) == (Decimal("24000"), date(2017, 12, 31))
    assert (found.district, found.district_is_guess, found.postcode) == (district, False, "ME14 1XQ")
    assert found.website == "https://www.example.org"
    assert {str(number) for number in found.identifiers.all()} == {"GB-CHC-203460", "GB-COH-00123456"}
    assert found.provenance == {"*": ["ccew", "2018-06-01"]}
    assert found.years.get().expenditure == Decimal("23500")
    assert found.source_rows.get().data["charity_name"] == 'THE "MILL LANE" PANTRY'
    assert "latest_expenditure" in found.source_rows.get().data


def test_import_charities_audits_its_start_and_its_end(tmp_path):
    run = read(write(tmp_path, "charity", [charity(203460)]))
    actions = (
        AuditEntry.objects.filter(subject=f"import {run.reference}").order_by("id").values_list("action", flat=True)
    )
    assert list(actions) == ["organisations.start_import", "organisations.finish_import"]


def test_the_same_extract_again_changes_nothing(tmp_path):
    path = write(tmp_path, "charity", [charity(203460), charity(203461, charity_name="Choir")])
    read(path)
    assert counts(read(path)) == (0, 0, 2, 0)


def test_another_day_of_extract_alone_is_no_change(tmp_path):
    read(write(tmp_path, "charity", [charity(203460)]))
    run = read(write(tmp_path, "charity", [charity(203460, date_of_extract="2018-07-01 00:00:00.0000000")]))
    assert counts(run) == (0, 0, 1, 0)


def test_a_changed_row_changes_its_organisation_and_keeps_its_years(tmp_path):
    read(write(tmp_path, "charity", [charity(203460)]))
    later = {"latest_income": "31000", "latest_acc_fin_period_end_date": "2018-12-31 00:00:00.0000000"}
    run = read(write(tmp_path, "charity", [charity(203460, charity_name="Mill Lane Larder", **later)]))

    assert counts(run) == (0, 1, 0, 0)
    found = Organisation.objects.get()
    assert (found.name, found.latest_income) == ("Mill Lane Larder", Decimal("31000"))
    assert [year.income for year in found.years.all()] == [Decimal("24000"), Decimal("31000")]


def test_an_empty_income_is_unknown_and_not_nought(tmp_path):
    read(write(tmp_path, "charity", [charity(203460, latest_income=""), charity(203461, latest_income="0")]))
    assert list(Organisation.objects.order_by("id").values_list("latest_income", flat=True)) == [None, Decimal(0)]


def test_a_removed_charity_becomes_removed(tmp_path):
    read(write(tmp_path, "charity", [charity(203460)]))
    gone = {"charity_registration_status": "Removed", "date_of_removal": "2018-05-01 00:00:00.0000000"}
    read(write(tmp_path, "charity", [charity(203460, **gone)]))
    found = Organisation.objects.get()
    assert (found.status, found.removed_on) == ("removed", date(2018, 5, 1))


def test_a_linked_charity_is_an_organisation_of_its_own(tmp_path):
    linked = charity(1666, registered_charity_number="203460", linked_charity_number="2", charity_name="Branch")
    read(write(tmp_path, "charity", [charity(203460), linked]))
    assert str(Organisation.objects.get(name="Branch").identifiers.get()) == "GB-CHC-203460-2"


BAD = {
    "too few columns": ("a\tb\tc", "columns"),
    "too many columns": (line("charity", charity(1)) + "\textra", "tab inside a field"),
    "a date that is none": (charity(1, date_of_registration="31/12/1999"), "date_of_registration"),
    "an income that is none": (charity(1, latest_income="lots"), "latest_income"),
    "an income below nought": (charity(1, latest_income="-5"), "latest_income"),
    "an income that is not finite": (charity(1, latest_income="NaN"), "latest_income"),
    "no name": (charity(1, charity_name="  "), "no name"),
    "a name far too long": (charity(1, charity_name="x" * 256), "256"),
    "no number": (charity(1, registered_charity_number=""), "registered_charity_number"),
    "a number that is none": (charity(1, registered_charity_number="12a"), "registered_charity_number"),
    "no organisation number": (charity(1, organisation_number="NULL"), "organisation_number"),
    "bytes that are not UTF-8": (charity(1, charity_name="Caf\udce9"), "UTF-8"),
    "a NUL byte": (charity(1, charity_name="Ca\0fe"), "NUL"),
    "a status that is unknown": (charity(1, charity_registration_status="Asleep"), "Asleep"),
    "a number twice": (charity(203460, charity_name="Again"), "earlier line"),
    "another charity's number": (charity(1, registered_charity_number="203460"), "203460"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_bad_row_is_refused_by_its_line_and_stops_nothing(tmp_path, fault, end):
    row, said = BAD[fault]
    path = write(tmp_path, "charity", [charity(203460), row, charity(203461, charity_name="Choir")], end)
    run = read(path)
    assert counts(run) == (2, 0, 0, 1)
    assert [refusal["line"] for refusal in refusals(run)] == [3]
    assert said in refusals(run)[0]["reason"]
    assert set(refusals(run)[0]) == {"line", "reason"}
    assert counts(read(path)) == (0, 0, 2, 1)


def test_the_word_null_is_nothing(tmp_path):
    read(write(tmp_path, "charity", [charity(203460, latest_income="NULL", charity_contact_address1="NULL")]))
    found = Organisation.objects.get()
    assert (found.latest_income, found.address) == (None, "")


def test_a_line_break_inside_a_field_is_mended(tmp_path):
    run = read(write(tmp_path, "charity", [charity(203460, charity_activities="Food\nfor all"), charity(203461)]))
    assert counts(run) == (2, 0, 0, 0)
    assert Organisation.objects.order_by("id").first().activities == "Food\nfor all"


def test_a_short_line_with_a_bare_end_spoils_no_other(tmp_path):
    path = write(tmp_path, "charity", [charity(203460)])
    path.write_bytes(path.read_bytes() + b"a\tb\n" + (line("charity", charity(203461)) + "\r\n").encode())
    run = read(path)
    assert (run.added, [refusal["line"] for refusal in refusals(run)]) == (2, [3])


def test_a_byte_order_mark_and_missing_last_line_end_do_no_harm(tmp_path):
    path = write(tmp_path, "charity", [charity(203460)])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip(b"\r\n"))
    assert counts(read(path)) == (1, 0, 0, 0)


def test_json_says_the_same_as_tab_separated(tmp_path):
    rows = [charity(203460), charity(203461, latest_income="", charity_name="Café ’61")]
    read(write(tmp_path, "charity", rows))
    path = tmp_path / "publicextract.charity.json"
    path.write_bytes(as_json(text("charity", rows)))
    assert counts(read(path)) == (0, 0, 2, 0)


def test_a_broken_entry_of_json_is_refused_by_its_place(tmp_path):
    path = tmp_path / "publicextract.charity.json"
    content = as_json(text("charity", [charity(203460), charity(203461), charity(203462)]))
    path.write_bytes(content.replace(b'"organisation_number": 203461,', b'"organisation_number": 203461,,'))
    run = read(path)
    assert (run.added, [refusal["line"] for refusal in refusals(run)]) == (2, [2])


def test_json_cut_short_loses_only_its_last_entry(tmp_path):
    path = tmp_path / "publicextract.charity.json"
    path.write_bytes(as_json(text("charity", [charity(203460), charity(203461)]))[:-40])
    run = read(path)
    assert (run.added, [refusal["line"] for refusal in refusals(run)]) == (1, [2])


@pytest.mark.parametrize("name", ["publicextract.charity.txt", "whatever.txt", "publicextract.charity.json"])
def test_a_zip_is_read_as_its_members_are(tmp_path, name):
    content = text("charity", [charity(203460)])
    path = zipped(tmp_path / "extract.zip", {name: as_json(content) if name.endswith("json") else content})
    assert counts(read(path)) == (1, 0, 0, 0)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 not a zip", b"[]", b"{}", b"\0\0\0"])
def test_what_is_no_extract_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "publicextract.charity.txt"
    path.write_bytes(content)
    with pytest.raises(RuleBroken):
        read(path)
    assert not ImportRun.objects.exists()


def test_the_whole_fixture_comes_in_clean_and_once(fixture):
    run = read(fixture)
    assert counts(run) == (572, 0, 0, 0)
    assert SourceRow.objects.count() == 572 + 741 + 222 + 1278 + 413 + 572
    assert counts(read(fixture)) == (0, 0, 572, 0)


def test_the_fixture_as_zipped_json_changes_nothing(fixture, tmp_path):
    read(fixture)
    members = {path.with_suffix(".json").name: as_json(path.read_bytes()) for path in fixture.glob("*.txt")}
    assert counts(read(zipped(tmp_path / "all.zip", members))) == (0, 0, 572, 0)


# --- The other tables


def names(number: int, name: str, pk: str = "1", kind: str = "Working name") -> dict[str, str]:
    return side(number, charity_name_id=pk, charity_name_type=kind, charity_name=name)


def test_a_changed_side_row_changes_its_charity_once(tmp_path):
    write(tmp_path, "charity", [charity(203460), charity(203461)])
    write(tmp_path, "charity_other_names", [names(203460, "The Larder", "1"), names(203460, "The Pantry", "2")])
    assert counts(read(tmp_path)) == (2, 0, 0, 0)
    write(tmp_path, "charity_other_names", [names(203460, "Larder", "1"), names(203460, "Pantry", "2")])
    assert counts(read(tmp_path)) == (0, 1, 1, 0)
    found = Organisation.objects.order_by("id").first()
    assert set(found.other_names.values_list("name", flat=True)) == {"Larder", "Pantry"}
    assert counts(read(tmp_path)) == (0, 0, 2, 0)


def test_another_name_is_found_by_search(tmp_path):
    write(tmp_path, "charity", [charity(203460)])
    write(tmp_path, "charity_other_names", [names(203460, "Zebra Larder")])
    read(tmp_path)
    assert search.find("zebra")


def test_what_the_extract_no_longer_says_is_taken_back(tmp_path):
    themes = [
        side(203460, classification_code=code, classification_type="What", classification_description=name)
        for code, name in (("102", "Education"), ("107", "Poverty"))
    ]
    write(tmp_path, "charity", [charity(203460)])
    write(tmp_path, "charity_classification", themes)
    read(tmp_path)
    write(tmp_path, "charity_classification", themes[:1])
    assert counts(read(tmp_path)) == (0, 1, 0, 0)
    assert list(Organisation.objects.get().causes.values_list("code", flat=True)) == ["102"]
    assert counts(read(tmp_path)) == (0, 0, 1, 0)
    write(tmp_path, "charity_classification", themes)
    assert counts(read(tmp_path)) == (0, 1, 0, 0)
    assert Organisation.objects.get().causes.count() == 2


def test_years_of_annual_returns_are_kept(tmp_path):
    write(tmp_path, "charity", [charity(203460)])
    years = [
        side(
            203460,
            fin_period_end_date=f"{year}-12-31 00:00:00.0000000",
            ar_cycle_reference="AR",
            total_gross_income=income,
        )
        for year, income in ((2015, "20000"), (2016, ""), (2017, ""))
    ]
    write(tmp_path, "charity_annual_return_history", years)
    read(tmp_path)
    # 2017 is known from the main table, and an empty return does not unsay it
    assert list(YearEnd.objects.values_list("income", flat=True)) == [Decimal(20000), None, Decimal(24000)]


def test_a_side_row_of_nobody_is_refused_with_its_table(tmp_path):
    write(tmp_path, "charity", [charity(203460)])
    write(tmp_path, "charity_other_names", [names(999999, "Nobody")])
    run = read(tmp_path)
    assert counts(run) == (1, 0, 0, 1)
    assert refusals(run) == [
        {"line": 2, "reason": "No charity has the organisation number 999999.", "table": "charity_other_names"}
    ]


def test_a_side_row_waits_for_its_charity_when_that_was_refused(tmp_path):
    write(tmp_path, "charity", [charity(203460, latest_income="lots")])
    write(tmp_path, "charity_other_names", [names(203460, "Larder")])
    run = read(tmp_path)
    assert counts(run) == (0, 0, 0, 1)
    write(tmp_path, "charity", [charity(203460)])
    assert counts(read(tmp_path)) == (1, 0, 0, 0)
    assert Organisation.objects.get().other_names.get().name == "Larder"
    assert counts(read(tmp_path)) == (0, 0, 1, 0)


def test_an_organisation_of_another_list_is_found_by_its_number(tmp_path):
    known = Organisation.objects.create(reference="ORG-7K2M", name="Mill Lane Pantry", phone="01632 960000")
    known.identifiers.create(scheme="GB-CHC", value="203460")
    run = read(write(tmp_path, "charity", [charity(203460)]))
    assert counts(run) == (0, 1, 0, 0)
    found = Organisation.objects.get()
    assert (found.pk, found.latest_income, found.phone) == (known.pk, Decimal(24000), "01632 960000")


# --- Broken off and taken up


def test_a_run_that_broke_off_is_taken_up_where_it_stood(tmp_path, monkeypatch):
    monkeypatch.setattr(register, "BATCH", 2)
    path = write(
        tmp_path, "charity", [charity(203460 + n, charity_name="" if n == 1 else f"Choir {n}") for n in range(7)]
    )
    count_on = runs.count_on

    def break_off(run, table, line, outcome):
        count_on(run, table, line, outcome)
        if line > 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(runs, "count_on", break_off)
    with pytest.raises(KeyboardInterrupt):
        read(path)
    monkeypatch.setattr(runs, "count_on", count_on)
    broken = ImportRun.objects.get()
    assert (broken.status, broken.added, broken.refused) == ("running", 1, 1)

    run = read(path)
    assert run.pk == broken.pk
    assert counts(run) == (6, 0, 0, 1)
    assert Organisation.objects.count() == 6


def test_a_batch_that_somebody_else_counted_meanwhile_is_rolled_back(tmp_path, monkeypatch):
    path = write(tmp_path, "charity", [charity(203460)])
    start = runs.start_or_resume

    def start_then_other(**fields):
        run = start(**fields)
        ImportRun.objects.update(batches=5)
        return run

    monkeypatch.setattr(runs, "start_or_resume", start_then_other)
    with pytest.raises(RuleBroken, match="Another import is running"):
        read(path)
    assert not Organisation.objects.exists()

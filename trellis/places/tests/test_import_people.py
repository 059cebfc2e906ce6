"""Towns, populations and deprivation: what is loaded, what is passed over, what is refused."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT
from trellis.core.errors import RuleBroken
from trellis.places import commands, queries
from trellis.places.models import District, Town

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
CENSUS, DAY = "A census", date(2018, 3, 1)


@pytest.fixture(autouse=True)
def districts(db):
    District.objects.create(code="E07000901", name="North", population=5, latitude=51.4, longitude=0.5)
    District.objects.create(code="E07000902", name="South", latitude=51.1, longitude=0.6)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def people(folder: Path, *lines: str, on: date = DAY) -> commands.Report:
    path = written(folder, "ltla21_code,district,total_population", *lines)
    return commands.import_population(path=path, counted_on=on, source=CENSUS, by=IMPORT)


def deprivation(folder: Path, *lines: str, on: date = DAY) -> commands.Report:
    path = written(folder, "lsoa11_name,lsoa11_code,ltla21_name,ltla21_code,IMD_decile", *lines)
    return commands.import_deprivation(path=path, published_on=on, source="An index", by=IMPORT)


def test_import_population_keeps_the_newest_and_every_count(tmp_path):
    lines = ("E07000901,North,1310.0", 'E07000902,South,"2,400"', "E07000999,Elsewhere,7")
    assert people(tmp_path, *lines).added == 2
    assert people(tmp_path, *lines).unchanged == 2
    people(tmp_path, "E07000901,North,1200", on=date(2011, 3, 27))
    assert {code: row.people for code, row in queries.latest_population().items()} == {
        "E07000901": 1310,
        "E07000902": 2400,
    }
    assert District.objects.get(name="North").population == 1310
    assert AuditEntry.objects.filter(action="places.import_population").count() == 3


def test_import_deprivation_counts_the_areas_in_the_worst_fifth(tmp_path):
    lines = [f"a,E0100000{place},North,E07000901,{decile}" for place, decile in enumerate((1, 2, 3, "10.0"))]
    report = deprivation(tmp_path, *lines, "b,E01000009,Elsewhere,E07000999,1")
    assert report.added == 1
    row = queries.latest_deprivation()["E07000901"]
    assert (row.areas, row.most_deprived) == (4, 2)
    assert deprivation(tmp_path, *lines).unchanged == 1
    deprivation(tmp_path, *lines[:1], on=date(2010, 1, 1))  # an older edition
    assert queries.latest_deprivation()["E07000901"].areas == 4


@pytest.mark.parametrize(
    ("load", "line", "said"),
    [
        (people, "North,North,5", "code of a district"),
        (people, "E07000901,North,5", "earlier line"),
        (people, "E07000902,South,many", "not a number"),
        (people, "E07000902,South,nan", "not a whole number"),
        (people, "E07000902,South,-4", "not a whole number"),
        (people, "E07000902", "not a number"),
        (deprivation, "a,E01,North,E07000901,1", "code of a small area"),
        (deprivation, "a,E01000001,North,E07000901,11", "not a decile"),
        (deprivation, "a,E01000000,North,E07000901,1", "earlier line"),
    ],
)
def test_a_bad_line_is_refused_by_its_number_and_the_rest_is_kept(tmp_path, load, line, said):
    good = "E07000901,North,5" if load is people else "a,E01000000,North,E07000901,1"
    report = load(tmp_path, good, line)
    assert (report.added, report.refusals[0].line) == (1, 3)
    assert said in report.refusals[0].reason


@pytest.mark.parametrize("load", [people, deprivation])
def test_what_says_nothing_about_us_or_is_of_a_day_to_come_is_refused(tmp_path, load):
    with pytest.raises(RuleBroken, match="says nothing"):
        load(tmp_path)
    with pytest.raises(RuleBroken, match="still to come"):
        load(tmp_path, on=date(2021, 3, 21))
    with pytest.raises(RuleBroken, match="no column for: "):
        commands.import_population(path=written(tmp_path, "a,b"), counted_on=DAY, source="", by=IMPORT)
    with pytest.raises(RuleBroken, match="cannot be read"):
        commands.import_towns(path=tmp_path / "nowhere.csv", by=IMPORT)
    assert not AuditEntry.objects.exists()


def towns(folder: Path, *lines: str) -> commands.Report:
    return commands.import_towns(path=written(folder, "postcode,latitude,longitude,town", *lines), by=IMPORT)


def test_import_towns_lets_people_name_them(tmp_path):
    lines = ("TN23,51.14,0.86,Northam", "TN24,51.16,0.88,Northam", "TN30,51.06,0.70,Otherton")
    assert towns(tmp_path, *lines).added == 3
    assert towns(tmp_path, *lines).unchanged == 3
    found = queries.spot("  NORTHAM ")
    assert (found.name, found.outcodes, found.latitude) == ("Northam", ("TN23", "TN24"), pytest.approx(51.15))
    assert queries.spot("tn30").outcodes == ("TN30",)
    assert list(queries.outcodes_near(found, 6)) == ["TN24", "TN23"]
    assert [one.name for one in queries.spots_beginning("nort")] == ["North", "Northam"]
    assert queries.spot("north").district == "E07000901"
    assert (
        queries.spot("nowhere") is None
        and queries.spot("") is None
        and queries.spot("99") is None
        and queries.spots_beginning("n") == []
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TN23 1AA,51.1,0.8,Northam", "first half"),
        ("TN23,north,0.8,Northam", "not a number"),
        ("TN23,0,0,Northam", "not in the United Kingdom"),
    ],
)
def test_a_town_that_cannot_be_is_refused(tmp_path, line, said):
    report = towns(tmp_path, line)
    assert said in report.refusals[0].reason and not Town.objects.exists()


def test_the_real_files_load(capsys):
    if not SHARED.exists():
        pytest.skip("There is no ../shared/data.")
    District.objects.filter(code="E07000901").update(code="E07000105")
    census = SHARED / "equity" / "kent_medway_census2021_age_sex_households.csv"
    with pytest.raises(RuleBroken, match="still to come"):  # the clock of the tests stands in 2018
        call_command("import_population", str(census), "--on", "2021-03-21", "--source", "Census 2021")
    call_command("import_population", str(census), "--on", "2018-01-01", "--source", "Census 2021", "--json")
    assert json.loads(capsys.readouterr().out)["added"] == 1
    for name in ("lsoa11_imd2019", "lsoa21_imd2025"):
        path = SHARED / "equity" / f"kent_medway_{name}.csv"
        call_command("import_deprivation", str(path), "--on", "2018-01-01", "--source", "An index", "--json")
        assert json.loads(capsys.readouterr().out)["refused"] == 0
    call_command("import_towns", str(SHARED / "places" / "uk_outcodes_gibbs.csv"))
    assert "First halves of postcodes: 2,855 added, 0 changed, 0 unchanged, 1 refused" in capsys.readouterr().out


def test_import_deprivation_keeps_wards_where_the_file_has_them(tmp_path):
    heading = "lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code,IMD_decile"
    lines = [
        "a,E01000001,Docks,E05000001,North,E07000901,1", "b,E01000002,Docks,E05000001,North,E07000901,2",
        "c,E01000003,Docks,E05000001,North,E07000901,9", "d,E01000004,Hill,E05000002,North,E07000901,10",
        "e,E01000005,Unknown,,North,E07000901,1", "f,E01000006,Far,E05000009,Elsewhere,E07000999,1",
    ]  # fmt: skip
    for known in (lines, lines[1:]):  # the second time, an area less
        path = written(tmp_path, heading, *known)
        commands.import_deprivation(path=path, published_on=DAY, source="An index", by=IMPORT)
    found = {row.name: (row.areas, row.most_deprived) for row in queries.latest_wards().values()}
    assert found == {"Docks": (2, 1), "Hill": (1, 0)}
    deprivation(tmp_path, "a,E01000001,North,E07000901,1", on=date(2018, 6, 1))  # a newer edition, without wards
    assert queries.latest_wards().keys() == {"E05000001", "E05000002"}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")
def test_the_wards_of_the_index_of_2025_are_those_of_its_small_areas():
    path = SHARED / "equity" / "kent_medway_lsoa21_imd2025.csv"
    District.objects.create(code="E07000114", name="Thanet", latitude=51.4, longitude=1.4)
    commands.import_deprivation(path=path, published_on=DAY, source="IMD 2025", by=IMPORT)
    wards, whole = queries.latest_wards(), queries.latest_deprivation()["E07000114"]
    assert len(wards) == 23
    assert sum(row.areas for row in wards.values()) == whole.areas
    assert sum(row.most_deprived for row in wards.values()) == whole.most_deprived

from pathlib import Path

import pytest

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT
from trellis.core.errors import RuleBroken
from trellis.places import codepoint, commands, queries
from trellis.places.models import District, Postcode

pytestmark = pytest.mark.django_db
HEADING = "postcode,positional_quality,easting,northing,lat,lon,county_gss,district_gss,district,ward_gss"
ROWS = (
    "ME14 1XQ,10,576400,155800,51.274,0.524,E10000016,E07000901,North,E05000001",
    "ME14 1XR,10,576500,155900,51.275,0.525,E10000016,E07000901,North,E05000001",
    "ME14 2AA,10,577500,156900,51.284,0.540,E10000016,E07000902,South,E05000001",
)
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "places" / "kent_medway_postcodes_codepoint.csv"


def load(folder: Path, *lines: str) -> commands.Report:
    path = folder / "postcodes.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return commands.import_postcodes(path=path, by=IMPORT)


def counts(report: commands.Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, len(report.refusals)


def test_import_postcodes_loads_them_once(tmp_path):
    assert counts(load(tmp_path, HEADING, *ROWS)) == (3, 0, 0, 0)
    assert counts(load(tmp_path, HEADING, *ROWS)) == (0, 0, 3, 0)
    assert AuditEntry.objects.filter(action="places.import_postcodes").count() == 2


def test_a_postcode_that_moved_is_changed(tmp_path):
    load(tmp_path, HEADING, *ROWS)
    assert counts(load(tmp_path, HEADING, ROWS[0].replace("51.274", "51.2741"), *ROWS[1:])) == (0, 1, 2, 0)


def test_a_district_that_is_new_is_a_neighbour_and_not_served(tmp_path):
    District.objects.create(code="E07000901", name="North", latitude=51.4, longitude=0.5)
    load(tmp_path, HEADING, *ROWS)
    assert queries.districts_served() == [District.objects.get(name="North")]
    assert District.objects.get(name="South").is_served is False


def test_the_official_layout_has_no_heading_and_no_latitude(tmp_path):
    assert counts(load(tmp_path, "ME1 1AA,10,574570,168212,E92000001,E19000001,E18000001,,E06000035,E05014465")) == (
        1, 0, 0, 0,
    )  # fmt: skip
    row = Postcode.objects.get()
    assert (row.latitude, row.longitude) == (pytest.approx(51.386104, abs=1e-5), pytest.approx(0.507423, abs=1e-5))
    assert row.district is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("NOWHERE,10,576400,155800,51.2,0.5,,E07000901,North,", "NOWHERE"),
        ("ME14 9ZZ,10,east,155800,51.2,0.5,,E07000901,North,", "easting"),
        ("ME14 9ZZ,10,nan,155800,51.2,0.5,,E07000901,North,", "easting"),
        ("ME14 9ZZ,90,0,0,,,,E07000901,North,", "position"),
        ("ME14 9ZZ,10,576400,155800,91.2,0.5,,E07000901,North,", "latitude"),
        ("ME14 9ZZ,10,576400,155800,51.2,0.5,,North,North,", "code of a district"),
        ("ME14 9ZZ,10", "columns"),
        ("me141xq,10,576400,155800,51.2,0.5,,E07000901,North,", "earlier line"),
    ],
)
def test_a_bad_row_is_refused_by_its_line(tmp_path, row, said):
    report = load(tmp_path, HEADING, ROWS[0], row, ROWS[1])
    assert counts(report) == (2, 0, 0, 1)
    assert report.refusals[0].line == 3
    assert said in report.refusals[0].reason


def test_what_is_no_list_of_postcodes_is_refused(tmp_path):
    with pytest.raises(RuleBroken, match="not a Code-Point Open file"):
        load(tmp_path, "hello", "world")
    assert not AuditEntry.objects.exists()


def test_a_postcode_that_is_loaded_is_placed_exactly(tmp_path):
    load(tmp_path, HEADING, *ROWS)
    place = queries.district_for("me14 1xq")
    assert (place.district.name, place.exact, place.latitude) == ("North", True, 51.274)


def test_a_postcode_that_is_not_loaded_is_guessed_from_its_first_half(tmp_path):
    load(tmp_path, HEADING, *ROWS)
    place = queries.district_for("ME14 9ZZ")
    assert (place.district.name, place.exact) == ("North", False)
    assert queries.district_for("TN1 1AA") is None
    assert queries.district_for("hello") is None


def test_many_postcodes_cost_three_queries_at_most(tmp_path, django_assert_max_num_queries):
    load(tmp_path, HEADING, *ROWS)
    with django_assert_max_num_queries(3):
        found = queries.places_for(["ME14 1XQ", "ME14 9ZZ", "TN1 1AA", "ME14 2AA"])
    assert {text: place.district.name for text, place in found.items()} == {
        "ME14 1XQ": "North", "ME14 9ZZ": "North", "ME14 2AA": "South",
    }  # fmt: skip


def test_distance_follows_the_earth():
    greenwich = District(latitude=51.4779, longitude=0.0)
    dover = District(latitude=51.1279, longitude=1.3134)
    assert queries.distance_km(greenwich, dover) == pytest.approx(99.3, abs=1)
    assert queries.distance_km(dover, dover) == 0


def test_the_real_postcodes_load_and_load_again(tmp_path):
    if not REAL.exists():
        pytest.skip("The postcodes are not in ../shared/data.")
    assert not [row for _, row in codepoint.read(REAL) if isinstance(row, codepoint.Refusal)]
    some = REAL.read_text(encoding="utf-8").splitlines()[:5001]
    assert counts(load(tmp_path, *some)) == (5_000, 0, 0, 0)
    assert counts(load(tmp_path, *some)) == (0, 0, 5_000, 0)


def test_the_ward_of_a_postcode_is_kept_and_looked_up(tmp_path):
    load(tmp_path, HEADING, *ROWS[:2], ROWS[2].replace("E05000001", ""))
    assert queries.wards_of(["ME14 1XQ", "ME14 2AA", "TN1 1AA", ""]) == {"ME14 1XQ": "E05000001"}
    assert counts(load(tmp_path, HEADING, ROWS[0].replace("E05000001", "E05000002"), ROWS[1])) == (0, 1, 1, 0)

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT
from trellis.core.errors import RuleBroken
from trellis.places import commands, geojson, queries
from trellis.places.models import Boundary, District

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "places" / "kent_medway_districts.geojson"
SQUARE = [[0.5, 51.2], [0.6, 51.2], [0.6, 51.3], [0.5, 51.3], [0.5, 51.2]]


def feature(code: str = "E07000901", kind: str = "Polygon", coordinates: object = None) -> dict:
    geometry = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"LAD13CD": code, "LAD13NM": "North"}, "geometry": geometry}


def load(folder: Path, *features: object, text: str = "") -> commands.Report:
    path = folder / "districts.geojson"
    path.write_text(text or json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return commands.import_boundaries(path=path, source="An atlas", by=IMPORT)


@pytest.fixture
def north(db) -> District:
    return District.objects.create(code="E07000901", name="North", latitude=51.4, longitude=0.5)


def test_import_boundaries_loads_them_once(north, tmp_path):
    assert load(tmp_path, feature()).added == 1
    again = load(tmp_path, feature())
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert AuditEntry.objects.filter(action="places.import_boundaries").count() == 2
    [ring] = queries.outlines()["E07000901"]
    assert ring[0] == ring[-1] and len(ring) == 5
    width = max(east for east, _ in ring) - min(east for east, _ in ring)
    assert width == pytest.approx(7_000, abs=300)  # a tenth of a degree of longitude at this latitude
    assert queries.outlines_source() == "An atlas"


def test_there_is_no_map_while_a_district_lacks_its_outline(north, tmp_path):
    load(tmp_path, feature())
    District.objects.create(code="E07000902", name="South", latitude=51.1, longitude=0.6)
    assert queries.outlines() == {}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("nothing", "not a feature"),
        (feature(code="E07000999"), "not a district that is known here"),
        (feature(code="North"), "no code of a district"),
        (feature(kind="Point", coordinates=[0.5, 51.2]), "not drawn as a polygon"),
        (feature(coordinates=[]), "no outline"),
        (feature(coordinates=[SQUARE[:-1]]), "not closed"),
        (feature(coordinates=[[*SQUARE[:-1], SQUARE[0]][:3]]), "not closed"),
        (feature(coordinates=[[["a", "b"]] * 4]), "longitude and a latitude"),
        (feature(coordinates=[[[546703, 160652]] * 4]), "not in Great Britain"),
        (feature(coordinates=[[[0.5, 51.2]] * 4]), "too small to draw"),
        (feature(), "earlier feature"),
    ],
)
def test_a_bad_feature_is_refused_by_its_number_and_the_rest_is_kept(north, tmp_path, bad, said):
    report = load(tmp_path, feature(), bad)
    assert report.added == 1
    assert [refusal.line for refusal in report.refusals] == [2] and said in report.refusals[0].reason


@pytest.mark.parametrize("text", ["hello", "[]", '{"type": "FeatureCollection"}', "[" * 100_000, '{"type": "Feature"}'])
def test_what_is_no_geojson_is_refused(north, tmp_path, text):
    with pytest.raises(RuleBroken, match="not a GeoJSON file"):
        load(tmp_path, text=text)
    assert not AuditEntry.objects.exists() and not Boundary.objects.exists()


def test_a_file_of_which_nothing_can_be_taken_is_refused_with_the_first_reason(north, tmp_path):
    with pytest.raises(RuleBroken, match="E07000999 is not a district"):
        load(tmp_path, feature(code="E07000999"))


points = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda point: [100 * point[0], 100 * point[1]])


@given(st.lists(points, min_size=4, max_size=12))
def test_simplifying_never_invents_a_corner_and_closes_what_it_keeps(corners):
    ring = [*corners, corners[0]]
    simple = geojson.simplified(ring)
    assert all(corner in ring for corner in simple)
    assert not simple or simple[0] == simple[-1]


def test_the_real_boundaries_load_and_neighbours_share_their_border(db, tmp_path, capsys):
    if not REAL.exists():
        pytest.skip("The boundaries are not in ../shared/data.")
    features = json.loads(REAL.read_text())["features"]
    for one in features:
        code, name = one["properties"]["LAD13CD"], one["properties"]["LAD13NM"]
        District.objects.create(code=code, name=name, latitude=51.2, longitude=0.5)
    call_command("import_boundaries", str(REAL), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["added"], said["refused"]) == (len(features), 0)
    corners = [{tuple(corner) for ring in rings for corner in ring} for rings in queries.outlines().values()]
    assert all(any(len(one & other) > 10 for other in corners if other is not one) for one in corners)

import csv
from pathlib import Path

import pytest

from trellis.places import grid

CODEPOINT = Path(__file__).resolve().parents[4] / "shared" / "data" / "places" / "kent_medway_postcodes_codepoint.csv"


@pytest.mark.parametrize(
    ("easting", "northing", "latitude", "longitude"),
    [
        # Ordnance Survey's worked example (annex C), Caister water tower, shifted to WGS84 by the same guide
        (651409.903, 313177.270, 52.658008, 1.716077),
        (546703, 160652, 51.326054, 0.104139),  # BR6 7NZ, as published
        (574570, 168212, 51.386104, 0.507423),  # ME1 1AA
    ],
)
def test_a_point_of_the_grid_is_where_it_was_published(easting, northing, latitude, longitude):
    found = grid.latitude_and_longitude(easting, northing)
    assert found == (pytest.approx(latitude, abs=5e-5), pytest.approx(longitude, abs=5e-5))


def test_every_fiftieth_published_postcode_is_within_a_metre():
    if not CODEPOINT.exists():
        pytest.skip("The postcodes are not in ../shared/data.")
    with CODEPOINT.open(encoding="utf-8-sig", newline="") as file:
        for row in list(csv.DictReader(file))[::50]:
            latitude, longitude = grid.latitude_and_longitude(float(row["easting"]), float(row["northing"]))
            assert abs(latitude - float(row["lat"])) * 111_000 < 1
            assert abs(longitude - float(row["lon"])) * 70_000 < 1


@pytest.mark.parametrize(
    ("easting", "northing"), [(651409.9, 313177.3), (546703, 160652), (80_000, 5_000), (400_000, 1_200_000)]
)
def test_there_and_back_again_is_where_it_began(easting, northing):
    assert grid.easting_and_northing(*grid.latitude_and_longitude(easting, northing)) == (
        pytest.approx(easting, abs=0.1), pytest.approx(northing, abs=0.1),
    )  # fmt: skip

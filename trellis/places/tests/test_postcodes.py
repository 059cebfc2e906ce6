import pytest

from trellis.places import postcodes


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("ME14 1XQ", "ME141XQ"), ("me14 1xq", "ME141XQ"), ("me141xq", "ME141XQ"), ("  ME14  1XQ ", "ME141XQ"),
        ("ME14 IXQ", "ME141XQ"), ("MEI4 1XQ", "ME141XQ"), ("me1o 1xq", "ME101XQ"), ("M1 OAA", "M10AA"),
        ("SO14 7FX", "SO147FX"), ("EC1A 1BB", "EC1A1BB"), ("W1A 1AA", "W1A1AA"), ("ME14-1XQ", "ME141XQ"),
        ("", None), ("ME14", None), ("hello", None), ("PRESTON", None), ("M5V 3A7", None), ("ME14 1XQ ME14", None),
    ],
)  # fmt: skip
def test_a_postcode_is_read_as_people_type_it(typed, postcode):
    assert postcodes.normalised(typed) == postcode


@pytest.mark.parametrize(
    ("typed", "outcode"), [("me14 1xq", "ME14"), ("ME14", "ME14"), ("me1o", "ME10"), ("W1A", "W1A"), ("hello", None)]
)
def test_the_first_half_is_read_alone_or_from_a_whole_postcode(typed, outcode):
    assert postcodes.outcode(typed) == outcode


@pytest.mark.parametrize(("postcode", "written"), [("ME141XQ", "ME14 1XQ"), ("M10AA", "M1 0AA")])
def test_a_postcode_is_written_as_on_an_envelope(postcode, written):
    assert postcodes.written(postcode) == written

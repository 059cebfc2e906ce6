"""Search knows places: in one, near one, and names that have one in them."""

import pytest

from trellis.organisations import search
from trellis.organisations.models import Organisation
from trellis.organisations.search.answering import understood
from trellis.places.models import District, Outcode, Postcode, Town

# reference, name, postcode: TN23 and TN24 are the town of Northam, of the same district; CT5 lies 30 miles away
REGISTER = (
    ("ORG-1", "Northam Choir", "TN23 1AA"),
    ("ORG-2", "Larder", "TN24 1AA"),
    ("ORG-3", "Harbour Choir", "CT5 1AA"),
    ("ORG-4", "Friends of Northam", "CT5 1AB"),
    ("ORG-5", "Wandering Choir", ""),
    ("ORG-6", "Food Bank", "TN23 1AB"),
)


@pytest.fixture(autouse=True)
def register(db) -> None:
    inland = District.objects.create(code="E07000901", name="Inland", latitude=51.14, longitude=0.86)
    coast = District.objects.create(code="E07000902", name="Sea and Sand", latitude=51.35, longitude=1.03)
    for outcode, town, district, latitude, longitude in (
        ("TN23", "Northam", inland, 51.14, 0.86), ("TN24", "Northam", inland, 51.16, 0.88),
        ("CT5", "Quay", coast, 51.35, 1.40),
    ):  # fmt: skip
        Town.objects.create(outcode=outcode, name=town, latitude=latitude, longitude=longitude)
        Outcode.objects.create(outcode=outcode, district=district, latitude=latitude, longitude=longitude)
    Postcode.objects.create(postcode="TN231AA", latitude=51.1401, longitude=0.8601, district=inland)
    Postcode.objects.create(postcode="TN231AB", latitude=51.13, longitude=0.85, district=inland)
    for reference, name, postcode in REGISTER:
        district = {"T": inland, "C": coast}.get(postcode[:1])
        Organisation.objects.create(reference=reference, name=name, postcode=postcode, district=district)
    search.index(list(Organisation.objects.values_list("pk", flat=True)))
    search.recount()


def names(text: str) -> list[str]:
    found = search.answer(text)
    by_id = dict(Organisation.objects.values_list("pk", "name"))
    return [by_id[pk] for pk in found.ids]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("northam", ["Northam Choir", "Friends of Northam", "Food Bank", "Larder"]),
        ("in northam", ["Food Bank", "Larder", "Northam Choir"]),
        ("choir in inland", ["Northam Choir"]),
        ("choir Sea & Sand", ["Harbour Choir"]),
        ("foodbank northam", ["Food Bank"]),
        ("northam foodbank", ["Food Bank"]),
        ("near TN23", ["Northam Choir", "Food Bank", "Larder"]),
        ("choir near tn24 9zz", ["Northam Choir"]),
        ("foodbank TN24", ["Food Bank"]),
        ("choir near quay", ["Harbour Choir"]),
        ("tn23 1aa", ["Northam Choir"]),
        ("choir in nowhere", []),
        ("submarine in northam", []),
        ("choir", ["Harbour Choir", "Northam Choir", "Wandering Choir"]),
        ("in nortam", ["Friends of Northam", "Northam Choir", "Food Bank", "Larder"]),
        ("choir in Inlnad", ["Northam Choir"]),
        ("choir near nortahm", ["Northam Choir"]),
        ("sea and snad", ["Friends of Northam", "Harbour Choir"]),
        ("choir near atlantis", ["Harbour Choir", "Northam Choir", "Wandering Choir"]),
        ("fodbank near tn23", ["Food Bank"]),
        ("foodbnk", ["Food Bank"]),
    ],
)
def test_answer_understands_places(typed, found):
    assert [name for name in names(typed) if name in names(typed)[: len(found)]] == found


def test_answer_says_how_far_away_each_one_is():
    found = search.answer("near tn23 1aa")
    miles = {Organisation.objects.get(pk=pk).name: away for pk, away in (found.miles or {}).items()}
    assert miles["Northam Choir"] == 0
    assert miles["Food Bank"] == pytest.approx(0.82, abs=0.05)
    assert miles["Larder"] == pytest.approx(1.6, abs=0.1)  # by the middle of TN24
    assert "Harbour Choir" not in miles and found.place == "TN23 1AA"


@pytest.mark.parametrize(
    "typed", ["", "near", "in", "near the", "near near", "in  ", "near ZZ99", "near 999", "\0 near tn23", "at " * 50]
)
def test_answer_survives_what_is_no_place(typed):
    search.answer(typed)


def test_a_word_that_names_no_place_is_left_in_the_name():
    assert understood("friends in need").words == "friends in need"


def test_answer_keeps_within_the_filters():
    coast = Organisation.objects.filter(district="E07000902")
    assert len(search.answer("choir near quay", among=coast).ids) == 1
    assert search.answer("choir near tn23", among=coast).ids == ()

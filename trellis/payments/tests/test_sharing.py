"""Gain and pain share: known answers, then what holds whatever the terms, the costs and the score."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.payments.sharing import reading
from trellis.payments.sharing.sums import share
from trellis.payments.tests import slow_sharing as slow

MEASURE = {"name": "reach", "weight": 1, "actual": 80, "floor": 0, "target": 100}
MET, BEYOND = MEASURE | {"actual": 100}, MEASURE | {"actual": 200}
FEWER = MEASURE | {"actual": 6, "floor": 10, "target": 5}
HALVES = [BEYOND | {"weight": "0.5"}, MEASURE | {"name": "late", "weight": "0.5", "actual": -7}]
THIRDS = [
    {"name": "Cobnut", "share": "0.3", "pain_cap": 100},
    {"name": "Ash", "share": "0.3", "pain_cap": 100},
    {"name": "Bramble", "share": "0.4", "pain_cap": 100},
]


def a_year(**changed):
    return {
        "target_cost": 1000, "actual_cost": 900, "measures": [MEASURE], "gate": "0.5", "gain_ratio": "0.5",
        "pain_ratio": "0.5", "partners": THIRDS,
    } | changed  # fmt: skip


def answer(**changed):
    return reading.as_json(share(reading.terms(a_year(**changed))))


def amounts(found):
    return [one["amount"] for one in found["partners"]]


@pytest.mark.parametrize(
    ("changed", "quality", "pool", "parts", "commissioner"),
    [
        ({}, 0.8, "40.00", ["12.00", "12.00", "16.00"], "60.00"),
        ({"actual_cost": 1000}, 0.8, "0.00", ["0.00", "0.00", "0.00"], "0.00"),
        ({"actual_cost": 1100}, 0.8, "-50.00", ["-15.00", "-15.00", "-20.00"], "-50.00"),
        # the gate blocks a gain and no loss; a score that equals it pays
        ({"gate": "0.8"}, 0.8, "40.00", ["12.00", "12.00", "16.00"], "60.00"),
        ({"gate": "0.8000000000000000000001"}, 0.8, "0.00", ["0.00", "0.00", "0.00"], "100.00"),
        ({"gate": 1, "actual_cost": 1100}, 0.8, "-50.00", ["-15.00", "-15.00", "-20.00"], "-50.00"),
        # a third of a pound over: the penny left goes to the larger remainder, then by name
        ({"actual_cost": 999, "gain_ratio": 1}, 0.8, "0.80", ["0.24", "0.24", "0.32"], "0.20"),
        ({"actual_cost": "999.95", "gain_ratio": 1, "measures": [MET]},
         1.0, "0.05", ["0.01", "0.02", "0.02"], "0.00"),
        # half a penny is a penny, away from nought both ways
        ({"actual_cost": "999.99", "measures": [MET]}, 1.0, "0.01", ["0.00", "0.00", "0.01"], "0.00"),
        ({"actual_cost": "1000.01"}, 0.8, "-0.01", ["0.00", "0.00", "-0.01"], "0.00"),
        # losses stop at the cap, and nobody bears the rest but the commissioner
        ({"actual_cost": 2000}, 0.8, "-500.00", ["-100.00", "-100.00", "-100.00"], "-700.00"),
        ({"actual_cost": 1100, "partners": [THIRDS[0] | {"pain_cap": 0}, THIRDS[1] | {"pain_cap": "7.009"}, THIRDS[2]]},
         0.8, "-50.00", ["0.00", "-7.00", "-20.00"], "-73.00"),
        # less is better: from a floor of 10 to a target of 5, 6 is four fifths of the way
        ({"measures": [FEWER]}, 0.8, "40.00", ["12.00", "12.00", "16.00"], "60.00"),
        # overshoot counts for the score, never for more than the whole pool
        ({"measures": [MEASURE | {"actual": 120}]}, 1.0, "50.00", ["15.00", "15.00", "20.00"], "50.00"),
        ({"measures": [BEYOND], "overshoot": "0.1"}, 1.1, "50.00", ["15.00", "15.00", "20.00"], "50.00"),
        ({"measures": HALVES, "overshoot": "0.2"}, 0.6, "30.00", ["9.00", "9.00", "12.00"], "70.00"),
    ],
)  # fmt: skip
def test_known_answers(changed, quality, pool, parts, commissioner):
    found = answer(**changed)

    assert found["quality"] == quality
    assert (found["pool"], amounts(found), found["commissioner"]) == (pool, parts, commissioner)
    assert [one["name"] for one in found["partners"]] == ["Cobnut", "Ash", "Bramble"]
    assert "-0.00" not in str(found)


def test_the_score_is_not_rounded_before_the_gate():
    thirds = [MEASURE | {"name": str(place), "weight": weight, "actual": 1, "target": 3} for place, weight in
              enumerate(["0.5", "0.5"])]  # fmt: skip
    assert answer(measures=thirds, gate="0.3333333333333333")["pool"] == "16.67"
    assert answer(measures=thirds, gate="0.3333333333333334")["pool"] == "0.00"


# --- Whatever the terms


def parts_of_one(count, places=4):
    """So many decimals that sum to 1 exactly."""
    cuts = st.lists(st.integers(0, 10**places), min_size=count - 1, max_size=count - 1).map(sorted)
    return cuts.map(
        lambda at: [Decimal(b - a).scaleb(-places) for a, b in zip([0, *at], [*at, 10**places], strict=True)]
    )


MONEY = st.decimals(0, 1000, places=3, allow_nan=False)
FIGURES = st.decimals(-50, 50, places=2, allow_nan=False)


@st.composite
def years(draw):
    weights = draw(st.integers(1, 4).flatmap(parts_of_one))
    shares = draw(st.integers(1, 8).flatmap(parts_of_one))
    ends = [draw(st.tuples(FIGURES, FIGURES, FIGURES).filter(lambda one: one[1] != one[2])) for _ in weights]
    return a_year(
        target_cost=draw(MONEY),
        actual_cost=draw(MONEY),
        overshoot=draw(st.sampled_from(["0", "0.25"])),
        gate=draw(st.decimals(0, 1, places=2)),
        gain_ratio=draw(st.decimals(0, 1, places=2)),
        pain_ratio=draw(st.decimals(0, 1, places=2)),
        measures=[
            {"name": f"m{place}", "weight": weight, "actual": actual, "floor": floor, "target": target}
            for place, (weight, (actual, floor, target)) in enumerate(zip(weights, ends, strict=True))
        ],
        partners=[
            {"name": f"p{place}", "share": part, "pain_cap": draw(st.decimals(0, 200, places=3))}
            for place, part in enumerate(shares)
        ],
    )


@given(years())
def test_it_is_what_the_slow_twin_says(document):
    found = share(reading.terms(document))

    assert found.quality == slow.quality(document)
    assert found.pool * 100 == slow.pool_in_pence(document)
    assert {part.name: part.amount * 100 for part in found.parts} == slow.amounts_in_pence(document)


@given(years())
def test_what_holds_whatever_the_terms(document):
    terms = reading.terms(document)
    found = share(terms)
    paid = sum(part.amount for part in found.parts)
    caps = {one.name: one.pain_cap for one in terms.partners}

    assert sum(part.fair for part in found.parts) == found.pool
    assert found.commissioner + paid == found.difference
    everyone = [part.amount for part in found.parts] + [found.commissioner]
    assert not (min(everyone) < 0 < max(everyone)), "nobody gains while another loses"
    assert all(Fraction(-part.amount) <= caps[part.name] for part in found.parts)
    if found.quality < terms.gate:
        assert paid <= 0
    assert found.overflow >= 0
    assert "-0.00" not in str(reading.as_json(found))


@given(years(), st.randoms(use_true_random=False))
def test_the_order_of_partners_and_measures_changes_nothing(document, random):
    mixed = dict(document, partners=list(document["partners"]), measures=list(document["measures"]))
    random.shuffle(mixed["partners"])
    random.shuffle(mixed["measures"])

    found, again = (share(reading.terms(one)) for one in (document, mixed))

    assert {part.name: part.amount for part in again.parts} == {part.name: part.amount for part in found.parts}
    assert [part.name for part in again.parts] == [one["name"] for one in mixed["partners"]]
    assert (again.quality, again.commissioner) == (found.quality, found.commissioner)

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.organisations.rules import sector as rules

years = st.dictionaries(st.integers(1850, 2018), st.integers(1, 50), max_size=30)


@given(years)
def test_every_organisation_has_one_age(by_year):
    assert sum(rules.ages(by_year, 2018).values()) == sum(by_year.values())


@given(years)
def test_half_have_reached_the_middle_age(by_year):
    middle = rules.middle_age(by_year, 2018)
    each = sorted(2018 - year for year, number in by_year.items() for _ in range(number))
    if middle is None:
        assert not each
    else:
        assert 2 * sum(age >= middle for age in each) >= len(each)
        assert 2 * sum(age <= middle for age in each) >= len(each)


@pytest.mark.parametrize(("year", "band"), [(2018, "Under 5 years"), (2014, "Under 5 years"), (2013, "5 to 9 years"),
                                            (1978, "40 years or more"), (1979, "20 to 39 years")])  # fmt: skip
def test_bands_of_age_begin_where_they_say(year, band):
    assert rules.ages({year: 1}, 2018)[band] == 1


def test_the_middle_of_a_few_is_withheld():
    assert rules.middle([Decimal(1)] * 4) is None
    assert rules.middle(map(Decimal, (1, 9, 2, 8, 5, 6))) == Decimal("5.5")


def test_change_counts_those_known_in_both_years():
    was, now = (
        {1: Decimal(5), 2: Decimal(5), 3: Decimal(5), 4: Decimal(5)},
        {2: Decimal(6), 3: Decimal(5), 4: Decimal(1)},
    )
    moved = rules.change(was, now)
    assert (moved.rose, moved.fell, moved.same, moved.known) == (1, 1, 1, 3)


@pytest.mark.parametrize(
    ("here", "people", "everywhere", "is_cold"),
    [
        (0, 100, 10, True),  # 5 expected
        (2, 100, 10, True),
        (3, 100, 10, False),
        (0, 100, 3, False),  # 1.5 expected: one more or less decides
        (0, 0, 10, False),
    ],
)
def test_a_cold_spot_has_less_than_half_of_what_its_people_lead_one_to_expect(here, people, everywhere, is_cold):
    assert rules.is_cold(here, people, everywhere, 200, share=Decimal("0.5"), fewest=2) is is_cold


def test_without_people_there_is_no_cold_spot_and_no_density():
    assert not rules.is_cold(0, 0, 10, 0, share=Decimal("0.5"), fewest=2)
    assert rules.per_thousand(5, 0) is None
    assert rules.per_thousand(3, 2000) == Decimal("1.5")


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1),
    st.dictionaries(st.sampled_from("abcdefghz"), st.integers(0, 50)),
)
def test_wards_by_deprivation_like_counting_each(wards, here):
    known = {ward: (areas, min(worst, areas)) for ward, (areas, worst) in wards.items()}
    found = {kind.name: kind for kind in rules.by_deprivation(known, here)}
    for name, belongs in (
        (rules.HALF, lambda areas, worst: worst / areas >= 0.5),
        (rules.SOME, lambda areas, worst: 0 < worst / areas < 0.5),
        (rules.NONE, lambda areas, worst: worst == 0),
    ):
        mine = [ward for ward, pair in known.items() if belongs(*pair)]
        assert (name in found) == bool(mine)
        if mine:
            areas, number = sum(known[ward][0] for ward in mine), sum(here.get(ward, 0) for ward in mine)
            assert (found[name].wards, found[name].areas, found[name].organisations) == (len(mine), areas, number)
            assert abs(float(found[name].per_ten_areas) - 10 * number / areas) <= 0.0501

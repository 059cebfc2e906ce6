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

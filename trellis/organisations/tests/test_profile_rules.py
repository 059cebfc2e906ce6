"""Sizes of organisations, by the rulebook."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.organisations import queries, rules

TODAY = date(2018, 7, 2)


@pytest.mark.parametrize(
    ("income", "band"),
    [
        (None, None),
        ("0", "Micro"),
        ("9999.99", "Micro"),
        ("10000", "Small"),
        ("99999.99", "Small"),
        ("100000", "Medium"),
        ("1000000", "Large"),
        ("10000000", "Major"),
        ("100000000", "Super-major"),
        ("99999999999", "Super-major"),
    ],
)
def test_size_band(income, band):
    assert rules.size_band(None if income is None else Decimal(income), queries.size_bands(TODAY)) == band


@given(st.decimals(0, 10**10, places=2))
def test_each_income_is_within_the_limits_of_its_band(income):
    bands = queries.size_bands(TODAY)
    start, end = rules.band_limits(rules.size_band(income, bands), bands)
    assert start <= income and (end is None or income < end)


def test_sizes_begin_with_the_limit_of_support():
    name, (start, end) = next(iter(queries.sizes(TODAY).items()))
    assert (name, start, end) == (queries.UNDER_LIMIT, 0, Decimal(500_000))

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from trellis.core.money import MoneyField, pounds_and_pence, rounded, split, whole_pounds

amounts = some.decimals(-10_000_000, 10_000_000, places=2)
weights = some.lists(some.integers(0, 1000), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("exact", "penny"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1.004999", "1.00")],
)
def test_half_a_penny_rounds_up_whether_decimal_or_fraction(exact, penny):
    assert rounded(Decimal(exact)) == Decimal(penny)
    assert rounded(Fraction(exact)) == Decimal(penny)


@given(some.decimals(-(10**12), 10**12, places=5))
def test_a_fraction_rounds_as_the_decimal_it_equals(exact):
    assert rounded(Fraction(exact)) == rounded(exact)


def test_odd_pence_go_to_the_largest_remainder_and_ties_to_the_earliest():
    assert split(Decimal("0.05"), [1, 1, 1, 1]) == [Decimal("0.02"), *[Decimal("0.01")] * 3]
    assert split(Decimal("1.00"), [1, 2, 3]) == [Decimal("0.17"), Decimal("0.33"), Decimal("0.50")]
    assert split(Decimal("-0.05"), [1, 1, 1, 1]) == [Decimal("-0.02"), *[Decimal("-0.01")] * 3]


def test_a_part_always_shows_its_pence():
    assert str(split(Decimal(10), [1, 1])[0]) == "5.00"


def slow_split(pounds: Decimal, weights: list[int]) -> list[Decimal]:
    """Penny by penny to whoever is furthest behind what they are owed."""
    owed = [Fraction(abs(pounds)) * 100 * weight / sum(weights) for weight in weights]
    given_out = [int(part) for part in owed]
    while sum(given_out) < abs(pounds) * 100:
        behind = [part - pence for part, pence in zip(owed, given_out, strict=True)]
        given_out[behind.index(max(behind))] += 1
    return [Decimal(pence if pounds >= 0 else -pence) / 100 for pence in given_out]


@given(amounts, weights)
def test_parts_sum_to_the_whole_and_agree_with_the_slow_split(pounds, weights):
    parts = split(pounds, weights)
    assert sum(parts) == pounds
    assert parts == slow_split(pounds, weights)


@given(amounts, weights)
def test_no_part_is_a_penny_away_from_its_exact_share(pounds, weights):
    for part, weight in zip(split(pounds, weights), weights, strict=True):
        assert abs(Fraction(part) - Fraction(pounds) * weight / sum(weights)) < Fraction(1, 100)


@pytest.mark.parametrize(("pounds", "weights"), [("1.00", []), ("1.00", [0, 0]), ("1.00", [2, -1]), ("0.001", [1])])
def test_what_cannot_be_split_is_refused(pounds, weights):
    with pytest.raises(ValueError, match="whole pence|weights"):
        split(Decimal(pounds), weights)


@given(amounts)
def test_the_field_keeps_every_penny(pounds):
    field = MoneyField()
    stored = field.get_prep_value(pounds)
    assert isinstance(stored, int)
    assert field.from_db_value(stored, None, None) == pounds


def test_the_field_refuses_a_fraction_of_a_penny_and_keeps_none():
    field = MoneyField()
    with pytest.raises(ValueError, match="not whole pence"):
        field.get_prep_value(Decimal("0.001"))
    assert field.get_prep_value(None) is field.from_db_value(None, None, None) is None


def test_the_field_reads_text_and_says_how_to_write_it():
    assert MoneyField().to_python("12.50") == Decimal("12.50")
    with pytest.raises(ValidationError, match="Enter an amount in pounds"):
        MoneyField().to_python("twelve")


def test_money_is_written_with_pence_or_without():
    assert pounds_and_pence(Decimal("448547.14")) == "£448,547.14"
    assert whole_pounds(Decimal("1500694.75")) == "£1,500,695"
    assert pounds_and_pence(Decimal("-0.5")) == "−£0.50"
    assert whole_pounds(Decimal("-0.4")) == "£0"

"""Money: Decimal pounds in Python, whole pence in the database."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import models

PENNY = Decimal("0.01")


def rounded(pounds: Decimal | Fraction) -> Decimal:
    """Pounds to the penny, half up (away from nought): the only rounding of money in Trellis.

    A Fraction is rounded from its exact value, which no Decimal may be able to hold.
    """
    if isinstance(pounds, Fraction):
        pence = int(abs(pounds) * 100 + Fraction(1, 2))
        return Decimal(-pence if pounds < 0 else pence).scaleb(-2)
    return pounds.quantize(PENNY, rounding=ROUND_HALF_UP)


def split(pounds: Decimal, weights: Sequence[Decimal | Fraction | int]) -> list[Decimal]:
    """Split pounds by weights so that the parts sum to the whole, to the penny.

    Largest remainder (Hamilton): each part gets its whole pence; the pence left over go to the largest remainders,
    ties to the earliest. `pounds` must be whole pence; weights are non-negative and not all nought. Negative pounds
    split as their mirror image.
    """
    if pounds != rounded(pounds):
        raise ValueError(f"{pounds} is not whole pence")
    # exact fractions: a Decimal quotient would round, and two equal remainders could then differ
    total = sum((Fraction(weight) for weight in weights), Fraction(0))
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative and not all nought")
    pence = int(abs(pounds) * 100)
    exact = [Fraction(weight) * pence / total for weight in weights]
    parts = [int(share) for share in exact]
    remainders = [share - part for share, part in zip(exact, parts, strict=True)]
    leftover = pence - sum(parts)
    for index in sorted(range(len(parts)), key=lambda i: (-remainders[i], i))[:leftover]:
        parts[index] += 1
    sign = -1 if pounds < 0 else 1
    return [Decimal(sign * part).scaleb(-2) for part in parts]


class MoneyField(models.BigIntegerField):
    """Pence in the database, Decimal pounds in Python.

    SQLite keeps a DecimalField as a floating number, and sums of it are wrong in SQL; integers are exact everywhere.
    """

    description = "Pounds, stored as pence"
    _pyi_private_set_type: Decimal  # type: ignore[assignment]  # what django-stubs reads; it knows integers alone
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value, expression, connection):
        """Pence to pounds."""
        return None if value is None else Decimal(value).scaleb(-2)

    def to_python(self, value):
        """Whatever a form or a fixture holds, to Decimal pounds."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError("Enter an amount in pounds, like 1,250.00") from error

    def get_prep_value(self, value):
        """Pounds to pence; a fraction of a penny is a mistake of ours, so it is refused and not rounded."""
        if value is None:
            return None
        pence = Decimal(value) * 100
        if pence != pence.to_integral_value():
            raise ValueError(f"{value} is not whole pence")
        return int(pence)


def pounds_and_pence(pounds: Decimal) -> str:
    """£448,547.14"""
    return _written(rounded(pounds))


def whole_pounds(pounds: Decimal) -> str:
    """£1,500,695"""
    return _written(pounds.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _written(pounds: Decimal) -> str:
    return f"{'−' if pounds < 0 else ''}£{abs(pounds):,}"

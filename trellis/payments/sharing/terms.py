"""What a sharing is worked out from. All figures are exact fractions; money is in pounds."""

from dataclasses import dataclass
from fractions import Fraction

WHOLE = Fraction(1)


@dataclass(frozen=True)
class Measure:
    """One part of the quality score. A target below the floor means that less is better."""

    name: str
    weight: Fraction
    actual: Fraction
    floor: Fraction
    target: Fraction


@dataclass(frozen=True)
class Party:
    """A partner's part of the pool, and the most that it can lose in a year, in pounds."""

    name: str
    share: Fraction
    pain_cap: Fraction


@dataclass(frozen=True)
class Terms:
    """A year's agreed terms with what it cost and how it went.

    `overshoot` is how far above 1 a measure may count; below the `gate` no gain is paid; the ratios are the partners'
    parts of a gain and of a loss. Weights sum to 1, and so do shares.
    """

    target_cost: Fraction
    actual_cost: Fraction
    measures: tuple[Measure, ...]
    overshoot: Fraction
    gate: Fraction
    gain_ratio: Fraction
    pain_ratio: Fraction
    partners: tuple[Party, ...]

"""The sums: quality, the partners' pool, its split and the caps. Nothing is rounded before the pool is.

After the usual model of alliancing: a fixed ratio of the difference from the target cost, a gate of quality before any
gain, and losses that stop at an agreed cap.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trellis.core.money import rounded, split
from trellis.payments.sharing.terms import WHOLE, Measure, Terms

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Part:
    """One partner's part, in pounds: `fair` by share alone, `amount` after its cap. A loss is negative."""

    name: str
    fair: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Shared:
    """A year shared out. Money in pounds to the penny; `quality` exact.

    `pool` is the partners' before caps; `commissioner` all of the difference that is not the partners'.
    """

    quality: Fraction
    difference: Decimal
    pool: Decimal
    parts: tuple[Part, ...]
    commissioner: Decimal

    @property
    def overflow(self) -> Decimal:
        """What the caps keep from the partners: the commissioner's, and not shared out again. In pounds, 0 or more."""
        return sum((part.amount - part.fair for part in self.parts), NOTHING)


def share(terms: Terms) -> Shared:
    """Share out the difference between the target cost and what was spent."""
    difference, score = terms.target_cost - terms.actual_cost, quality(terms)
    pool = rounded(_pool(terms, difference, score))
    parts = _parts(terms, pool)
    paid = sum((part.amount for part in parts), NOTHING)
    return Shared(score, rounded(difference), pool, parts, rounded(difference) - paid)


def quality(terms: Terms) -> Fraction:
    """The score of a year: each measure's way from floor to target, by weight. 1 where every target is just met."""
    return sum((one.weight * reached(one, terms.overshoot) for one in terms.measures), Fraction(0))


def reached(measure: Measure, overshoot: Fraction) -> Fraction:
    """How far a measure is from its floor (0) to its target (1), and no further than the overshoot allows."""
    way = (measure.actual - measure.floor) / (measure.target - measure.floor)
    return min(max(way, Fraction(0)), WHOLE + overshoot)


def _pool(terms: Terms, difference: Fraction, score: Fraction) -> Fraction:
    """The partners' part of the difference: a gain only from the gate on, a loss whatever the score."""
    if difference <= 0:
        return terms.pain_ratio * difference
    return terms.gain_ratio * difference * min(score, WHOLE) if score >= terms.gate else Fraction(0)


def _parts(terms: Terms, pool: Decimal) -> tuple[Part, ...]:
    # by name, so that a penny left over goes to the same partner in whatever order they are written
    in_order = sorted(terms.partners, key=lambda one: one.name)
    fair = dict(zip((one.name for one in in_order), split(pool, [one.share for one in in_order]), strict=True))
    return tuple(Part(one.name, fair[one.name], _capped(fair[one.name], one.pain_cap)) for one in terms.partners)


def _capped(fair: Decimal, cap: Fraction) -> Decimal:
    """A loss stops at the cap; where that is no whole penny, at the penny before it. Never minus nought."""
    if -fair <= cap:
        return fair
    return NOTHING - Decimal(int(cap * 100)).scaleb(-2)

"""The same answers by other roads: by search instead of a formula, by areas instead of draws, one case at a time."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations

Row = Sequence[Fraction]


def slow_weights(criteria: list[dict], share: Fraction = Fraction(1)) -> dict[str, Fraction]:
    """Straight from the file's tree: each path from the top multiplied out."""
    found: dict[str, Fraction] = {}
    for criterion in criteria:
        part = share * Fraction(criterion["swing"]) / sum(Fraction(one["swing"]) for one in criteria)
        found |= slow_weights(criterion["children"], part) if "children" in criterion else {criterion["name"]: part}
    return found


def value_with(values: Row, weights: Row, leaf: int, weight: Fraction) -> Fraction:
    """An option's value when one leaf has this weight and the others share the rest as they did."""
    others = sum(each for place, each in enumerate(weights) if place != leaf)
    return sum(
        ((weight if place == leaf else (1 - weight) * each / others) * value
         for place, (each, value) in enumerate(zip(weights, values, strict=True))),
        Fraction(0),
    )  # fmt: skip


def searched_crossing(one: Row, other: Row, weights: Row, leaf: int) -> float | None:
    """Where the difference of two options changes its sign, by halving the interval 60 times."""

    def ahead(weight: Fraction) -> Fraction:
        return value_with(one, weights, leaf, weight) - value_with(other, weights, leaf, weight)

    low, high = Fraction(0), Fraction(1)
    if ahead(low) * ahead(high) >= 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if ahead(low) * ahead(middle) > 0 else (low, middle)
    return float(low)


Point = tuple[Fraction, Fraction]


def exact_shares(values: Sequence[Row]) -> list[list[Fraction]]:
    """The exact share of the weights of 2 or 3 leaves at which each option has each rank: lengths, or areas."""
    simplex = SEGMENT if len(values[0]) == 2 else TRIANGLE
    shares = [[Fraction(0)] * len(values) for _ in values]
    for order in permutations(range(len(values))):
        part = simplex
        for better, worse in zip(order, order[1:], strict=False):
            part = clipped(part, edge(values[better], values[worse]))
        for rank, option in enumerate(order):
            shares[option][rank] += size(part) / size(simplex)
    return shares


SEGMENT = [(Fraction(0), Fraction(0)), (Fraction(1), Fraction(0))]
TRIANGLE = [(Fraction(0), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))]


def edge(better: Row, worse: Row) -> Callable[[Point], Fraction]:
    """How far ahead one option is at weights (x, y, 1 − x − y), or (x, 1 − x) where there are two."""
    gaps = [one - other for one, other in zip(better, worse, strict=True)]

    def ahead(point: Point) -> Fraction:
        weights = (*point[: len(gaps) - 1], 1 - sum(point[: len(gaps) - 1]))
        return sum((weight * gap for weight, gap in zip(weights, gaps, strict=True)), Fraction(0))

    return ahead


def clipped(points: list[Point], ahead: Callable[[Point], Fraction]) -> list[Point]:
    """The part of a convex polygon where a linear function is not negative (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for here, there in zip(points, points[1:] + points[:1], strict=True):
        at_here, at_there = ahead(here), ahead(there)
        if at_here >= 0:
            kept.append(here)
        if at_here * at_there < 0:
            part = at_here / (at_here - at_there)
            kept.append((here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])))
    return kept


def size(points: list[Point]) -> Fraction:
    """Of a polygon, its area by the shoelace formula; of points on one line, the length from first to last."""
    if all(y == 0 for _x, y in points):
        return max((x for x, _y in points), default=Fraction(0)) - min((x for x, _y in points), default=Fraction(0))
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum((here[0] * there[1] - there[0] * here[1] for here, there in pairs), Fraction(0))) / 2

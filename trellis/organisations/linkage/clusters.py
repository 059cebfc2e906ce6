"""Clusters of rows that are one organisation: the surest links first, and never two registered numbers together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from trellis.organisations.linkage.links import mean_between
from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name

AGREED = 0.4  # the mean of all pairs between two clusters from which they become one


def clusters(
    rows: Sequence[Record],
    names: Sequence[tuple[Name, ...]],
    pairs: Iterable[tuple[float, int, int]],
    threshold: float,
) -> list[int]:
    """For each row the first row of its cluster. `pairs`: probability and two places among `rows`.

    Two clusters become one by a link of `threshold` or more, unless their registered numbers differ, their names are of
    other towns or have other figures, or most of the pairs between them speak against it.
    """
    made = _Clusters(rows, names)
    ordered = sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))
    for probability, left, right in ordered:
        made.seen(left, right, probability)
    for probability, left, right in ordered:
        if probability < threshold:
            break
        made.join(left, right)
    return made.firsts()


class _Clusters:
    def __init__(self, rows: Sequence[Record], names: Sequence[tuple[Name, ...]]) -> None:
        self._of = list(range(len(rows)))
        self._members = {number: [number] for number in range(len(rows))}
        self._charities = [{row.charity} - {""} for row in rows]
        self._companies = [{row.company} - {""} for row in rows]
        self._towns = [{town for name in its for town in name.places} for its in names]
        self._figures = [{figure for name in its for figure in name.numbers} for its in names]
        self._between: defaultdict[int, dict[int, tuple[float, int]]] = defaultdict(dict)

    def seen(self, left: int, right: int, probability: float) -> None:
        """Take a pair into account."""
        self._between[left][right] = self._between[right][left] = (probability, 1)

    def join(self, left: int, right: int) -> None:
        """Make one cluster of those of two rows, unless something speaks against it."""
        one, other = self._of[left], self._of[right]
        if one == other or not self._may_join(one, other):
            return
        if (len(self._members[one]), -one) < (len(self._members[other]), -other):
            one, other = other, one
        for number in self._members[other]:
            self._of[number] = one
        self._members[one] += self._members.pop(other)
        for trait in (self._charities, self._companies, self._towns, self._figures):
            trait[one] |= trait[other]
        self._move_between(one, other)

    def _may_join(self, one: int, other: int) -> bool:
        if any(len(numbers[one] | numbers[other]) > 1 for numbers in (self._charities, self._companies)):
            return False
        if any(trait[one] and trait[other] and not trait[one] & trait[other] for trait in (self._towns, self._figures)):
            return False
        total, seen = self._between[one][other]
        return mean_between(total, seen, len(self._members[one]), len(self._members[other])) >= AGREED

    def _move_between(self, one: int, other: int) -> None:
        mine = self._between[one]
        for third, (total, seen) in self._between.pop(other).items():
            self._between[third].pop(other)
            if third != one:
                before = mine.get(third, (0.0, 0))
                mine[third] = self._between[third][one] = (before[0] + total, before[1] + seen)
        mine.pop(other, None)

    def firsts(self) -> list[int]:
        """For each row the first row of its cluster."""
        first = {number: min(members) for number, members in self._members.items()}
        return [first[number] for number in self._of]

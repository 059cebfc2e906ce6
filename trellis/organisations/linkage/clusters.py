"""Clusters of rows that are one organisation: the surest links first, and never two registered numbers together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from trellis.organisations.linkage.links import mean_between
from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name, told_apart

AGREED = 0.4  # the mean of all pairs between two clusters from which they become one


def clusters(
    rows: Sequence[Record],
    names: Sequence[tuple[Name, ...]],
    pairs: Iterable[tuple[float, int, int]],
    threshold: float,
) -> list[int]:
    """For each row the first row of its cluster. `pairs`: probability and two places among `rows`.

    Two clusters become one by a link of `threshold` or more, unless their registered numbers differ, their names are of
    other towns or have other figures, or most of the pairs between them speak against it. A row that has only a name
    comes to one cluster, after the others, and holds no two together: St Mary's is the name of a church in many towns.
    """
    pairs = list(pairs)
    bare = [row.is_bare for row in rows]
    certain = sorted(
        (bare[left] or bare[right], -probability, left, right)
        for probability, left, right in pairs
        if probability >= threshold
    )
    whole = _held_together(len(rows), ((left, right) for *_, left, right in certain))
    made = _Clusters(rows, names, bare)
    for probability, left, right in pairs:
        if whole[left] == whole[right]:  # others are never asked about
            made.seen(left, right, probability)
    for *_, left, right in certain:
        made.join(left, right)
    return made.firsts()


def _held_together(number: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """For each of so many rows one that links lead to from it, the same for all of them."""
    whole = list(range(number))

    def root(one: int) -> int:
        while whole[one] != one:
            whole[one] = one = whole[whole[one]]
        return one

    for left, right in links:
        one, other = root(left), root(right)
        whole[max(one, other)] = min(one, other)
    return list(map(root, whole))


class _Clusters:
    """Clusters as they grow, each by the number of one of its rows. What is known of one is looked up when a link first
    asks for it: most rows have none.
    """

    def __init__(self, rows: Sequence[Record], names: Sequence[tuple[Name, ...]], bare: Sequence[bool]) -> None:
        self._of = list(range(len(rows)))
        self._members: dict[int, list[int]] = {}
        self._bare = bare
        self._traits = cache(lambda number: _traits(rows[number], names[number]))
        self._between: defaultdict[int, dict[int, tuple[float, int]]] = defaultdict(dict)

    def seen(self, left: int, right: int, probability: float) -> None:
        """Take a pair into account."""
        self._between[left][right] = self._between[right][left] = (probability, 1)

    def join(self, left: int, right: int) -> None:
        """Make one cluster of those of two rows, unless something speaks against it."""
        one, other = self._of[left], self._of[right]
        if one == other or not self._may_join(one, other):
            return
        if (self._bare[left] or self._bare[right]) and not (self._is_all_bare(one) or self._is_all_bare(other)):
            return
        if (len(self._rows(one)), -one) < (len(self._rows(other)), -other):
            one, other = other, one
        self._members[one] = [*self._rows(one), *self._rows(other)]
        for number in self._members.pop(other, [other]):
            self._of[number] = one
        for mine, its in zip(self._traits(one), self._traits(other), strict=True):
            mine |= its
        self._move_between(one, other)

    def _rows(self, one: int) -> list[int]:
        return self._members.get(one, [one])

    def _is_all_bare(self, one: int) -> bool:
        return all(map(self._bare.__getitem__, self._rows(one)))

    def _may_join(self, one: int, other: int) -> bool:
        charities, companies, towns, contrasts = zip(self._traits(one), self._traits(other), strict=True)
        if any(len(mine | its) > 1 for mine, its in (charities, companies)):
            return False
        if all(towns) and set.isdisjoint(*towns) or told_apart(*contrasts):
            return False
        total, seen = self._between[one][other]
        return mean_between(total, seen, len(self._rows(one)), len(self._rows(other))) >= AGREED

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
        return [first.get(number, number) for number in self._of]


def _traits(row: Record, its: tuple[Name, ...]) -> tuple[set, ...]:
    """What two rows of a cluster may not have two of: charity and company numbers; of their names towns, contrasts."""
    towns = {town for name in its for town in name.places}
    contrasts = {contrast for name in its for contrast in name.contrasts}
    return {row.charity} - {""}, {row.company} - {""}, towns, contrasts

"""Clusters of rows that are one organisation: the surest links first, and never two registered numbers together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from trellis.organisations.linkage.records import Record

UNSEEN = 0.05  # how likely two rows are one organisation that nothing brought together; as many count as were seen
AGREED = 0.4  # the mean of all pairs between two clusters from which they become one


def clusters(rows: Sequence[Record], pairs: Iterable[tuple[float, int, int]], threshold: float) -> list[int]:
    """For each row the first row of its cluster. `pairs`: probability and two places among `rows`.

    Two clusters become one by a link of `threshold` or more, unless their registered numbers differ or most of the
    pairs between them speak against it.
    """
    made = _Clusters(rows)
    ordered = sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))
    for probability, left, right in ordered:
        made.seen(left, right, probability)
    for probability, left, right in ordered:
        if probability < threshold:
            break
        made.join(left, right)
    return made.firsts()


class _Clusters:
    def __init__(self, rows: Sequence[Record]) -> None:
        self._of = list(range(len(rows)))
        self._members = {number: [number] for number in range(len(rows))}
        self._charities = [{row.charity} - {""} for row in rows]
        self._companies = [{row.company} - {""} for row in rows]
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
        self._charities[one] |= self._charities[other]
        self._companies[one] |= self._companies[other]
        self._move_between(one, other)

    def _may_join(self, one: int, other: int) -> bool:
        if (
            len(self._charities[one] | self._charities[other]) > 1
            or len(self._companies[one] | self._companies[other]) > 1
        ):
            return False
        total, seen = self._between[one][other]
        unseen = min(len(self._members[one]) * len(self._members[other]) - seen, seen)
        return total + unseen * UNSEEN >= AGREED * (seen + unseen)

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

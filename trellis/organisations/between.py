"""What pairs of records say about the organisations that the records are of. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trellis.organisations.linkage import Linkage, Pair, mean_between

SAME = "same"
Ids = tuple[int, int]  # two organisations, the lower number first


class Between(NamedTuple):
    """The pair of records that says most about two organisations, and whether the linkage may take them for one."""

    ids: Ids
    pair: Pair
    may_be_one: bool

    @property
    def is_same(self) -> bool:
        """Whether they look like one, and not like two that have to do with each other."""
        return self.pair.relation == SAME


def organisation_of(record: str) -> int:
    """The organisation that a record is of: 12, of "12" and of "12.3"."""
    return int(record.partition(".")[0])


def ids_of(pair: Pair) -> Ids:
    """The two organisations that a pair of records is of; the same twice where both are of one."""
    one, other = organisation_of(pair.left), organisation_of(pair.right)
    return min(one, other), max(one, other)


def between(found: Linkage) -> list[Between]:
    """For every two organisations the pair that says most, in the order of `found.pairs`.

    A pair that the linkage put into one cluster says more than any that it kept apart. It kept them for a reason where
    the pair by itself would have been enough.
    """
    best: dict[Ids, Pair] = {}
    for pair in found.pairs:
        ids = ids_of(pair)
        if ids[0] != ids[1] and (ids not in best or _weight(found, best[ids]) < _weight(found, pair)):
            best[ids] = pair
    return [
        Between(ids, pair, _is_together(found, pair) or pair.probability < found.threshold)
        for ids, pair in best.items()
    ]


def _weight(found: Linkage, pair: Pair) -> tuple[bool, float]:
    return pair.relation == SAME and _is_together(found, pair), pair.probability


def _is_together(found: Linkage, pair: Pair) -> bool:
    return found.clusters.get(pair.left) == found.clusters.get(pair.right)


def chances(pairs: Iterable[Pair], stands: Mapping[int, int], records: Mapping[int, int]) -> dict[Ids, float]:
    """How likely every two organisations are one, from 0 to 1, by all the pairs of their records.

    `stands`: for each organisation of the pairs the one that stands for it by now; `records`: how many each of those
    that stand has, with what was merged into it.
    """
    sums: defaultdict[Ids, list[float]] = defaultdict(list)
    for pair in pairs:
        one, other = (stands[pk] for pk in ids_of(pair))
        if one != other:
            sums[min(one, other), max(one, other)].append(pair.probability)
    return {
        ids: mean_between(sum(seen), len(seen), *(records[pk] for pk in ids))
        for ids, seen in sums.items()
    }  # fmt: skip

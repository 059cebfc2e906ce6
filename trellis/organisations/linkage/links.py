"""What linkage answers with: pairs of rows, why, and how sure; and the clusters that certain pairs make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SAME, BRANCH, TRADING_ARM = "same", "branch", "trading-arm"
UNSEEN = 0.05  # how likely two rows are one organisation that nothing brought together
MOST_A_SIDE = 12  # rows of a large cluster of which one expects to have seen the pairs


class Evidence(NamedTuple):
    """What one field says about a pair. `weight`: log2 of the Bayes factor, above 0 for one organisation."""

    field: str
    words: str
    weight: float


class Said(Sequence):
    """The evidence of a pair, put into words when it is first asked for: of most pairs nobody does."""

    __slots__ = ("_found", "_say")

    def __init__(self, say: Callable[[], tuple[Evidence, ...]]) -> None:
        self._say = say
        self._found: tuple[Evidence, ...] | None = None

    def _all(self) -> tuple[Evidence, ...]:
        if self._found is None:
            self._found = self._say()
        return self._found

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, place: Any) -> Any:
        return self._all()[place]

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Said) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple:
        return tuple, (self._all(),)


class Pair(NamedTuple):
    """Two rows, by their ids, `left` before `right`; `probability` that they are one organisation, from 0 to 1.

    `relation` is what they are to each other: `same`, or else `branch` (of one federation) or `trading-arm`.
    """

    left: str
    right: str
    probability: float
    relation: str
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True)
class Linkage:
    """The pairs from `review_from` up, and the cluster of each row, made of the links from `threshold` up.

    `expected_precision` is the part of those links that the model expects to be right, from 0 to 1.
    """

    threshold: float
    review_from: float
    expected_precision: float
    pairs: list[Pair] = field(default_factory=list)
    clusters: dict[str, str] = field(default_factory=dict)


def mean_between(total: float, seen: int, one: int, other: int) -> float:
    """How likely two clusters of `one` and `other` rows are one organisation: the mean of all pairs between them.

    `total` is the sum of the probabilities of those pairs that were `seen`.
    """
    unseen = max(min(one, MOST_A_SIDE) * min(other, MOST_A_SIDE) - seen, 0)
    return (total + unseen * UNSEEN) / (seen + unseen)

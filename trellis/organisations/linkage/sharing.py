"""How many organisations seem to share a postcode, a telephone, a mailbox or a site."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name

OWN, FEW, MANY = 0, 1, 2
SEVERAL, CROWD = 3, 6  # names unlike each other


def shared(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], value: Callable[[Record], str]) -> list[int]:
    """For each row whether its value is its own, that of a few organisations, or of many."""
    held: defaultdict[str, list[Name]] = defaultdict(list)
    for row, its in zip(rows, names, strict=True):
        key = value(row)
        if key and its and len(held[key]) < CROWD and not any(alike(its[0], other) for other in held[key]):
            held[key].append(its[0])
    how = {key: OWN if len(some) < SEVERAL else FEW if len(some) < CROWD else MANY for key, some in held.items()}
    return [how.get(value(row), OWN) for row in rows]


def alike(one: Name, other: Name) -> bool:
    """Whether two names share at least half of the words of the shorter one, and are not of two towns."""
    if one.places and other.places and not one.places & other.places:
        return False
    return 2 * len(one.telling & other.telling) >= min(len(one.telling), len(other.telling))

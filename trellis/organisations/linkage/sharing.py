"""How many organisations seem to share a postcode, a telephone, a mailbox or a site."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Name

OWN, FEW, MANY = 0, 1, 2
SEVERAL, CROWD = 3, 6  # names unlike each other


def shared(rows: Sequence[Record], names: Sequence[tuple[Name, ...]], value: Callable[[Record], str]) -> list[int]:
    """For each row whether its value is its own, that of a few organisations, or of many."""
    values = list(map(value, rows))
    many = {key for key, times in Counter(values).items() if key and times >= SEVERAL}
    held: defaultdict[str, list[Name]] = defaultdict(list)
    for key, its in zip(values, names, strict=True):
        if key in many and its:
            take(held[key], its[0])
    how = {key: level(len(some)) for key, some in held.items()}
    return [how.get(key, OWN) for key in values]


def take(some: list[Name], name: Name) -> None:
    """Add a name to those that hold a value, unless they are a crowd already or one of them is like it."""
    if len(some) < CROWD:
        for other in some:
            if other is name or alike(name, other):
                return
        some.append(name)


def level(holders: int) -> int:
    """Whether a value of so many organisations is their own, of a few, or of many."""
    return OWN if holders < SEVERAL else FEW if holders < CROWD else MANY


def alike(one: Name, other: Name) -> bool:
    """Whether two names share at least half of the words of the shorter one, and are not of two towns."""
    if one.places and other.places and not one.places & other.places:
        return False
    return 2 * len(one.telling & other.telling) >= min(len(one.telling), len(other.telling))

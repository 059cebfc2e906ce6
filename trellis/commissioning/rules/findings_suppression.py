"""Small numbers are withheld wherever figures are published, and so are those that would give them away. Pure.

Source: Government Statistical Service, Disclosure control for tables produced from administrative sources and surveys:
a small cell is withheld (primary), and others with it until the totals no longer tell it (secondary).
"""

from collections.abc import Sequence
from dataclasses import dataclass

WORDS = "Withheld"


@dataclass(frozen=True)
class Published:
    """Counts as they may be shown: None where one is withheld. `total` is None when it is withheld itself."""

    counts: tuple[int | None, ...]
    total: int | None

    @property
    def withholds(self) -> bool:
        """Whether anything is."""
        return self.total is None or None in self.counts


def publish(counts: Sequence[int], *, threshold: int) -> Published:
    """The counts of a table whose cells part people into groups, so that they add up to a total which is published.

    A count from 1 up to, but not including, `threshold` is withheld. Then the next smallest are, until what the rest
    tells of them is no small number either: their sum is not, and it does not fix any one of them. Where that cannot
    be had, every count is withheld; where the total is small itself, it is too. Nought is shown: it is about nobody.
    """
    total = sum(counts)
    if total < threshold:
        return Published((None,) * len(counts), None) if total else Published(tuple(counts), 0)
    hidden = [place for place, count in enumerate(counts) if 0 < count < threshold]
    if not hidden:
        return Published(tuple(counts), total)
    for place in sorted(range(len(counts)), key=lambda place: (counts[place], place)):
        if _hides(counts, hidden, threshold):
            break
        if counts[place] and place not in hidden:
            hidden.append(place)
    if not _hides(counts, hidden, threshold):
        hidden = list(range(len(counts)))
    return Published(tuple(None if place in hidden else count for place, count in enumerate(counts)), total)


def publish_share(count: int, of: int, *, threshold: int) -> int | None:
    """How many of a published number did something, or None: neither they nor the others may be few."""
    return publish((count, of - count), threshold=threshold).counts[0]


def publish_union(together: int, parts: Sequence[int], of: int, *, threshold: int) -> int | None:
    """How many said at least one of several things, each of which is published too; None where the difference tells."""
    tells = any(0 < together - part < threshold for part in parts)
    withheld = any(publish_share(part, of, threshold=threshold) is None for part in parts)
    if len(parts) > 1 and (tells or withheld):
        return None
    return publish_share(together, of, threshold=threshold)


def _hides(counts: Sequence[int], hidden: Sequence[int], threshold: int) -> bool:
    """Whether what is hidden stays so, although its sum is known and each of it is at least 1."""
    together = sum(counts[place] for place in hidden)
    return len(hidden) >= 2 and together >= threshold and together > len(hidden)

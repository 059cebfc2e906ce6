"""Telling apart what happened to links that do not follow from the one before: changed, moved, or only displaced.

A link that was moved is still true at the place where it was sealed; a link whose neighbour was moved still follows
from that neighbour's hash, wherever it stands now. So each odd link is tried at the places and after the hashes of
the others. Pure: it looks at nothing but the links given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trellis.audit.chain import hash_after

TRACED = 30  # odd links; of more, each is named where it stands and no more is asked


@dataclass
class Odd:
    """A link that does not follow, or (with `until`) positions from `position` to `until` that hold none."""

    position: int
    row: int = 0
    digest: str = ""
    hash: str = ""
    previous: str = ""  # the hash of the link at the place before, as it stands; empty when that place is empty
    until: int = 0
    after_gap: bool = False
    is_hash_changed: bool = False
    is_forged: bool = False  # its row and digest are not what was sealed, and say nothing about the row

    def follows(self, previous: str, position: int) -> bool:
        """Whether it is true at a place after a hash."""
        return hash_after(previous, position, self.row, self.digest) == self.hash


def traced(odd: Sequence[Odd], *, last: int) -> Iterator[tuple[Odd, str]]:
    """Each odd link that is wrong, and what is wrong with it. Those only displaced by others are left out.

    `last` is the last position that holds a link.
    """
    links = [one for one in odd if not one.until]
    gaps = [one for one in odd if one.until]
    places = {one.position: one.previous for one in [*links, *gaps]} if len(odd) <= TRACED else {}
    hashes = {one.hash for one in links} if places else set()
    home = {one.position: _home(one, places, hashes) for one in links}
    for gap in gaps:
        if gap.position == gap.until and gap.position in home.values():
            continue  # the link that belongs here is named where it stands now
        if gap.until + 1 == last and home[last] not in (None, last):
            continue  # a gap only because the link behind it does not belong there
        words = f"to {gap.until}: these links are missing" if gap.until > gap.position else "this link is missing"
        yield gap, words
    for one in links:
        if home[one.position] == one.position or (one.after_gap and home[one.position] is None):
            continue
        if home[one.position] is not None:
            yield one, f"stands at position {one.position} but was sealed at {home[one.position]}"
        elif one.is_hash_changed:
            yield one, "its hash was changed"
        else:
            one.is_forged = True
            yield one, "is not what was sealed: it does not follow from the link before it"


def _home(one: Odd, places: dict[int, str], hashes: set[str]) -> int | None:
    """The position where a link was sealed, if that can be told; its own first."""
    if one.is_hash_changed:
        return None
    for position in sorted(places, key=lambda place: place != one.position):
        if any(one.follows(previous, position) for previous in {places[position], *hashes} if previous):
            return position
    return None

"""How alike two names are, as one of a few kinds: what is the same, and what only one of them has."""

from dataclasses import dataclass
from typing import NamedTuple

from trellis.organisations.linkage import folding, shortening
from trellis.organisations.linkage.vocabulary import (
    LONGEST_INITIALS,
    TRADING,
    USUAL,
    Name,
    Vocabulary,
    one_slip,
    told_apart,
)

COMMON, TELLING = 0.75, 1.25  # bits of what is shared, as parts of log2 of the number of names
GENERIC = 7_000  # thousandths of bits of a word that one name in a hundred has
OFTEN = 4  # names: a word in more of them is no slip
LETTERS_APART = 0.34  # part of a word's letters

# From most alike to least. `…-rare`: what is shared would hardly be shared by chance.
KINDS = (
    "none", "weak", "swap", "swap-generic", "place", "number", "trading",
    "part-telling-common", "part-telling-rare", "part-place-common", "part-place-rare",
    "part-generic-common", "part-generic-rare", "initials-near", "initials-common", "initials",
    "near-doubtful", "near-common", "near-rare", "near-place",
    "exact-common", "exact-mid", "exact-rare", "exact-place",
)  # fmt: skip
LEVEL = {kind: level for level, kind in enumerate(KINDS)}


def kind(level: int) -> str:
    """The kind of a level; of names of which one is not known, none."""
    return KINDS[level] if level >= 0 else "none"


class Likeness(NamedTuple):
    """The kind, with the words that both have and those that only one has."""

    kind: str
    both: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


NONE = Likeness("none")  # one for all: most pairs are this


@dataclass(slots=True)
class Likenesses:
    """Compares names of one list; `enough` is the thousandths of bits that tell one name from all others."""

    known: Vocabulary
    enough: float

    def best(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> Likeness:
        """The likeness of the two names that are most alike."""
        if len(left) == len(right) == 1:
            return self.of(left[0], right[0])
        found = (self.of(one, other) for one in left for other in right)
        return max(found, key=lambda one: LEVEL[one.kind], default=NONE)

    def of(self, left: Name, right: Name) -> Likeness:
        """The likeness of two names."""
        both = left.telling & right.telling
        one, other = left.telling - both, right.telling - both
        if left.trading != right.trading and (both or left.telling == right.telling):
            mostly = self._mostly(both, one, other)
            return Likeness("trading", both, one, other) if mostly else self._swap(left, right, both, one, other)
        if not one and not other:
            return Likeness(self._exact(left, right), both, one, other)
        if "".join(left.words) == "".join(right.words):
            return Likeness("near-rare" if self._bits(both | one) > self.enough else "near-common", both, one, other)
        one, other, short = _without_initials(left, right, one, other)
        if kind := self._initials(left, right, both, one | other, short):
            return Likeness(kind, both, one, other)
        return self._misspelt(left, right, both, one, other)

    def _initials(
        self, left: Name, right: Name, both: frozenset[str], extra: frozenset[str], short: set[str]
    ) -> str | None:
        if not short and not both and (_nearly_initials(left, right) or _nearly_initials(right, left)):
            return "initials-near"
        if not short or extra:
            return None
        if left.trading != right.trading and not _initials_of_trading(left, right, short):
            return "trading"
        doubtful = not both and all(map(self.known.many_begin, (left.telling | right.telling) & short))
        return "initials-common" if doubtful else "initials"

    def _misspelt(
        self, left: Name, right: Name, both: frozenset[str], one: frozenset[str], other: frozenset[str]
    ) -> Likeness:
        if one and other:
            one, other, slipped = self._without_slips(one, other)
            if slipped and not one and not other:
                rarity = self._rarity(both)
                placed = rarity == "-rare" and left.places & right.places
                return Likeness("near-place" if placed else "near" + rarity, both, one, other)
            if both and len(one) == len(other) == 1 and self._doubtful(*one, *other):
                return Likeness("near-doubtful", both, one, other)
        if one and other:
            return self._swap(left, right, both, one, other)
        return self._part(both, one, other)

    def _exact(self, left: Name, right: Name) -> str:
        bits = self._bits(left.telling)
        if left.places and bits >= self.enough * COMMON and left.raw == right.raw:
            return "exact-place"
        if left.raw - right.raw and right.raw - left.raw:
            return "near-rare" if bits > self.enough * COMMON else "near-common"
        return "exact" + (
            "-common" if bits < self.enough * COMMON else "-mid" if bits < self.enough * TELLING else "-rare"
        )

    def _part(self, both: frozenset[str], one: frozenset[str], other: frozenset[str]) -> Likeness:
        extra = one or other
        if not both:
            return NONE
        if any(map(self._of_some, extra)):
            return Likeness("number", both, one, other)
        if any(word[0].isdigit() for word in extra):
            kind = "part-telling"
        elif all(map(self._generic, extra)):
            kind = "part-generic"
        elif all(self._generic(word) or self.known.is_place(word) for word in extra):
            kind = "part-place"
        else:
            kind = "part-telling"
        return Likeness(kind + self._rarity(both), both, one, other)

    def _swap(
        self, left: Name, right: Name, both: frozenset[str], one: frozenset[str], other: frozenset[str]
    ) -> Likeness:
        if not both or not self._mostly(both, one, other):
            return Likeness("weak", both, one, other) if both and self._bits(both) > GENERIC else NONE
        if told_apart(left.contrasts, right.contrasts):
            kind = "number"
        elif left.places - right.places and right.places - left.places:
            kind = "place"
        elif all(map(self._generic, one)) or all(map(self._generic, other)):
            kind = "swap-generic"
        else:
            kind = "swap"
        return Likeness(kind, both, one, other)

    def _mostly(self, both: frozenset[str], one: frozenset[str], other: frozenset[str]) -> bool:
        return 2 * self._bits(both) >= max(self._bits(one), self._bits(other))

    def _without_slips(self, one: frozenset[str], other: frozenset[str]) -> tuple[frozenset[str], frozenset[str], bool]:
        """Leave out pairs of words that are nearly one word, or one that begins the other and breaks off."""
        pairs = {
            (word, like) for word in one for like in other
            if word[0] == like[0] and (self._shortened(word, like) or self._may_be_one(word, like)
            and (nearly(word, like) or self._cut(word, like) or self._cut(like, word)))
        }  # fmt: skip
        return one - {word for word, _ in pairs}, other - {like for _, like in pairs}, bool(pairs)

    def _doubtful(self, word: str, like: str) -> bool:
        """Two short words with one slip between them, one of them met nowhere else: a slip, or another word."""
        if not (word.isalpha() and like.isalpha() and self._may_be_one(word, like)):
            return False
        changed = len(word) == len(like) and sum(map(str.__ne__, word, like)) == 1
        seldom, often = sorted((self.known.count(word), self.known.count(like)))
        once = seldom <= max(2, often // 16)
        return once and min(len(word), len(like)) > 1 and (changed or one_slip(word, like))

    def _may_be_one(self, word: str, like: str) -> bool:
        """Two towns are two, and so are two words that many names have."""
        two_towns = self.known.is_place(word) and self.known.is_place(like)
        return not two_towns and min(self.known.count(word), self.known.count(like)) <= OFTEN

    def _cut(self, short: str, long: str) -> bool:
        return len(short) >= 3 and long.startswith(short) and self.known.count(short) < self.known.count(long)

    @staticmethod
    def _of_some(word: str) -> bool:
        """A word that says which group of several: "60s", "2nd", women."""
        return word in folding.WHOM or word[0].isdigit() and not word.isdigit()

    def _shortened(self, word: str, like: str) -> bool:
        short, long = sorted((word, like), key=len)
        return short not in USUAL and shortening.without_vowels(short, long)

    def _generic(self, word: str) -> bool:
        return self.known.bits(word) <= GENERIC and not self.known.is_place(word)

    def _bits(self, words: frozenset[str]) -> int:
        return sum(map(self.known.bits, words))

    def _rarity(self, both: frozenset[str]) -> str:
        return "-rare" if self._bits(both) >= self.enough else "-common"


def _without_initials(
    left: Name, right: Name, one: frozenset[str], other: frozenset[str]
) -> tuple[frozenset[str], frozenset[str], set[str]]:
    """Leave out words of one name and their initials in the other; and say which initials."""
    short: set[str] = set()
    for letters, stand_for in left.initials.items():
        if letters in other and one and stand_for & one:
            one, other, short = one - stand_for, other - {letters}, short | {letters}
    for letters, stand_for in right.initials.items():
        if letters in one and other and stand_for & other:
            one, other, short = one - {letters}, other - stand_for, short | {letters}
    for letter in {word for word in one ^ other if len(word) == 1}:
        whole = [word for word in one ^ other if word[0] == letter and word != letter]
        if len(whole) == 1 and (letter in one) != (whole[0] in one):
            one, other, short = one - {letter, *whole}, other - {letter, *whole}, short | {letter}
    return one, other, short


def _initials_of_trading(left: Name, right: Name, short: set[str]) -> bool:
    return any(TRADING & name.initials.get(letters, frozenset()) for name in (left, right) for letters in short)


def _nearly_initials(short: Name, long: Name) -> bool:
    """Whether a name is one word, and its letters the initials of the other's words but for one too many or too few."""
    (word, *more), letters = short.words, "".join(word[0] for word in long.words)
    if more or not 3 <= len(word) <= LONGEST_INITIALS or len(letters) < 3 or abs(len(word) - len(letters)) > 1:
        return False
    least, most = sorted((word, letters), key=len)
    return least in {most, *(most[:at] + most[at + 1 :] for at in range(len(most)))}


def nearly(word: str, like: str) -> bool:
    """Whether two words of letters differ so little that one may be the other misspelt twice."""
    most = max(len(word), len(like))
    if min(len(word), len(like)) < 5 or not word.isalpha() or not like.isalpha():
        return False
    return _distance(word, like, int(most * LETTERS_APART)) <= most * LETTERS_APART - 0.5


def _distance(one: str, other: str, most: int) -> int:
    """Letters added, dropped or changed between two words (Levenshtein), as far as `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        this = [row]
        for column, like in enumerate(other, 1):
            this.append(min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != like)))
        last = this
    return last[-1]

"""How alike two names are, as one of a few kinds: what is the same, and what only one of them has."""

from dataclasses import dataclass

from trellis.organisations.linkage.vocabulary import Name, Vocabulary

COMMON, TELLING = 0.75, 1.25  # bits of what is shared, as parts of log2 of the number of names
GENERIC = 7_000  # thousandths of bits of a word that one name in a hundred has
OFTEN = 4  # names: a word in more of them is no slip
LETTERS_APART = 0.34  # part of a word's letters

# From most alike to least. `…-rare`: what is shared would hardly be shared by chance.
KINDS = (
    "none", "weak", "swap", "swap-generic", "place", "number", "trading",
    "part-telling-common", "part-telling-rare", "part-place-common", "part-place-rare",
    "part-generic-common", "part-generic-rare", "initials", "near-doubtful", "near-common", "near-rare",
    "exact-common", "exact-mid", "exact-rare",
)  # fmt: skip
LEVEL = {kind: level for level, kind in enumerate(KINDS)}


def kind(level: int) -> str:
    """The kind of a level; of names of which one is not known, none."""
    return KINDS[level] if level >= 0 else "none"


@dataclass(frozen=True, slots=True)
class Likeness:
    """The kind, with the words that both have and those that only one has."""

    kind: str
    both: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


@dataclass(slots=True)
class Likenesses:
    """Compares names of one list; `enough` is the thousandths of bits that tell one name from all others."""

    known: Vocabulary
    enough: float

    def best(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> Likeness:
        """The likeness of the two names that are most alike."""
        found = (self.of(one, other) for one in left for other in right)
        return max(found, key=lambda one: LEVEL[one.kind], default=Likeness("none"))

    def of(self, left: Name, right: Name) -> Likeness:
        """The likeness of two names."""
        both = left.telling & right.telling
        one, other = left.telling - both, right.telling - both
        if left.trading != right.trading and (both or left.telling == right.telling):
            return Likeness("trading", both, one, other) if self._mostly(both, one, other) else self._swap(
                left, right, both, one, other)  # fmt: skip
        if not one and not other:
            return Likeness(self._exact(left, right), both, one, other)
        if "".join(left.words) == "".join(right.words):
            return Likeness("near-rare" if self._bits(both | one) > self.enough else "near-common", both, one, other)
        one, other, short = _without_initials(left, right, one, other)
        if short and not one and not other:
            return Likeness("initials", both, one, other)
        if one and other:
            one, other, slipped = self._without_slips(one, other)
            if slipped and not one and not other:
                return Likeness("near" + self._rarity(both), both, one, other)
            if both and len(one) == len(other) == 1 and self._doubtful(*one, *other):
                return Likeness("near-doubtful", both, one, other)
        if one and other:
            return self._swap(left, right, both, one, other)
        return self._part(both, one, other)

    def _exact(self, left: Name, right: Name) -> str:
        bits = self._bits(left.telling)
        if left.raw - right.raw and right.raw - left.raw:
            return "near-rare" if bits > self.enough * COMMON else "near-common"
        return "exact" + (
            "-common" if bits < self.enough * COMMON else "-mid" if bits < self.enough * TELLING else "-rare"
        )

    def _part(self, both: frozenset[str], one: frozenset[str], other: frozenset[str]) -> Likeness:
        extra = one or other
        if not both:
            return Likeness("none", both, one, other)
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
            return Likeness("weak" if both and self._bits(both) > GENERIC else "none", both, one, other)
        if left.numbers != right.numbers and left.numbers and right.numbers:
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
            if word[0] == like[0] and self._may_be_one(word, like)
            and (nearly(word, like) or self._cut(word, like) or self._cut(like, word))
        }  # fmt: skip
        return one - {word for word, _ in pairs}, other - {like for _, like in pairs}, bool(pairs)

    def _doubtful(self, word: str, like: str) -> bool:
        """Two short words with one letter between them, one of them met nowhere else: a slip, or another word."""
        if not (word.isalpha() and like.isalpha() and self._may_be_one(word, like)) or len(word) != len(like):
            return False
        once = min(self.known.count(word), self.known.count(like)) <= 2
        return once and sum(letter != other for letter, other in zip(word, like, strict=True)) == 1

    def _may_be_one(self, word: str, like: str) -> bool:
        """Two towns are two, and so are two words that many names have."""
        two_towns = self.known.is_place(word) and self.known.is_place(like)
        return not two_towns and min(self.known.count(word), self.known.count(like)) <= OFTEN

    def _cut(self, short: str, long: str) -> bool:
        return len(short) >= 3 and long.startswith(short) and self.known.count(short) < self.known.count(long)

    def _generic(self, word: str) -> bool:
        return self.known.bits(word) <= GENERIC and not self.known.is_place(word)

    def _bits(self, words: frozenset[str]) -> int:
        return sum(map(self.known.bits, words))

    def _rarity(self, both: frozenset[str]) -> str:
        return "-rare" if self._bits(both) >= self.enough else "-common"


def _without_initials(
    left: Name, right: Name, one: frozenset[str], other: frozenset[str]
) -> tuple[frozenset[str], frozenset[str], bool]:
    """Leave out words of one name and their initials in the other."""
    short = False
    for letters, stand_for in left.initials.items():
        if letters in other and one and stand_for & one:
            one, other, short = one - stand_for, other - {letters}, True
    for letters, stand_for in right.initials.items():
        if letters in one and other and stand_for & other:
            one, other, short = one - {letters}, other - stand_for, True
    return one, other, short


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

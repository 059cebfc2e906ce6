"""The words of a list: how rare each is, which are slips of others, which are places, and initials of names."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import log2

from trellis.organisations.linkage import folding, shortening
from trellis.organisations.linkage.records import Record, initials

USUAL: dict[str, int] = folding.KNOWN["usual"]  # names in 10,000
USUAL_NAMES = 10_000
TRUST_IN_USUAL = 1_000  # names of a list that count as much as what is usual
RAREST = 4  # words of a name that tell most
SHORTEST_SLIP = 4  # letters of a word that may be misspelt
SHORTEST_CHANGE = 5  # letters of a word of which one may be another letter
LONGEST_INITIALS = 7
SHORTEST_HALF = 3  # letters of a word that another may have lost its space to
SELDOM = 4  # names that have a word
OFTENER = 8  # times as often
TRADING_AFTER = frozenset(map(folding.one_form, folding.TRADING_AFTER))
TRADING_LAST = frozenset(map(folding.one_form, folding.TRADING_LAST))
TRADING = TRADING_AFTER | TRADING_LAST
REMEMBERED = ("bits", "name", "rarest", "written")  # what a vocabulary works out once for each word or name
NO_INITIALS = folding.SILENT | USUAL.keys() | folding.SHORT.keys()
KNOWN_WORDS = folding.SILENT | USUAL.keys()


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: the vocabulary makes each name once
class Name:
    """One name as it is compared. `words`: its telling words in one form, in their order, each once."""

    words: tuple[str, ...]
    raw: frozenset[str]
    telling: frozenset[str]
    contrasts: frozenset[tuple[str, str]]
    places: frozenset[str]
    trading: bool
    initials: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """What is to be known of a list's names: how many there are, in how many each word is (in one form), which words as
    they are written may be initials; the words of its towns; what short forms its names teach; and for initials that
    are a word of the list, the words that names with these initials begin with.
    """

    names: int
    words: Counter[str]
    short: set[str]
    towns: set[str]
    short_forms: dict[str, str]
    beginnings: dict[str, set[str]]


def counted(rows: Iterable[Record]) -> Counted:
    """The counts of rows that are at hand."""
    rows = list(rows)
    names = {name for row in rows for name in row.names}
    words = Counter(word for name in names for word in set(map(folding.one_form, name)))
    short = {word for name in names for word in name if may_be_initials(word)}
    told = {frozenset(map(folding.one_form, name)) - folding.SILENT for name in names}
    learned = shortening.short_forms(told, words, KNOWN_WORDS)
    towns = {word for row in rows for word in row.town}
    return Counted(len(names), words, short, towns, learned, beginnings(names, short))


def beginnings(names: Iterable[tuple[str, ...]], short: Collection[str]) -> dict[str, set[str]]:
    """For initials that are a word of the list: the words, in one form, that names with these initials begin with."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for letters in initials(name).intersection(short):
            first = next((word for word in name if word[0] == letters[0]), name[0])
            found[letters].add(folding.one_form(first))
    return dict(found)


def may_be_initials(word: str) -> bool:
    """Whether a word is as long as initials are."""
    return 2 <= len(word) <= LONGEST_INITIALS


class Vocabulary:
    """What the words of all names of a list mean there."""

    def __init__(self, rows: Iterable[Record] = (), *, given: Counted | None = None) -> None:
        """Of rows, or of what was `given` where the rows are elsewhere."""
        given = given or counted(rows)
        self.names = max(given.names, 1)
        self._meant = slips(given.words + Counter(dict.fromkeys(folding.SILENT, self.names)))
        self._meant |= {short: self.meant(word) for short, word in given.short_forms.items()}
        self._whole = {word for word in given.beginnings if _is_seldom_else(word, given.words)}
        for word in map(folding.one_form, self._whole):
            self._meant.pop(word, None)
        self._apart = run_together(given.words, given.towns)
        self._joined = {word for word in given.words if len(word) >= 2 * SHORTEST_HALF} - self._apart.keys()
        self._count = Counter[str]()
        for word, count in given.words.items():
            self._count[self.meant(word)] += count
        self._places = {self.meant(word) for word in given.towns if word not in folding.SILENT}
        self._short = given.short
        self._begin = {letters: len(set(map(self.meant, first))) for letters, first in given.beginnings.items()}
        self._remember()

    def _remember(self) -> None:
        self.bits = cache(self._bits)
        self.name = cache(self._name)
        self.rarest = cache(self._rarest)
        self.written = cache(self._written)

    def __getstate__(self) -> dict:
        """All but what was remembered of single names: a copy that travels makes its own."""
        return {key: value for key, value in self.__dict__.items() if key not in REMEMBERED}

    def __setstate__(self, state: dict) -> None:
        self.__dict__.update(state)
        self._remember()

    def words(self) -> list[str]:
        """All words that the names of the list may have, in order."""
        return sorted({*self._count, *self._joined, *self._whole})

    def meant(self, word: str) -> str:
        """The word that a word stands for, once misspellings are mended."""
        return self._meant.get(word, word)

    def count(self, word: str) -> int:
        """In how many names of the list a word is."""
        return self._count[word]

    def _bits(self, word: str) -> int:
        """How much it tells that two names share a word: log2 of one in how many names have it, in thousandths."""
        usual = USUAL.get(word, 0.5) / USUAL_NAMES
        part = (self._count[word] + usual * TRUST_IN_USUAL) / (self.names + TRUST_IN_USUAL)
        return round(-1000 * log2(min(part, 0.9)))

    def is_place(self, word: str) -> bool:
        """Whether a word is one of the towns of the list."""
        return word in self._places

    def many_begin(self, letters: str) -> bool:
        """Whether initials are those of names that begin with different words."""
        return self._begin.get(letters, 0) > 1

    def _name(self, words: tuple[str, ...]) -> Name:
        """A name of words as it is compared."""
        one_form = (word if word in self._whole else folding.one_form(word) for word in words)
        apart = [part for word in one_form for part in self._apart.get(word, (word,))]
        forms = list(self._as_one([self.meant(word) for word in apart]))
        telling = [word for word in dict.fromkeys(forms) if word not in folding.SILENT] or list(dict.fromkeys(forms))
        bare = self._without_trading(telling)
        trading = len(bare) < len(telling)
        return Name(
            tuple(bare if trading else telling),
            frozenset(map(folding.one_form, words)) - folding.SILENT,
            frozenset(bare if trading else telling),
            frozenset(filter(None, map(_contrast, telling))),
            frozenset(filter(self.is_place, telling)),
            trading,
            self._initials(words),
        )

    def _rarest(self, name: Name) -> list[str]:
        """The few words of a name that tell most."""
        return sorted(name.words, key=lambda word: (-self.bits(word), word))[:RAREST]

    def _written(self, names: tuple[tuple[str, ...], ...]) -> dict[str, str]:
        """How the words of a row's names were written before they were folded."""
        return {self.meant(folding.one_form(word)): word for words in names for word in words}

    def _as_one(self, words: list[str]) -> Iterator[str]:
        """Words that the list also writes as one: "food bank" where it has "foodbank"."""
        skip = False
        for word, following in zip(words, [*words[1:], ""], strict=True):
            if skip:
                skip = False
            elif following and word + following in self._joined:
                skip = True
                yield word + following
            else:
                yield word

    def _without_trading(self, telling: list[str]) -> list[str]:
        """The words of a name without those that make a trading company of it; a town may follow them."""
        kept = telling[:1] + [word for word in telling[1:] if word not in TRADING_AFTER]
        last = next((word for word in reversed(kept) if not self.is_place(word)), "")
        return [word for word in kept if word != last] if last in TRADING_LAST and kept[0] != last else kept

    def _initials(self, words: tuple[str, ...]) -> dict[str, frozenset[str]]:
        """The initials of the name, or of some words of it, that the list has as a word; with what they stand for."""
        found: dict[str, frozenset[str]] = {}
        telling = tuple(word for word in words if word not in folding.SILENT)
        for some in dict.fromkeys((words, telling)):
            letters = "".join(word[0] for word in some)
            for start, end in _stretches(len(some)):
                short = letters[start:end]
                if short in self._short and short not in some and short not in NO_INITIALS:
                    forms = (self.meant(folding.one_form(word)) for word in some[start:end])
                    found.setdefault(short, frozenset(forms) - folding.SILENT)
        return found


def _is_seldom_else(word: str, counted: Counter[str]) -> bool:
    """Whether initials are hardly a word as well: then they are no slip of another, and no s is cut off them."""
    form = folding.one_form(word)
    return len(word) > 2 and word not in NO_INITIALS and form not in USUAL and counted[form] <= SELDOM


def _contrast(word: str) -> tuple[str, str] | None:
    """What sets a name apart from its neighbour's: figures, as in 60s or over60s, or one of a family as "evening" is.

    Figures among initials are none, as in OU1RP.
    """
    figures = folding.NOT_DIGITS.sub("", word) if word[0].isdigit() or len(word) > LONGEST_INITIALS - 1 else ""
    return ("figures", figures) if figures else folding.CONTRASTS.get(word)


def told_apart(one: Collection[tuple[str, str]], other: Collection[tuple[str, str]]) -> bool:
    """Whether two names, or two groups of them, have nothing in common of a family of which both have something."""
    families = {family for family, _ in one} & {family for family, _ in other}
    return any(
        {pole for kind, pole in one if kind == family}.isdisjoint(pole for kind, pole in other if kind == family)
        for family in families
    )


def telling_initials(name: Name) -> list[str]:
    """Initials that tell one name from others; two letters only of a name of two words, as half of all clubs are FC."""
    return [letters for letters in name.initials if len(letters) > 2 or len(name.words) == 2]


@cache
def _stretches(length: int) -> tuple[tuple[int, int], ...]:
    """Beginnings and ends of two words or more in a row."""
    return tuple(
        (start, end)
        for start in range(length - 1)
        for end in range(min(start + LONGEST_INITIALS, length), start + 1, -1)
    )


def slips(counted: Counter[str]) -> dict[str, str]:
    """For each word that seems a slip of a more usual one, one letter or one swap away: that one."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for word in counted:
        if len(word) >= SHORTEST_SLIP and word.isalpha():
            for variant in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                near[variant].append(word)
    better: dict[str, str] = {}
    for group in near.values():
        if len(group) > 1:
            best = max(group, key=lambda word: (counted[word], word))
            for word in group:
                if is_slip(word, best, counted) and _rank(best, counted) > _rank(better.get(word, word), counted):
                    better[word] = best
    return {word: _end(word, better) for word in better}


def run_together(counted: Counter[str], towns: Collection[str]) -> dict[str, tuple[str, str]]:
    """For each word that seems to be two whose space was lost, "juniorfootball" or "thedarwen": the two."""
    may = (word for word in counted if len(word) >= 2 * SHORTEST_HALF and word not in USUAL and word not in towns)
    return {word: parts for word in may if word.isalpha() and (parts := _halves(word, counted))}


def _halves(word: str, counted: Counter[str]) -> tuple[str, str] | None:
    """Two words that are each met far more often than the one that they make; after "the" one that is met at all."""
    for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
        one, other = folding.one_form(word[:cut]), folding.one_form(word[cut:])
        if one == "the" and counted[other] or min(counted[one], counted[other]) >= OFTENER * counted[word]:
            return one, other
    return None


def is_slip(word: str, best: str, counted: Counter[str]) -> bool:
    """Whether a word is likelier a slip of the better one than a word of its own: seldom, and not known as a word."""
    if word == best or word in USUAL or word in folding.SILENT or counted[word] > max(2, counted[best] // 8):
        return False
    return one_slip(word, best)


def one_slip(one: str, other: str) -> bool:
    """Whether one letter too many, too few or changed, or a swap of neighbours, is all that is between two words."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), None)
    if start is None:
        return True
    left, right = one[start:], other[start:]
    if left[1:] == right or left == right[1:] or left[:2] == right[:2][::-1] and left[2:] == right[2:]:
        return True
    return left[1:] == right[1:] and len(one) >= SHORTEST_CHANGE


def _rank(word: str, counted: Counter[str]) -> tuple[int, str]:
    return counted[word], word


def _end(word: str, better: dict[str, str]) -> str:
    seen = {word}
    while word in better and better[word] not in seen:
        word = better[word]
        seen.add(word)
    return word

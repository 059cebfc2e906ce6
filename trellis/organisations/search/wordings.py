"""The same thing in other words: "foodbank" for "food bank", and words joined in one name and split in another."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

from trellis.organisations.models import SearchToken
from trellis.organisations.search.words import Phrase, folded, has_phrase, number, singular, slips, telling, tolerance

SYNONYMS = Path(__file__).with_name("synonyms.toml")
LONGEST_PHRASE = 6  # words
SHORTEST_HALF = 3  # letters
MOST_OTHER = 6  # wordings that are tried beside the one that was typed


@dataclass(frozen=True)
class Other:
    """Another wording: the words to look up, and the phrase that a name must have as it stands."""

    words: tuple[str, ...]
    phrase: str


def synonymous(typed: list[str]) -> list[Other]:
    """The wordings that our list of synonyms has for a text, given its folded words; those that the index knows."""
    return _known([other for start, end, phrases in _found(typed) for other in _replaced(typed, start, end, phrases)])


def put_right(typed: list[str]) -> list[str]:
    """A text with each word that is a slip or two from a word of the list of synonyms as the list has it."""
    return [_nearest(word) for word in typed]


def _nearest(word: str) -> str:
    allowed = tolerance(len(word))
    alone = sorted(phrase[0] for phrase in _groups() if len(phrase) == 1) if allowed else []
    found = [(count, known) for known in alone if (count := slips(word, known, allowed)) <= allowed]
    return min(found, default=(0, word), key=itemgetter(0))[1]


def compounded(typed: list[str]) -> list[Other]:
    """A text with two neighbouring words joined, or one word split in two, where the index knows the words."""
    joined = [(place, place + 2, (typed[place] + typed[place + 1],)) for place in range(len(typed) - 1)]
    split = [
        (place, place + 1, (word[:cut], word[cut:]))
        for place, word in enumerate(typed)
        for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    ]
    return _known(
        [other for start, end, phrase in [*joined, *split] for other in _replaced(typed, start, end, {phrase})]
    )


def narrower(words: Phrase) -> set[Phrase]:
    """What phrases with these words in them are called, in the singular: for advice, citizens advice and cab."""
    found: set[Phrase] = set()
    for phrase, group in _groups().items():
        if has_phrase(phrase, words):
            found |= {singular(one) for one in group}
    return found


@cache
def _groups() -> dict[Phrase, frozenset[Phrase]]:
    """Each phrase of the list, its words in the singular, with all of its group."""
    groups = [[tuple(folded(words)) for words in group] for group in tomllib.loads(SYNONYMS.read_text())["groups"]]
    return {singular(phrase): frozenset(group) for group in groups for phrase in group}


def _found(typed: list[str]) -> Iterator[tuple[int, int, frozenset[Phrase]]]:
    """Where a phrase of the list stands in a text, the longest first, and what else it is called."""
    groups, plain = _groups(), singular(typed)
    for length in range(min(LONGEST_PHRASE, len(plain)), 0, -1):
        for start in range(len(plain) - length + 1):
            here = plain[start : start + length]
            if here in groups:
                yield start, start + length, groups[here] - {tuple(typed[start : start + length])}
                return


def _replaced(typed: list[str], start: int, end: int, phrases: Iterable[Phrase]) -> Iterator[Other]:
    for phrase in sorted(phrases):
        yield Other(tuple(telling([*typed[:start], *phrase, *typed[end:]])), " ".join(phrase))


def _known(others: list[Other]) -> list[Other]:
    """Those all of whose words some name has, in one look."""
    numbers = {number(word) for other in others for word in other.words}
    known = set(SearchToken.objects.filter(id__in=numbers).values_list("text", flat=True)) if numbers else set()
    return [other for other in others if known.issuperset(other.words)][:MOST_OTHER]

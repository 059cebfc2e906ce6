"""Short forms of words: "clb" for club, "foundn" for foundation; and those that a list itself teaches."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

SHORTEST, LONGEST = 2, 7  # letters of a short form
TIMES = 2  # names that differ in nothing else: from so many on, one word is a short form of another
VOWELS = frozenset("aeiou")
BEGINNING = 2  # letters


def abbreviates(short: str, long: str) -> bool:
    """Whether one word may be the other shortened: its letters in their order, and its beginning or no vowels."""
    return without_vowels(short, long) or long[:BEGINNING] == short[:BEGINNING] and _within(short, long)


def without_vowels(short: str, long: str) -> bool:
    """Whether one word is consonants of the other, as "grp" is of group."""
    return not VOWELS & {*short[1:]} and _within(short, long)


def _within(short: str, long: str) -> bool:
    if not SHORTEST <= len(short) < len(long) or short[0] != long[0] or not short.isalpha():
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def short_forms(
    names: Collection[frozenset[str]], counted: Mapping[str, int], words: Collection[str]
) -> dict[str, str]:
    """For each word that the list uses as a short form: the word that it stands for.

    Two names that have all other words in common say so ("Ash Vale Rowing Clb", "Ash Vale Rowing Club"), where other
    names say it too. `names`: their words; `words`: those that are never short for others.
    """
    without: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for name, word in _each(names):
        if SHORTEST <= len(word) <= LONGEST and word not in words:
            without[name - {word}].append(word)
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, word in _each(names):
        for short in without.get(name - {word}, ()):
            if abbreviates(short, word) and counted[short] < counted[word]:
                said[short][word] += 1
    best = {short: max(words.items(), key=lambda found: (found[1], found[0])) for short, words in said.items()}
    return {short: word for short, (word, times) in best.items() if times >= TIMES}


def _each(names: Collection[frozenset[str]]) -> Iterator[tuple[frozenset[str], str]]:
    for name in names:
        if len(name) > 1:
            for word in name:
                yield name, word

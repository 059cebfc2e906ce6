"""Which kinds of service a text speaks of, by their names and what else these are called. Pure.

It asks a question and gives no answer: a text may name what it is against, or what others do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from trellis.organisations.search.words import Phrase, folded, has_phrase, singular

# Words in the name of a kind of service that name no service by themselves.
GENERAL = {"activitie", "activity", "community", "for", "of", "provision", "service", "support", "the", "work"}
TOO_WIDE = {("space",)}  # what is left of "community spaces"
Vocabulary = Mapping[str, frozenset[Phrase]]


def vocabulary(
    kinds: Mapping[str, str], narrower: Callable[[Phrase], Iterable[Phrase]]
) -> dict[str, frozenset[Phrase]]:
    """By the code of each kind of service, the phrases that speak of it; `kinds` gives its name.

    `narrower` gives what a phrase, or a narrower one, is also called.
    """
    found = {}
    for code, name in kinds.items():
        own = set(phrases_of(name))
        found[code] = frozenset(own | {other for phrase in own for other in narrower(phrase)})
    return found


def phrases_of(name: str) -> list[Phrase]:
    """What the name of a kind of service is made of: "Support for carers" of carer, "Food and meals" of food and meal.

    A name of general words alone is a phrase as it stands.
    """
    parts = [singular(folded(part)) for part in _listed(name)]
    telling = [_trimmed(part) for part in parts]
    return [part for part in telling if part and part not in TOO_WIDE] or [singular(folded(name))]


def kinds_named(text: str, known: Vocabulary, *, apart_from: Sequence[str] = ()) -> tuple[str, ...]:
    """The codes of the kinds of service that a text speaks of, in order; what stands in these names does not count.

    A grant to Oakmere Youth Trust for its roof is not one for youth work.
    """
    words = singular(folded(text))
    for name in apart_from:
        words = _without(words, singular(folded(name)))
    return tuple(sorted(code for code, phrases in known.items() if any(has_phrase(words, one) for one in phrases)))


def _listed(name: str) -> list[str]:
    return name.replace(",", " and ").replace("/", " and ").replace("&", " and ").split(" and ")


def _trimmed(words: Phrase) -> Phrase:
    """Without the general words at both ends."""
    while words and words[0] in GENERAL:
        words = words[1:]
    while words and words[-1] in GENERAL:
        words = words[:-1]
    return words


def _without(words: Phrase, name: Phrase) -> Phrase:
    size = len(name)
    start = 0
    while size and start <= len(words) - size:
        if words[start : start + size] == name:
            words = (*words[:start], "", *words[start + size :])  # so that its neighbours do not become a phrase
        start += 1
    return words

"""Which themes a text may be about, by how alike it is to what people have put under each. Pure.

A theme is the sum of the texts coded to it, of its name and of its description, as counts of words and of runs of three
letters in them; how alike two such counts are is the cosine of the angle between them (Salton, Wong and Yang, A vector
space model for automatic indexing, 1975). Words in nearly everything weigh little. It only ever suggests.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

LEAST = 0.08  # below this, what two texts share is the language they are in
SHARE = 0.4  # a theme far less alike than the best is no suggestion
MOST = 3
Weights = dict[str, float]


@dataclass(frozen=True)
class Suggestion:
    """A theme that a text may be about; `likeness` from 0 to 1."""

    theme: int
    likeness: float


def suggest(text: str, examples: Mapping[int, Sequence[str]]) -> tuple[Suggestion, ...]:
    """The themes most like the text, at most three, the most alike first.

    `examples` are, for each theme's id, its name, its description and texts that a person coded to it.
    """
    vectors = {theme: _counts(texts) for theme, texts in examples.items()}
    rarity, unknown = _rarity(vectors.values()), log(1 + len(vectors))
    mine = _weighted(_counts([text]), rarity, unknown)
    found = [
        Suggestion(theme, round(_cosine(mine, _weighted(vector, rarity, unknown)), 3))
        for theme, vector in vectors.items()
    ]
    least = max([LEAST, *(one.likeness * SHARE for one in found)])
    likely = [one for one in found if one.likeness >= least]
    return tuple(sorted(likely, key=lambda one: (-one.likeness, one.theme))[:MOST])


def pieces(text: str) -> Iterable[str]:
    """What two texts can have in common: words, and runs of three letters of the longer ones."""
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        if len(word) > 2:
            yield word
        if len(word) > 4:
            yield from (f"~{word[start : start + 3]}" for start in range(len(word) - 2))


def _counts(texts: Iterable[str]) -> Counter[str]:
    return Counter(piece for text in texts for piece in pieces(text))


def _rarity(vectors: Iterable[Counter[str]]) -> Weights:
    """How much a piece tells: little when it is in every theme."""
    known = list(vectors)
    within = Counter(piece for vector in known for piece in vector)
    return {piece: log(1 + len(known) / number) for piece, number in within.items()}


def _weighted(counts: Counter[str], rarity: Weights, unknown: float) -> Weights:
    return {piece: (1 + log(number)) * rarity.get(piece, unknown) for piece, number in counts.items()}


def _cosine(one: Weights, other: Weights) -> float:
    shared = sum(weight * other[piece] for piece, weight in one.items() if piece in other)
    length = sqrt(sum(weight**2 for weight in one.values())) * sqrt(sum(weight**2 for weight in other.values()))
    return shared / length if length else 0.0

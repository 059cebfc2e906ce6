"""Finding organisations by what somebody typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log2

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trellis.organisations.models import Organisation, SearchEntry, SearchPosting, SearchToken, SearchTrigram
from trellis.organisations.search.numbers import by_number
from trellis.organisations.search.wordings import Other, compounded, put_right, synonymous
from trellis.organisations.search.words import folded, nearly_noise, number, slips, telling, tolerance, trigrams

FEW = 10  # fewer than this by the letter, and words that are nearly the same are tried too
MOST_WORDS = 12
MOST_FOUND = 250  # nobody turns the tenth page, they add a word
MOST_BEGINNINGS = 100
MOST_COMBINED = 4
MOST_ALIKE = 300
MOST_DOUBTED = 3  # words of a text that are tried as misspelt
SYNONYM = 0.95  # how good a match a synonym is
COMMON = 200  # organisations that use a word which is hardly a slip


@dataclass(frozen=True)
class Found:
    """What was found, best first.

    `whole`: every word matched; `more`: there are others, not counted; `by_number`: the text was a number, a reference
    or a postcode, which leads straight there. `place`: the text named it; `miles`: how far from it each one is, by id,
    where what is near was asked for; `unknown`: what was to be near, where nobody knows that place.
    """

    ids: tuple[int, ...]
    whole: bool = True
    more: bool = False
    by_number: bool = False
    place: str = ""
    miles: Mapping[int, float] | None = None
    unknown: str = ""


@dataclass(frozen=True)
class Match:
    """A word of the index that a typed word may mean: how good a match (1 is the same word) and how common it is."""

    word: str
    likeness: float
    uses: int


Meaning = dict[str, Match]  # the words of the index that one typed word may mean


@dataclass(frozen=True)
class Wording:
    """The words of a text, each with what it may mean; one that is not the typed one has a phrase that must stand."""

    words: list[str]
    meanings: list[Meaning]
    phrase: str = ""

    @property
    def likeness(self) -> float:
        """How good a match a name in this wording is."""
        return SYNONYM if self.phrase else 1.0


def find(
    text: str, *, among: QuerySet[Organisation] | None = None, most: int = MOST_FOUND, ranked: bool = True
) -> Found:
    """The organisations that somebody means by a text, best first.

    A typed word matches a word of a name that is the same or begins with it, or, when few do, one that is a slip or
    two away; a phrase matches its synonyms, and words that are joined or split. Every word has to match, in any order;
    when no organisation has all, those that miss fewest come.
    `among` narrows the register (district, size …); `most` bounds the answer; not `ranked`, it is in no order.
    """
    register = Organisation.objects.listed() if among is None else among
    if numbered := by_number(text, register):
        return Found(tuple(numbered[:most]), more=len(numbered) > most, by_number=True)
    words = folded(text)[:MOST_WORDS]
    typed = telling(words)
    wordings = [typed, [word for word in typed if not nearly_noise(word)]]
    for wording in wordings[: 2 if 0 < len(wordings[1]) < len(typed) else 1]:
        found, understood = _whole(wording, words, register, most)
        if found:
            ids = _ranked(found, understood) if ranked else found
            return Found(tuple(ids[:most]), more=len(found) >= most)
    close = _with_most(understood[0].meanings, register, most)
    ids = _ranked(close, understood[:1]) if ranked else close
    return Found(tuple(ids[:most]), whole=not close, more=len(close) >= most)


def _whole(typed: list[str], words: list[str], register: QuerySet, most: int) -> tuple[list[int], list[Wording]]:
    """The organisations that have every word, and the wordings by which they were found, the typed one first.

    Synonyms are always asked for. While few are found, words are joined and split, and near words are tried too.
    """
    meanings = [_beginnings(word) for word in typed]
    found = _with_every(meanings, register, most)
    others = synonymous(words)
    if len(found) < FEW:
        others += compounded(words)
    found_otherwise, wordings = _in_other_words(others, register, most)
    found, meanings = _nearly(list(dict.fromkeys(found + found_otherwise)), typed, meanings, register, most)
    if not found and (spelt := put_right(words)) != words:
        found, wordings = _in_other_words(synonymous(spelt), register, most)
    return found, [Wording(typed, meanings), *wordings]


def _in_other_words(others: list[Other], register: QuerySet, most: int) -> tuple[list[int], list[Wording]]:
    """The organisations that have one of some wordings, and by which of them they were found."""
    found: list[int] = []
    wordings = []
    for other in others:
        if more := _worded(other, register, most):
            found += more
            wordings.append(Wording(list(other.words), [_itself(word) for word in other.words], other.phrase))
    return list(dict.fromkeys(found)), wordings


def _worded(other: Other, register: QuerySet, most: int) -> list[int]:
    """The organisations with another wording: its words, and its phrase as it stands."""
    entry = SearchEntry.objects.filter(organisation_id=OuterRef("pk"), text__contains=other.phrase)
    return _with_every([_itself(word) for word in other.words], register.filter(Exists(entry)), most)


def _itself(word: str) -> Meaning:
    return {word: Match(word, 1.0, COMMON)}


def _nearly(
    found: list[int], typed: list[str], meanings: list[Meaning], register: QuerySet, most: int
) -> tuple[list[int], list[Meaning]]:
    """While few were found: those too that have words that are nearly the typed ones; and what each word now means.

    The rarest word is doubted first: it is the likeliest to be misspelt, and the cheapest to look up. A common word is
    doubted only when nothing was found.
    """
    meanings = list(meanings)
    doubtful = [place for place, word in enumerate(typed) if tolerance(len(word))]
    for place in sorted(doubtful, key=lambda place: _uses(meanings[place]))[:MOST_DOUBTED]:
        if len(found) >= FEW or (found and _uses(meanings[place]) > COMMON):
            break
        if alike := _alike(typed[place]):
            meanings[place] = alike | meanings[place]
            found = list(dict.fromkeys([*found, *_with_every(meanings, register, most)]))
    return found, meanings


def beginning_with(word: str) -> Q:
    """The tokens that begin with a word, by a range of the index on either database."""
    if connection.vendor == "postgresql":
        return Q(text__startswith=word)  # by its pattern index; a range would follow the locale's order of letters
    return Q(text__gte=word, text__lt=word + "\U0010ffff")  # SQLite does not use an index for LIKE … ESCAPE


def _beginnings(word: str) -> Meaning:
    """The words that are the typed one or begin with it, the commonest of them if they are many."""
    tokens = SearchToken.objects.values_list("text", "uses")
    rows = list(tokens.filter(beginning_with(word)).order_by("-uses")[:MOST_BEGINNINGS])
    if len(rows) == MOST_BEGINNINGS:
        rows += tokens.filter(id=number(word), text=word)  # a rare word may begin many common ones
    return {text: Match(text, 1.0 if text == word else 0.7 + 0.25 * len(word) / len(text), uses) for text, uses in rows}


def _alike(word: str) -> Meaning:
    """The words that are a slip or two from the typed one.

    One slip changes at most four of a word's trigrams (a swap does), two in one place at most six: words that share
    fewer need not be compared letter by letter.
    """
    allowed = tolerance(len(word))
    if not allowed:
        return {}
    parts = trigrams(word)
    least = max(1 if len(word) > 4 else 2, len(parts) - (4 if allowed == 1 else 6))
    near = SearchTrigram.objects.filter(trigram__in=parts, length__range=(len(word) - allowed, len(word) + allowed))
    shared = near.values("token_id").annotate(shared=Count("trigram")).filter(shared__gte=least).order_by("-shared")
    likeliest = shared.values("token_id")[:MOST_ALIKE]
    tokens = SearchToken.objects.filter(id__in=likeliest).values_list("text", "uses")
    counted = ((text, uses, slips(word, text, allowed)) for text, uses in tokens)
    return {text: Match(text, 0.8 - 0.15 * count, uses) for text, uses, count in counted if 0 < count <= allowed}


def _numbers(meaning: Meaning) -> list[int]:
    return [number(word) for word in meaning]


def _uses(meaning: Meaning) -> int:
    return sum(match.uses for match in meaning.values())


def _with_every(meanings: list[Meaning], register: QuerySet, most: int) -> list[int]:
    """Organisations that have a word for every meaning, those of the shortest names first.

    The rarest word's postings are read, and each asked for the others; first for those that may be fewest words, since
    each of them is looked up.
    """
    if not meanings or not all(meanings):
        return []
    rarest, *others = sorted(meanings, key=_uses)
    postings = SearchPosting.objects.filter(token_id__in=_numbers(rarest))
    for meaning in sorted(others, key=len):
        same = SearchPosting.objects.filter(
            token_id__in=_numbers(meaning), size=OuterRef("size"), organisation_id=OuterRef("organisation_id")
        )
        postings = postings.filter(Exists(same))
    postings = postings.filter(Exists(register.filter(pk=OuterRef("organisation_id"))))
    ids = postings.order_by("size", "organisation_id").values_list("organisation_id", flat=True)
    return list(dict.fromkeys(ids[:most]))


def _with_most(meanings: list[Meaning], register: QuerySet, most: int) -> list[int]:
    """Organisations that miss fewest of the words, until there are a few.

    Of many words, only the rarest few are asked for; those that keep the rarest come first.
    """
    rarest = sorted(filter(None, meanings), key=_uses)[:MOST_COMBINED]
    found: list[int] = []
    for kept in range(min(len(rarest), len(meanings) - 1), 0, -1):  # nothing has all the words
        for words in combinations(rarest, kept):
            found += _with_every(list(words), register, most)
            if len(found) >= FEW:
                break
        if found:
            break
    return list(dict.fromkeys(found))


def _ranked(ids: list[int], wordings: list[Wording]) -> list[int]:
    """Best first: fewest words missing, then the very name, then likeness, active ones, and the alphabet."""
    entries = SearchEntry.objects.filter(organisation_id__in=ids)
    rows = entries.values_list("organisation_id", "text", "organisation__status")
    scored = [(wording.phrase, _scorer(wording)) for wording in wordings]
    keyed = [
        (
            min(score(name.split()) for name in text.split("\n") for phrase, score in scored if phrase in text),
            status != Organisation.Status.ACTIVE,
            text,
            pk,
        )
        for pk, text, status in rows
    ]
    return [pk for *_, pk in sorted(keyed)]


def _scorer(wording: Wording) -> Callable[[list[str]], tuple]:
    """Scores a name (its folded words) against a wording; the lower, the better."""
    typed, meanings = wording.words, wording.meanings
    weights = [1 / log2(2 + min((match.uses for match in meaning.values()), default=0)) for meaning in meanings]

    def score(words: list[str]) -> tuple:
        likeness = [max((m[word].likeness for word in words if word in m), default=0.0) for m in meanings]
        told = telling(words)
        quality = sum(weight * like for weight, like in zip(weights, likeness, strict=True)) / sum(weights)
        return (
            likeness.count(0.0),
            told != typed or wording.likeness < 1,
            -round(quality * wording.likeness, 2),
            not told[0].startswith(typed[0]),
            len(told),
        )

    return score

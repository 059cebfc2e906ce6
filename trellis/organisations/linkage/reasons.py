"""Why two rows are, or are not, one organisation: what each comparison says, in plain words, and how much it weighs."""

from collections.abc import Mapping, Sequence

from trellis.organisations.linkage import training
from trellis.organisations.linkage.likeness import Likeness
from trellis.organisations.linkage.links import BRANCH, SAME, TRADING_ARM, Evidence, Pair, Said
from trellis.organisations.linkage.records import Record
from trellis.organisations.linkage.vocabulary import Vocabulary

MOST_WORDS = 4
NOTHING_SHARED = "The names have no telling word in common"


def evidence(
    left: Record,
    right: Record,
    likeness: Likeness,
    levels: Sequence[int],
    weights: Sequence[float],
    written: Mapping[str, str],
) -> tuple[Evidence, ...]:
    """What each comparison says of two rows, the weightiest first. `written`: how a word was before it was folded."""
    said = [
        Evidence(field, _words(field, left, right, likeness, level, written), round(weight, 2))
        for field, level, weight in zip(training.FIELDS, levels, weights, strict=True)
        if level != training.UNKNOWN
    ]
    return tuple(sorted(said, key=lambda one: (-abs(one.weight), one.field)))


def pair(
    one: Record, two: Record, likeness: Likeness, levels: Sequence[int], weights: Sequence[float], known: Vocabulary,
    *, probability: float, relation: str,
) -> Pair:  # fmt: skip
    """The pair of two rows, with all that is said of it once it is asked for."""

    def say() -> tuple[Evidence, ...]:
        return evidence(
            one, two, likeness, levels, weights, _written(known.written(one.names), known.written(two.names))
        )

    first, second = sorted((one.ids[0], two.ids[0]))
    return Pair(first, second, probability, relation, Said(say))


def _written(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """How the words of both were written: where they were taken for one and are not, both ways."""
    differ = {word: f"{one[word]}” or “{other[word]}" for word in one.keys() & other.keys() if one[word] != other[word]}
    return {**one, **other, **differ}


def relation(kind: str, levels: Sequence[int]) -> str:
    """What two rows are to each other, if they are not one: what their names say, where the rest allows it."""
    if kind == "trading":
        return TRADING_ARM
    apart = levels[1] in (0, 1, 2)
    if kind == "place" or kind.startswith("part-place") and apart:
        return BRANCH
    return SAME


def _words(field: str, left: Record, right: Record, likeness: Likeness, level: int, written: Mapping[str, str]) -> str:
    if field == "name":
        return name_words(likeness, written)
    return OF_FIELD[field](left, right, level)


def name_words(likeness: Likeness, written: Mapping[str, str]) -> str:
    """What the names say."""
    kind = likeness.kind
    if kind == "none":
        return NOTHING_SHARED
    both = _quoted(likeness.both, written)
    if kind.startswith("exact"):
        return f"The names are the same words: {both}" + (
            ", which other organisations here have too" if kind == "exact-common" else ""
        )
    if kind in ("near-place", "near-rare", "near-common"):
        return (
            f"The names differ only in spelling and short forms: {both}"
            if both
            else "The names differ only in spelling"
        )
    if kind == "initials-near":
        return "One name is nearly the initials of the other"
    if kind.startswith("initials"):
        return "One name has initials of words of the other" + (f", and both have {both}" if both else "")
    if kind == "trading":
        return f"Both names have {both}, and one of them is that of a trading company"
    if not both:
        return NOTHING_SHARED
    left, right = _quoted(likeness.left, written), _quoted(likeness.right, written)
    if not left or not right:
        return f"Both names have {both}; only one has {left or right}"
    return f"Both names have {both}, but one has {left} where the other has {right}"


def _place(left: Record, right: Record, level: int) -> str:
    others = ("", "", "", ", as many others here have", ", as a few others here have", "")[level]
    if level >= 3 and left.postcode and left.postcode == right.postcode:
        return f"One postcode, {_spaced(left.postcode)}{others}"
    if level >= 3:
        return f"One address, “{min({*left.streets} & {*right.streets}, default='')}”{others}"
    if level == 2 and left.sector == right.sector != "":
        return f"One area of postcodes, {left.sector}"
    if level == 2:
        return f"Postcodes that are nearly the same, {_spaced(left.postcode)} and {_spaced(right.postcode)}"
    if level == 1:
        return "One town or postcode district, but not one address"
    return "Other towns or postcode districts"


def _phone(left: Record, right: Record, level: int) -> str:
    return ("Other telephone numbers", "One telephone number, which others here have too", "One telephone number")[
        level
    ]


def _web(left: Record, right: Record, level: int) -> str:
    if level == 3:
        return (
            f"One e-mail address, {left.email}"
            if left.email and left.email == right.email
            else f"One website, {left.website}"
        )
    domain = left.domain or left.mail_domain
    several = f"One domain, {domain}" if domain else f"One e-mail address, {left.email}"
    return (
        "Other e-mail addresses and websites",
        f"{several}, which others here have too",
        f"One domain, {domain}",
    )[level]


def _number(left: Record, right: Record, level: int) -> str:
    if level == 1:
        same_charity = left.charity and left.charity == right.charity
        return f"One charity number, {left.charity}" if same_charity else f"One company number, {left.company}"
    if left.charity and right.charity and left.charity != right.charity:
        return f"Two charity numbers, {left.charity} and {right.charity}"
    return f"Two company numbers, {left.company} and {right.company}"


OF_FIELD = {"place": _place, "phone": _phone, "web": _web, "number": _number}


def _quoted(words: frozenset[str], written: Mapping[str, str]) -> str:
    if not words:
        return ""
    ordered = [word for word in written if word in words]
    if len(ordered) < len(words):
        ordered += sorted(words - written.keys())
    quoted = [f"“{written.get(word, word)}”" for word in ordered[:MOST_WORDS]]
    return " and ".join(part for part in (", ".join(quoted[:-1]), *quoted[-1:]) if part)


def _spaced(code: str) -> str:
    return f"{code[:-3]} {code[-3:]}" if 5 <= len(code) <= 7 and code[0].isalpha() else code

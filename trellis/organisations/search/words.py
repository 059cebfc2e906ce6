"""Words of names, and how alike two of them are. Pure: no database."""

import re
import unicodedata
from hashlib import blake2b
from itertools import groupby

LONGEST = 60
# Words that tell no organisation from another, and that people leave out.
LITTLE_WORDS = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
LEGAL_WORDS = {"charitable", "charities", "charity", "cic", "cio", "co", "company", "incorporated", "limited", "ltd"}
NOISE = LITTLE_WORDS | LEGAL_WORDS | {"plc", "registered"}
SAME_WORD = {"st": "saint", "assoc": "association", "assn": "association", "soc": "society", "cttee": "committee"}
# Letters that have no accent to take off, so Unicode leaves them whole.
WHOLE_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "ı": "i"})
APOSTROPHES = re.compile(r"['’‘`´ʼ]")
INITIALS = re.compile(r"\b(?:\w\.){2,}")
Phrase = tuple[str, ...]


def folded(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, no accents, apostrophes or stops.

    "St. John's & St Mary's R.S.P.C.A." gives saint johns and saint marys rspca.
    """
    text = text.casefold().replace("&", " and ").replace("+", " and ")
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in marked if not unicodedata.combining(letter)).translate(WHOLE_LETTERS)
    text = INITIALS.sub(lambda initials: initials[0].replace(".", "") + " ", APOSTROPHES.sub("", text))
    words = re.findall(r"[^\W_]+", text)
    joined: list[str] = []
    for is_letter, run in groupby(words, key=lambda word: len(word) == 1 and word.isalpha()):
        run_of_words = list(run)
        joined += ["".join(run_of_words)] if is_letter else run_of_words  # "Y M C A" is one word, as in "YMCA"
    return [SAME_WORD.get(word, word)[:LONGEST] for word in joined]


def plain(words: list[str]) -> str:
    """Folded words as whole names are compared: "limited" as "ltd", and no "the" in front."""
    words = ["ltd" if word == "limited" else word for word in words]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def telling(words: list[str]) -> list[str]:
    """The words that tell one organisation from another, each once, in their order; all when none does."""
    distinct = list(dict.fromkeys(words))
    return [word for word in distinct if word not in NOISE] or distinct


def number(word: str) -> int:
    """A word's number in the index, made from its letters: nobody needs to look it up, and two writers agree on it.

    48 bits of BLAKE2b: among a million words the odds of one shared number are 1 in 500. Two words that shared one
    would only be candidates for each other; what is found is checked by its letters.
    """
    return int.from_bytes(blake2b(word.encode(), digest_size=6).digest())


def trigrams(word: str) -> set[str]:
    """Runs of three letters, with two blanks before the word and one after, so that its beginning weighs most."""
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def tolerance(length: int) -> int:
    """How many slips a typed word of so many letters may have: none under 4 letters, 1 up to 7, then 2."""
    return 0 if length < 4 else 1 if length < 8 else 2


def slips(typed: str, word: str, most: int) -> int:
    """Letters dropped, added, changed, or swapped with their neighbour between two words, counted up to `most` + 1.

    Optimal string alignment (Damerau 1964; Wagner and Fischer 1974), which stops once every way costs too much.
    """
    if abs(len(typed) - len(word)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(word) + 1))
    for row, letter in enumerate(typed, start=1):
        this = [row]
        for column, other in enumerate(word, start=1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == word[column - 2] and typed[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        if min(this) > most:
            return most + 1
        before, last = last, this
    return min(last[-1], most + 1)


def nearly_noise(typed: str) -> bool:
    """Whether a word is, misspelt or not yet finished, one that tells nothing: "chari", "limitde"."""
    if len(typed) < 3:
        return False
    allowed = tolerance(len(typed))
    return any(noise.startswith(typed) or slips(typed, noise, allowed) <= allowed for noise in NOISE if len(noise) > 4)


def singular(phrase: Phrase | list[str]) -> Phrase:
    """The words without the s of the plural, as phrases of the list are compared."""
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in phrase)


def has_phrase(words: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase stands in a text, all its words together; both in the singular."""
    size = len(phrase)
    return any(words[start : start + size] == phrase for start in range(len(words) - size + 1))

"""Names, addresses and contacts as they are compared: small letters, no accents, one way of writing each thing."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path

KNOWN = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
SHORT: dict[str, str] = KNOWN["short"]
WHOLE = frozenset(KNOWN["whole"]["words"])
SILENT = frozenset(KNOWN["silent"]["words"])
TRADING_AFTER, TRADING_LAST = (frozenset(KNOWN["trading"][place]) for place in ("after", "last"))
OTHERWISE: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
for _long, _short in sorted(KNOWN["otherwise"].items(), key=lambda said: -len(said[0])):
    OTHERWISE.setdefault(_long.split()[0], []).append((tuple(_long.split()), tuple(_short.split())))
# What a word stands for in its family of contrasts: "evening" gives ("time", "evening").
CONTRASTS = {word: (family, pole) for family, words in KNOWN["contrast"].items() for word, pole in words.items()}
WHOM = frozenset(KNOWN["whom"]["words"])
EMPTY = frozenset(KNOWN["empty"]["cells"])
PUBLIC_MAIL = frozenset(KNOWN["public"]["mail"])
PUBLIC_SITES = frozenset(KNOWN["public"]["sites"])
LONGEST_NAME = 300  # characters that are looked at
LONGEST_WORD = 40
MARKS = re.compile(r"['’‘`´ʼ]")
INITIALS = re.compile(r"\b(?:\w\.){2,}")
WORDS = re.compile(r"[^\W_]+")
# Letters that have no accent to take off, so Unicode leaves them whole.
WHOLE_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "ı": "i"})
UK_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
UK_DISTRICT = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ?\b")
AREA_CODE = re.compile(r"([0-9]{4,6}?)([0-9]{4})?")
BETWEEN_PHONES = re.compile(r"[/;,]|\bor\b|\bext\b|\bx(?=[0-9])")
MOST_OF_STREET, LETTERS_OF_STREET = 3, 5  # words of an address, and letters of each, that are compared
THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# Numbers of charities and companies, with the letters that registers set before them; an O is meant for a nought.
BEFORE = r"(SC|NIC|NI|OC|SO|NC|IP|SP|NP|RS|CE|CS|LP|SL)?"
REGISTERED = re.compile(BEFORE + "O?([0-9]+)([A-Z]?)")
AMONG_WORDS = re.compile(rf"\b{BEFORE}[ .-]?O?([0-9]{{5,8}})([A-Z]?)\b")
NOBODYS = re.compile(r"12345678?9?|123456|([0-9])\1*")  # what people write where they have none
MAIN = re.compile(r"(?<=[0-9]{5})-0+ *$")  # what registers write after the number of a charity that is no subsidiary
SAID_BESIDE = re.compile(r"\([^)]*[a-z][^)]*\)")
NOT_DIGITS = re.compile(r"[^0-9]+")


def given(cell: str | None) -> str:
    """A cell's text without blanks around it; nothing where it only says that there is nothing."""
    if not cell:
        return ""
    text = cell.strip()
    return "" if text.casefold() in EMPTY else text


def plain(text: str) -> str:
    """Small letters without accents."""
    text = text.casefold()
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in marked if not unicodedata.combining(letter)).translate(WHOLE_LETTERS)


@lru_cache(maxsize=100_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text: "St. John's & R.S.P.C.A." gives st johns and rspca, and so does "ST JOHNS AND R S P C A"."""
    text = plain(text[:LONGEST_NAME]).replace("&", " and ").replace("+", " and ")
    text = MARKS.sub("", text)
    if "." in text:
        text = INITIALS.sub(lambda letters: letters[0].replace(".", "") + " ", text)
    found = [word[:LONGEST_WORD] for word in WORDS.findall(text)]
    return _otherwise(tuple(found) if min(map(len, found), default=2) > 1 else tuple(_letters_joined(found)))


def _otherwise(found: tuple[str, ...]) -> tuple[str, ...]:
    """A name of which a part is said in two ways, in the one."""
    for at, word in enumerate(found):
        for long, short in OTHERWISE.get(word, ()):
            if found[at : at + len(long)] == long:
                return (*found[:at], *short, *found[at + len(long) :])
    return found


def _letters_joined(found: Iterable[str]) -> Iterator[str]:
    """Words, with letters that stand beside each other as one: r s p c a."""
    for single, run in groupby(found, key=lambda word: len(word) == 1 and word.isalpha()):
        if single:
            yield "".join(run)
        else:
            yield from run


@lru_cache(maxsize=200_000)
def one_form(word: str) -> str:
    """A word in one form: written out where it was shortened, one and many alike."""
    if word in WHOLE:
        return word
    word = SHORT.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return SHORT.get(word, word)


@lru_cache(maxsize=100_000)
def postcode(text: str) -> tuple[str, str, str]:
    """A postcode that is of a street or less, its sector, and its district; a code that is of an area has no first.

    "me14 1xx" gives ME141XX, ME141 and ME14; the ZIP code 60302 only 60302 and 603; a misspelt "PE8 6YYP" its district.
    """
    written = given(text).upper()
    code = "".join(letter for letter in written if letter.isalnum())[:12]
    if british := UK_POSTCODE.fullmatch(code):
        return code, british[1] + british[2][0], british[1]
    if area := AREA_CODE.fullmatch(code):
        return code if area[2] else "", area[1], area[1][:3]
    if misspelt := UK_DISTRICT.match(written):
        return code, "", misspelt[1]
    return code, "", ""


@lru_cache(maxsize=100_000)
def phone(text: str) -> str:
    """The first telephone number of a text by its last ten digits, which no prefix of a country changes."""
    if not text:
        return ""
    first = BETWEEN_PHONES.split(SAID_BESIDE.sub(" ", given(text).lower()), 1)[0].replace("(0)", "")
    digits = NOT_DIGITS.sub("", first)
    digits = digits.removeprefix("00")
    digits = digits.removeprefix("44").removeprefix("0") if len(digits) > 10 else digits.removeprefix("0")
    return digits[-10:] if len(digits) >= 6 and len(set(digits)) > 2 else ""


@lru_cache(maxsize=100_000)
def email(text: str) -> tuple[str, str]:
    """The first e-mail address of a text, and its domain where that is the sender's own."""
    if not text:
        return "", ""
    found = re.search(r"[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>]+", given(text).lower())
    if not found:
        return "", ""
    address = found[0].removeprefix("mailto:").strip(".")
    domain = address.rpartition("@")[2]
    return address, "" if domain in PUBLIC_MAIL else domain


@lru_cache(maxsize=100_000)
def website(text: str) -> tuple[str, str]:
    """A website with its path, and its domain where that is the organisation's own."""
    if not text:
        return "", ""
    address = re.sub(r"^[a-z]+:/+", "", given(text).lower().split(" ")[0]).removeprefix("www.")
    address = address.partition("?")[0].partition("#")[0].rstrip("/")
    domain = address.partition("/")[0].partition(":")[0]
    if "." not in domain or "@" in domain:
        return "", ""
    if domain in PUBLIC_SITES or any(domain.endswith("." + site) for site in PUBLIC_SITES):
        return (address if "/" in address or domain not in PUBLIC_SITES else ""), ""
    return re.sub(r"/(?:index|home|default)[^/]*$", "", address), domain


@lru_cache(maxsize=100_000)
def number(text: str) -> str:
    """The first registered number of a text as it is compared: letters and figures, no noughts before the figures.

    "Charity No: 517886 (England & Wales)" gives 517886, "SCO42386" SC42386, and "applied for 2024" nothing.
    """
    if not text:
        return ""
    written = THOUSANDS.sub("", given(text).upper())
    parts = re.split(r"[;/,]| AND ", re.sub(r"\.0+$", "", written))
    code = next((part for part in parts if any(map(str.isdigit, part))), "")
    code = MAIN.sub("", code)
    code = re.sub(r"^ *GB-?(?:CHC|COH|SC|NIC)-?(?=[0-9S])", "", code)
    joined = "".join(letter for letter in code if letter.isalnum())
    if found := REGISTERED.fullmatch(joined) or AMONG_WORDS.search(code):
        kind, digits, last = found.groups("")
        return "" if NOBODYS.fullmatch(digits) else kind + digits.lstrip("0") + last
    return joined if sum(map(str.isalpha, joined)) < 4 <= sum(map(str.isdigit, joined)) else ""


KINDS_OF_STREET = frozenset(
    "street st road rd lane ln avenue ave av drive dr close court ct way place pl boulevard blvd terrace crescent cres "
    "square sq gardens grove n s e w ne nw se sw north south east west the of floor suite unit room flat ste".split()
)


@lru_cache(maxsize=100_000)
def streets(text: str) -> tuple[str, ...]:
    """A house's number with each word that may be of its street ("87 high"); without a number, pairs of such words."""
    if not text:
        return ()
    found = [word for word in words(given(text)) if word not in KINDS_OF_STREET]
    house = next((place for place, word in enumerate(found) if word[0].isdigit()), None)
    if house is None:
        return tuple(f"{one} {other}" for one, other in zip(found, found[1:], strict=False))[:MOST_OF_STREET]
    named = [word for word in found[house + 1 :] if not word.isdigit()][:MOST_OF_STREET]
    return tuple(dict.fromkeys(f"{found[house]} {word[:LETTERS_OF_STREET]}" for word in named))

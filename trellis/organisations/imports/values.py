"""Words of a source into values of ours, or a reason why not. Pure."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from trellis.core import money

WITHOUT_NOUGHT = re.compile(r"[12378]\d{9}")
TOTAL = re.compile(
    r"(?:(?:grand |sub-?\s?)?totals?(?: (?:number|count|members|groups|organisations))?|count|sum)\s*[:=]?[\s£\d,.]*",
    re.I,
)
MOST_PENCE = 10**15  # ten thousand milliard pounds: more than any organisation has


class Refused(Exception):
    """A row cannot be taken; the message is a sentence for whoever can mend it."""


@lru_cache(maxsize=50_000)
def day(text: str, column: str) -> str | None:
    """A day as YYYY-MM-DD from `1962-03-06`, with or without a time after it; None for nothing."""
    text = text.strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        found = None
    if not found or text[10:11] not in ("", " ", "T"):
        raise Refused(f"“{text[:40]}” is not a date such as 2018-07-02 ({column}).")
    return found.isoformat()


def pence(text: str, column: str) -> int | None:
    """Pounds, such as `1234` or `1234.5`, as whole pence; None for nothing, which is not nought."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 14:
        return int(text) * 100
    if not text:
        return None
    try:
        pounds = Decimal(text.replace(",", "").removeprefix("£"))
        found = int(money.rounded(pounds) * 100) if pounds.is_finite() else -1
    except (InvalidOperation, ValueError):
        raise Refused(f"“{text[:40]}” is not an amount in pounds ({column}).") from None
    if not 0 <= found < MOST_PENCE:
        raise Refused(f"“{text[:40]}” is not an amount in pounds, nought or more ({column}).")
    return found


def whole_number(text: str, column: str, *, most: int) -> int:
    """A whole number from nought to `most`."""
    text = text.strip()
    if not text:
        raise Refused(f"It has no number ({column}).")
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or int(text) > most:
        raise Refused(f"“{text[:40]}” is not a whole number up to {most} ({column}).")
    return int(text)


def name(text: str, column: str, *, longest: int = 255) -> str:
    """A name, its spaces tidied. One of marks that nobody sees or reads is none: there must be a letter or a digit."""
    tidied = " ".join(text.split())
    if not any(letter.isalnum() for letter in tidied):
        raise Refused(f"It has no name ({column}).")
    if len(tidied) > longest:
        raise Refused(f"Its name is {len(tidied)} characters long, and {longest} is the most ({column}).")
    return tidied


def is_total(name: str) -> bool:
    """Whether a name is what stands before the sum at the foot of a list."""
    return bool(TOTAL.fullmatch(name.strip()))


def phone(text: str) -> str:
    """A telephone number; one that a spreadsheet took for a number gets back the nought that it lost."""
    tidied = short(text, 40)
    return f"0{tidied}" if WITHOUT_NOUGHT.fullmatch(tidied) else tidied


def website(text: str) -> str:
    """An address that a browser can follow; nothing where it is not one or too long to keep whole."""
    text = text.strip()
    if not text or " " in text or "." not in text:
        return ""
    if "://" not in text:
        text = "https://" + text
    return text if text.lower().startswith(("http://", "https://")) and len(text) <= 255 else ""


def short(text: str, longest: int) -> str:
    """Text that fits, or nothing: half a telephone number is no use."""
    text = " ".join(text.split())
    return text if len(text) <= longest else ""

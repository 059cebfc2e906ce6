"""What a quote and a published reply need. Pure."""

import re
from collections.abc import Sequence

from trellis.core.errors import RuleBroken

# What points at a person as surely as a name does: an email address, a telephone number, a postcode.
POINTERS = (
    (re.compile(r"[^\s@]+@[^\s@]+\.\w+"), "an email address"),
    (re.compile(r"(?:\+?\d[\s-]?){9,}"), "a telephone number"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE), "a postcode"),
)


def check_quote(words: str) -> None:
    """A quote holds nothing that finds a person. Names no machine can tell: a person reads it, and says so."""
    for pattern, what in POINTERS:
        if pattern.search(words):
            raise RuleBroken(f"There is {what} in it. Take it out: anyone can read a quote.", field="words")


def check_can_tell(*, status: str, themes: Sequence[str], answered: Sequence[str]) -> None:
    """A closed consultation, and a reply to each theme that its answers were coded to."""
    if status != "closed":
        raise RuleBroken("Close the consultation first: people may still be answering.")
    if not themes:
        raise RuleBroken("No answer is coded to a theme yet: there is nothing to reply to.")
    if missing := [theme for theme in themes if theme not in answered]:
        raise RuleBroken(f"Say what you did about {', '.join(f'“{theme}”' for theme in missing)}.")

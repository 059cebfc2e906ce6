"""Which column of a list looks as if it held the names of organisations, where none is called so. Pure.

A person is shown the guess before anything is done with it: names of people look much like those of groups.
"""

import re
from collections.abc import Sequence

MOST = 0.8  # of the values of a column, how many must look like names, and differ from each other
SEVERAL = 0.5  # how many must have several words
LONGEST_NAME = 10  # words
TELLING = re.compile(
    r"\b(?:age uk|alliance|arts|association|assoc|band|brownies|cadets|care|carers|centre|charity|choir|church|cic|cio"
    r"|club|coalition|college|committee|community|company|council|cubs|family|federation|forum|foundation|friends|fund"
    r"|group|groups|guides|hall|help|home|hospice|hub|institute|league|library|ltd|limited|ministries|mission|museum|network"
    r"|nursery|pantry|partnership|people|players|playgroup|pre-?school|project|rangers|school|scheme|scouts?|service"
    r"|services|singers|social|society|support|team|theatre|trust|u3a|union|united|volunteers?|wi|women'?s|youth)\b",
    re.IGNORECASE,
)
NO_NAME = re.compile(
    r"@|://|^www\.|^[\W\d]*$|^\d+[a-z]?[\s,](?!\w*(?:st|nd|rd|th)\b)|[.!?]$|\b(?:street|road|lane|avenue|close|drive|gardens)\b",
    re.IGNORECASE,
)


def likeliest(columns: Sequence[Sequence[str]]) -> int | None:
    """The place of the column, given by some of its values, that looks most like names; None where none does."""
    likeness = [_likeness([" ".join(value.split()) for value in values if value.strip()]) for values in columns]
    best = max(likeness, default=0)
    return likeness.index(best) if best else None


def _likeness(values: Sequence[str]) -> float:
    names = [one for one in values if not NO_NAME.search(one) and len(one.split()) <= LONGEST_NAME]
    if not values or len(set(names)) < MOST * len(values):
        return 0
    several = sum(len(one.split()) > 1 for one in names) / len(values)
    telling = sum(bool(TELLING.search(one)) for one in names) / len(values)
    return several + 2 * telling if several >= SEVERAL and telling else 0

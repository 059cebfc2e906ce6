"""Postcodes as people type them."""

import re

AREA = "[A-PR-UWYZ]"
OUTWARD = rf"{AREA}[0-9]{{1,2}}|{AREA}[A-HK-Y][0-9]{{1,2}}|{AREA}[0-9][A-HJKPSTUW]|{AREA}[A-HK-Y][0-9][ABEHMNPRVWXY]"
INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"  # C I K M O V never follow: too easily taken for others
WHOLE = re.compile(f"(?:{OUTWARD}){INWARD}")
FIRST_HALF = re.compile(OUTWARD)
DIGIT_FOR = str.maketrans("OIL", "011")
SPACES = re.compile(r"[\s.\-]+")


def normalised(typed: str) -> str | None:
    """The postcode as the tables keep it, `ME141XQ`; None when it cannot be one.

    Forgives lower case, missing or extra spaces, and the letters O, I and L where a digit must stand. The pattern is
    that of BS 7666.
    """
    text = SPACES.sub("", typed).upper()
    if WHOLE.fullmatch(text):
        return text
    if not 5 <= len(text) <= 7:
        return None
    inward = text[-3].translate(DIGIT_FOR) + text[-2:]
    return next((outward + inward for outward in _outwards(text[:-3]) if WHOLE.fullmatch(outward + inward)), None)


def written(postcode: str) -> str:
    """A normalised postcode as on an envelope: `ME14 1XQ`."""
    return f"{postcode[:-3]} {postcode[-3:]}"


def outcode(typed: str) -> str | None:
    """The first half, `ME14`, of a postcode or of a first half as people type it; None when it can be neither."""
    whole = normalised(typed)
    if whole:
        return whole[:-3]
    text = SPACES.sub("", typed).upper()
    return next((outward for outward in _outwards(text) if FIRST_HALF.fullmatch(outward)), None)


def _outwards(text: str) -> list[str]:
    """The first half as typed, and with the letters from each place on read as digits, the likelier first."""
    return [text, *(text[:place] + text[place:].translate(DIGIT_FOR) for place in (3, 2, 1))]

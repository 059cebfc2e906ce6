"""Numbers in public registers, by org-id scheme (org-id.guide), with the format of each."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """One register. `pattern` is what its numbers look like once `tidied`; `like` is an example to show."""

    code: str
    name: str
    pattern: re.Pattern[str]
    like: str


def _ascii(pattern: str) -> re.Pattern[str]:
    """A pattern whose digits are 0 to 9 and no other script's."""
    return re.compile(pattern, re.ASCII)


SCHEMES = {
    scheme.code: scheme
    for scheme in (
        # a linked charity shares its parent's number: 203460-2
        Scheme("GB-CHC", "Charity Commission for England and Wales",
               _ascii(r"[1-9]\d{5,7}(?:-[1-9]\d{0,4})?"), "1007778"),
        Scheme("GB-COH", "Companies House",
               _ascii(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]"), "01234567"),
        Scheme("GB-SC", "Office of the Scottish Charity Regulator", _ascii(r"SC\d{6}"), "SC042386"),
        Scheme("GB-NIC", "Charity Commission for Northern Ireland", _ascii(r"[1-9]\d{5}"), "100019"),
        Scheme("GB-MPR", "Mutuals Public Register",
               _ascii(r"(?:IP|RS|SP|NI)?\d{1,6}[A-Z]{0,3}"), "IP031455"),
    )
}  # fmt: skip
SPACES = re.compile(r"\s+")


def normalised(scheme: str, number: str) -> str:
    """A number as the register itself writes it: `gb-coh`, `123456` gives `00123456`.

    Raises ValueError, with a sentence, for a scheme that is not known or a number that cannot be one of it.
    """
    known = SCHEMES.get(scheme)
    if not known:
        raise ValueError(f"“{scheme}” is not a register that is known here: {', '.join(SCHEMES)}.")
    text = _tidied(known, number)
    if not known.pattern.fullmatch(text):
        raise ValueError(f"“{number}” is not a number of the {known.name}, such as {known.like}.")
    return text


def parsed(org_id: str) -> tuple[str, str]:
    """Scheme and number of an org-id such as `GB-CHC-1007778`. Raises ValueError with a sentence."""
    text = SPACES.sub("", org_id).upper()
    for scheme in SCHEMES:
        if text.startswith(scheme + "-"):
            return scheme, normalised(scheme, text[len(scheme) + 1 :])
    raise ValueError(f"“{org_id}” is not an org-id, such as GB-CHC-1007778.")


def charity_number(registered: int, linked: int) -> str:
    """The GB-CHC number of a charity: its own, or its parent's and the number by which it is linked to it."""
    return f"{registered}-{linked}" if linked else str(registered)


def _tidied(scheme: Scheme, number: str) -> str:
    """Without spaces, in capitals; a spreadsheet's `.0` taken off and its lost noughts put back."""
    text = SPACES.sub("", number).upper().removesuffix(".0")
    if scheme.code == "GB-COH" and text.isdecimal():
        return text.zfill(8)
    if scheme.code == "GB-SC":
        return "SC" + text.removeprefix("SC").zfill(6)
    if scheme.code == "GB-NIC":
        return text.removeprefix("NIC").removeprefix("NI")
    return text

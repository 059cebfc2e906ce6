"""How a file is to be read, where a person said otherwise than what we would guess. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from trellis.core.errors import RuleBroken

DAY_FIRST, MONTH_FIRST = "day", "month"
ORDERS = {DAY_FIRST: "Day, month, year: 3/4/2018 is 3 April", MONTH_FIRST: "Month, day, year: 3/4/2018 is 4 March"}
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
MIXED = "utf-8-mixed"  # UTF-8 but for some bytes: somebody pasted a line into the file with another program
ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    MIXED: "UTF-8, with some letters in the Windows encoding",
    "cp1252": "the Windows encoding", "mac-roman": "the encoding of old Macs", "iso8859-15": "Latin 9",
}  # fmt: skip


WHOLE, PART = "whole", "part"
EXTENTS = {WHOLE: "It is the whole list", PART: "It is a part of the list: rows that are not in it are not gone"}


@dataclass(frozen=True)
class Reading:
    """What is empty or 0 is guessed. `forms` and `served` say which organisations to take of all that the list has."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    heading_line: int = 0
    day_order: str = ""
    forms: tuple[str, ...] = ()
    served: bool = False
    extent: str = ""

    @property
    def month_first(self) -> bool:
        """Whether 3/4/2018 is in March."""
        return self.day_order == MONTH_FIRST

    @property
    def kept(self) -> dict[str, Any]:
        """It as JSON keeps it: what is guessed is left out."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value
        }


GUESSED = Reading()


def of(kept: Mapping[str, Any]) -> Reading:
    """A reading as it was kept. Raises RuleBroken for an encoding, delimiter or order that is none of ours."""
    known = {name: value for name, value in kept.items() if name in GUESSED.__dict__}
    reading = Reading(**known | {"forms": tuple(known.get("forms", ()))})
    for value, choices, field in (
        (reading.encoding, ENCODINGS, "encoding"),
        (reading.delimiter, DELIMITERS, "delimiter"),
        (reading.day_order, ORDERS, "day_order"),
        (reading.extent, EXTENTS, "extent"),
    ):
        if value and value not in choices:
            raise RuleBroken("Choose from the list.", field=field)
    return reading

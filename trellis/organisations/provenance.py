"""Where each field of an organisation came from: pure.

Kept small, because there are hundreds of thousands: `{"*": ["ccew", "2018-07-02"], "email": ["lio", "2018-05-01"]}`
says that the e-mail address came from one list and all the rest from another; the date is the source's own.
"""

from collections.abc import Mapping
from typing import Any

ALL = "*"
ITSELF = "organisation"  # the source of what an organisation says of itself; no list overrules it
KEEPERS = "register-keepers"  # no list overrules what those who keep the register put right, on somebody's word
UNKNOWN_RANK = 0  # what no list gave, a person did, and no list overrules a person
Provenance = dict[str, list[str]]


def of(source: str, on: str) -> Provenance:
    """Everything from one source, on a day as YYYY-MM-DD."""
    return {ALL: [source, on]}


def source_of(provenance: Mapping[str, list[str]], field: str) -> tuple[str, str] | None:
    """The source's code and the day, for one field; None when nobody noted it."""
    noted = provenance.get(field) or provenance.get(ALL)
    return (noted[0], noted[1]) if noted else None


def taken(
    current: Mapping[str, Any],
    provenance: Provenance,
    offered: Mapping[str, Any],
    source: tuple[str, str],
    ranks: Mapping[str, int],
) -> tuple[dict[str, Any], Provenance]:
    """What to change when a source offers values, and the provenance afterwards.

    `current` and `offered` hold fields by name; `source` is its code and the day of its values; `ranks` says how much
    each source is trusted, the lower the more. A field is taken when it differs and the source that it came from is
    trusted no more than this one; an empty field is anybody's to fill, and only its own source may empty it.
    """
    code, on = source
    changes: dict[str, Any] = {}
    after = dict(provenance)
    for field, value in offered.items():
        held = current[field]
        if value == held:
            continue
        known = source_of(provenance, field)
        owner = known[0] if known else ""
        if _is_empty(held) or owner == code:
            pass
        elif _is_empty(value) or ranks.get(owner, UNKNOWN_RANK) < ranks[code]:
            continue
        changes[field] = value
        after[field] = [code, on]
    return changes, after


def _is_empty(value: Any) -> bool:
    return value is None or value == ""

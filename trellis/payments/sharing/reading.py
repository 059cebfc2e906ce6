"""Reading a sharing from a file: what is wrong is refused in a sentence that names its path.

The shape is published as `schema.json`; what a schema cannot say (weights and shares that sum to 1, names that are
unique, a floor that is not the target) is checked here too. Keys that are not known are passed over, so that a file
can carry notes.
"""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from trellis.core.exact_json import decimal_at, list_at, name_at, object_at, refused, under, unique, wanted
from trellis.payments.sharing.sums import Shared
from trellis.payments.sharing.terms import WHOLE, Measure, Party, Terms

MOST_MONEY = 10**15  # pounds: more is no council's, and has more digits than a sum in pence can hold exactly


def terms(document: Any) -> Terms:
    """The terms in an object of the file's shape. Raises RuleBroken, whose `field` is the path of what is wrong."""
    top = object_at(document, "")
    return Terms(
        target_cost=_money(top, "target_cost"),
        actual_cost=_money(top, "actual_cost"),
        measures=_measures(wanted(top, "measures", "")),
        overshoot=_positive(top, "overshoot") if "overshoot" in top else Fraction(0),
        gate=_positive(top, "gate"),
        gain_ratio=_ratio(top, "gain_ratio"),
        pain_ratio=_ratio(top, "pain_ratio"),
        partners=_partners(wanted(top, "partners", "")),
    )


def _measures(given: Any) -> tuple[Measure, ...]:
    rows = _rows(given, "measures")
    found = tuple(_measure(row, path) for row, path in rows)
    unique([one.name for one in found], [f"{path}.name" for _row, path in rows])
    _check_whole([one.weight for one in found], "measures", "weights")
    return found


def _rows(given: Any, path: str) -> list[tuple[Mapping[str, Any], str]]:
    """Each object of a list, and where it stands."""
    places = [f"{path}[{place}]" for place in range(len(list_at(given, path)))]
    return [(object_at(row, place), place) for row, place in zip(given, places, strict=True)]


def _measure(row: Mapping[str, Any], path: str) -> Measure:
    name, weight = name_at(wanted(row, "name", path), f"{path}.name"), _positive(row, "weight", path)
    actual, floor, target = (_number(row, key, path) for key in ("actual", "floor", "target"))
    if floor == target:
        raise refused(f"{path}.target", "must differ from the floor")
    return Measure(name, weight, actual, floor, target)


def _partners(given: Any) -> tuple[Party, ...]:
    rows = _rows(given, "partners")
    found = tuple(_party(row, path) for row, path in rows)
    unique([one.name for one in found], [f"{path}.name" for _row, path in rows])
    _check_whole([one.share for one in found], "partners", "shares")
    return found


def _party(row: Mapping[str, Any], path: str) -> Party:
    name = name_at(wanted(row, "name", path), f"{path}.name")
    return Party(name, _positive(row, "share", path), _positive(row, "pain_cap", path))


def _check_whole(parts: list[Fraction], path: str, words: str) -> None:
    total = sum(parts, Fraction(0))
    if total != WHOLE:
        written = f"{float(total):.12g}"
        said = "not quite 1" if written == "1" else written
        raise refused(path, f"have {words} that sum to {said}: they must sum to 1 exactly")


def _number(row: Mapping[str, Any], key: str, path: str = "") -> Fraction:
    return decimal_at(wanted(row, key, path), under(path, key))


def _positive(row: Mapping[str, Any], key: str, path: str = "") -> Fraction:
    found = _number(row, key, path)
    if found < 0:
        raise refused(under(path, key), "must be 0 or more")
    return found


def _ratio(row: Mapping[str, Any], key: str) -> Fraction:
    found = _positive(row, key)
    if found > WHOLE:
        raise refused(key, "must be from 0 to 1")
    return found


def _money(row: Mapping[str, Any], key: str) -> Fraction:
    found = _positive(row, key)
    if found > MOST_MONEY:
        raise refused(key, f"must be at most {MOST_MONEY:,}")
    return found


def schema() -> dict[str, Any]:
    """The published shape of the file, as a JSON Schema."""
    return json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))


def as_json(shared: Shared) -> dict[str, Any]:
    """A sharing as JSON holds it: money as text with two decimals, the quality score as a number."""
    return {
        "quality": float(shared.quality),
        "difference": f"{shared.difference:.2f}",
        "pool": f"{shared.pool:.2f}",
        "partners": [{"name": part.name, "amount": f"{part.amount:.2f}"} for part in shared.parts],
        "commissioner": f"{shared.commissioner:.2f}",
    }

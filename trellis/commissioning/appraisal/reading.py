"""Reading an appraisal from a file: what is wrong is refused in a sentence that names its path.

The shape is published as `schema.json`; what a schema cannot say (names that agree, scores within their scale) is
checked here too. Keys that are not known are passed over, so that a file can carry notes.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from trellis.commissioning.appraisal.problem import Criterion, Fixed, Problem, Relative
from trellis.core.errors import RuleBroken

SCALES = ("fixed", "relative")
UNPRINTABLE = {"Cc", "Cs"}  # control characters and halves of characters
DEEPEST = 20  # criteria under criteria
LONGEST_NUMBER, LARGEST_POWER = 100, 300  # digits; of ten: a float holds it, and exact sums stay quick


class _Twice(dict):
    """An object in which a key stands twice: JSON would drop the first without a word."""

    def __init__(self, pairs: list[tuple[str, Any]], key: str):
        super().__init__(pairs)
        self.key = key


def parse(text: str) -> Problem:
    """The problem in a text of JSON. Raises RuleBroken, whose `field` is the path of what is wrong."""
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise RuleBroken(f"it is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise RuleBroken("it is not JSON that can be read: a number is too long or lists stand too deep.") from error
    return problem(document)


def problem(document: Any) -> Problem:
    """The problem in an object of the file's shape. Raises RuleBroken, whose `field` is the path of what is wrong."""
    top = _object_at(document, "")
    options = _names(_wanted(top, "options", ""), "options")
    criteria = _criteria(_wanted(top, "criteria", ""), "criteria", depth=1)
    leaves = _unique_leaves(criteria)
    return Problem(options, criteria, _scores(_wanted(top, "scores", ""), options, leaves))


def _names(given: Any, path: str) -> tuple[str, ...]:
    names = tuple(_name(name, f"{path}[{place}]") for place, name in enumerate(_list_at(given, path)))
    for place, name in enumerate(names):
        if name in names[:place]:
            raise _refused(f"{path}[{place}]", f"is “{name}”, as another before it: give each a name of its own")
    return names


def _criteria(given: Any, path: str, *, depth: int) -> tuple[Criterion, ...]:
    if depth > DEEPEST:
        raise _refused(path, f"is deeper than {DEEPEST} criteria under criteria")
    siblings = tuple(
        _criterion(each, f"{path}[{place}]", depth=depth) for place, each in enumerate(_list_at(given, path))
    )
    if not any(criterion.swing for criterion in siblings):
        raise _refused(f"{path}[0].swing", "and its siblings' are all 0: one at least must be more")
    return siblings


def _criterion(given: Any, path: str, *, depth: int) -> Criterion:
    row = _object_at(given, path)
    name = _name(_wanted(row, "name", path), f"{path}.name")
    swing = _number(_wanted(row, "swing", path), f"{path}.swing")
    if swing < 0:
        raise _refused(f"{path}.swing", "must be 0 or more")
    if "children" in row and row["children"] != []:
        return Criterion(name, swing, children=_criteria(row["children"], f"{path}.children", depth=depth + 1))
    return Criterion(name, swing, _scale(row, path))


def _scale(row: Mapping, path: str) -> Fixed | Relative:
    kind = _wanted(row, "scale", path)
    if kind not in SCALES:
        raise _refused(f"{path}.scale", 'must be "fixed" (with worst and best) or "relative"')
    if kind == "relative":
        return Relative()
    scale = Fixed(*(_number(_wanted(row, end, path), f"{path}.{end}") for end in ("worst", "best")))
    if scale.worst == scale.best:
        raise _refused(f"{path}.best", "must differ from worst")
    return scale


def _unique_leaves(criteria: tuple[Criterion, ...]) -> dict[str, Criterion]:
    found: dict[str, Criterion] = {}
    for leaf, path in _paths(criteria, "criteria"):
        if leaf.name in found:
            raise _refused(f"{path}.name", f"is “{leaf.name}”, as another before it: give each a name of its own")
        found[leaf.name] = leaf
    return found


def _paths(siblings: tuple[Criterion, ...], path: str) -> Iterator[tuple[Criterion, str]]:
    """Each leaf and where it stands."""
    for place, criterion in enumerate(siblings):
        here = f"{path}[{place}]"
        if criterion.children:
            yield from _paths(criterion.children, f"{here}.children")
        else:
            yield criterion, here


def _scores(given: Any, options: Sequence[str], leaves: Mapping[str, Criterion]) -> dict[str, dict[str, Fraction]]:
    rows = _object_at(given, "scores")
    _check_keys(rows, "scores", options, "is no option")
    return {option: _row(_wanted(rows, option, "scores"), _under("scores", option), leaves) for option in options}


def _row(given: Any, path: str, leaves: Mapping[str, Criterion]) -> dict[str, Fraction]:
    row = _object_at(given, path)
    _check_keys(row, path, leaves, "is no criterion that is scored")
    return {name: _score(_wanted(row, name, path), _under(path, name), leaf) for name, leaf in leaves.items()}


def _score(given: Any, path: str, leaf: Criterion) -> Fraction:
    score = _number(given, path)
    if isinstance(leaf.scale, Fixed) and not leaf.scale.holds(score):
        low, high = sorted((leaf.scale.worst, leaf.scale.best))
        raise _refused(path, f"is outside its scale, which goes from {float(low):g} to {float(high):g}")
    return score


def _check_keys(row: Mapping, path: str, known: Sequence[str] | Mapping[str, Any], fault: str) -> None:
    for key in row:
        if key not in known:
            raise _refused(_under(path, key), fault)


def _name(given: Any, path: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise _refused(path, "must be a name, in quotation marks")
    if any(unicodedata.category(letter) in UNPRINTABLE for letter in given):
        raise _refused(path, "must be a name on one line, without control characters")
    return given


def _number(given: Any, path: str) -> Fraction:
    """The exact value of a number; true and false are none."""
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal | Fraction):
        raise _refused(path, "must be a number")
    if isinstance(given, Fraction):
        return given
    exact = Decimal(str(given)) if isinstance(given, float) else Decimal(given)
    if not exact.is_finite():
        raise _refused(path, "must be a finite number")
    if len(exact.as_tuple().digits) > LONGEST_NUMBER or (exact and abs(exact.adjusted()) > LARGEST_POWER):
        raise _refused(path, "is too long a number, too large or too small")
    return Fraction(exact) if exact else Fraction(0)


def _object_at(given: Any, path: str) -> Mapping[str, Any]:
    if isinstance(given, _Twice):
        raise _refused(_under(path, given.key), "stands twice")
    if not isinstance(given, Mapping):
        raise _refused(path, "must be an object in braces")
    return given


def _list_at(given: Any, path: str) -> Sequence[Any]:
    if not isinstance(given, list | tuple) or not given:
        raise _refused(path, "must be a list in brackets, with one entry at least")
    return given


def _wanted(row: Mapping[str, Any], key: str, path: str) -> Any:
    if key not in row:
        raise _refused(_under(path, key), "is missing")
    return row[key]


def _under(path: str, key: str) -> str:
    """The path of a key: `scores.Alliance`, or `scores["Key Strategic Partner"]` where the key is no single word."""
    if not re.fullmatch(r"\w+", key):
        return f"{path}[{json.dumps(key, ensure_ascii=False)}]"
    return f"{path}.{key}" if path else key


def _refused(path: str, fault: str) -> RuleBroken:
    return RuleBroken(f"{path or 'the whole of it'} {fault}.", field=path)


def _no_number(word: str) -> float:
    return float(word)  # NaN or Infinity, which JSON does not have: refused where it stands


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            return _Twice(pairs, key)
        seen.add(key)
    return dict(pairs)

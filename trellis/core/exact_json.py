"""JSON read exactly, and refused in a sentence that names the path of what is wrong: `measures[1].target is missing`.

Numbers keep the digits they were written with; nothing passes through a floating number.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from trellis.core.errors import RuleBroken

UNPRINTABLE = {"Cc", "Cs"}  # control characters and halves of characters
LONGEST_NUMBER, LARGEST_POWER = 100, 300  # digits; of ten: a float holds it, and exact sums stay quick
DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,9})?")

Read = TypeVar("Read")


class _Twice(dict):
    """An object in which a key stands twice: JSON would drop the first without a word."""

    def __init__(self, pairs: list[tuple[str, Any]], key: str):
        super().__init__(pairs)
        self.key = key


def from_file(file: str, read: Callable[[Any], Read]) -> Read:
    """What `read` makes of the document in a file; `-` is standard input. Raises RuleBroken, which names the file."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleBroken(f"The file {file} is not text in UTF-8.") from error
    except (OSError, ValueError) as error:
        said = (error.strerror if isinstance(error, OSError) else "") or "there is no such name"
        raise RuleBroken(f"The file {file} cannot be read: {said}.") from error
    try:
        return read(parsed(text))
    except RuleBroken as refusal:
        named = "standard input" if file == "-" else file
        raise RuleBroken(f"In {named}, {refusal.sentence}", field=refusal.field) from refusal


def parsed(text: str) -> Any:
    """The document in a text of JSON, its fractions as Decimal. Raises RuleBroken when it cannot be read."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise RuleBroken(f"it is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise RuleBroken("it is not JSON that can be read: a number is too long or lists stand too deep.") from error


def name_at(given: Any, path: str) -> str:
    """A name on one line; RuleBroken for anything else."""
    if not isinstance(given, str) or not given.strip():
        raise refused(path, "must be a name, in quotation marks")
    if any(unicodedata.category(letter) in UNPRINTABLE for letter in given):
        raise refused(path, "must be a name on one line, without control characters")
    return given


def number_at(given: Any, path: str) -> Fraction:
    """The exact value of a number; true and false are none."""
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal | Fraction):
        raise refused(path, "must be a number")
    if isinstance(given, Fraction):
        return given
    exact = Decimal(str(given)) if isinstance(given, float) else Decimal(given)
    if not exact.is_finite():
        raise refused(path, "must be a finite number")
    if len(exact.as_tuple().digits) > LONGEST_NUMBER or (exact and abs(exact.adjusted()) > LARGEST_POWER):
        raise refused(path, "is too long a number, too large or too small")
    return Fraction(exact) if exact else Fraction(0)


def decimal_at(given: Any, path: str) -> Fraction:
    """The exact value of a number, or of a text that holds nothing but one, such as "0.1"."""
    if not isinstance(given, str):
        return number_at(given, path)
    if not DECIMAL.fullmatch(given):
        raise refused(path, 'must be a number, or a number in quotation marks such as "0.1"')
    return number_at(Decimal(given), path)


def object_at(given: Any, path: str) -> Mapping[str, Any]:
    """An object in which no key stands twice; RuleBroken for anything else."""
    if isinstance(given, _Twice):
        raise refused(under(path, given.key), "stands twice")
    if not isinstance(given, Mapping):
        raise refused(path, "must be an object in braces")
    return given


def list_at(given: Any, path: str) -> Sequence[Any]:
    """A list with something in it; RuleBroken for anything else."""
    if not isinstance(given, list | tuple) or not given:
        raise refused(path, "must be a list in brackets, with one entry at least")
    return given


def wanted(row: Mapping[str, Any], key: str, path: str) -> Any:
    """What an object has under a key; RuleBroken when it lacks it."""
    if key not in row:
        raise refused(under(path, key), "is missing")
    return row[key]


def under(path: str, key: str) -> str:
    """The path of a key: `scores.Alliance`, or `scores["Key Strategic Partner"]` where the key is no single word."""
    if not re.fullmatch(r"\w+", key):
        return f"{path}[{json.dumps(key, ensure_ascii=False)}]"
    return f"{path}.{key}" if path else key


def refused(path: str, fault: str) -> RuleBroken:
    """The refusal of what stands at a path."""
    return RuleBroken(f"{path or 'the whole of it'} {fault}.", field=path)


def unique(names: Sequence[str], paths: Sequence[str]) -> None:
    """Refuse a name that stands there already, by the path of the second."""
    for place, name in enumerate(names):
        if name in names[:place]:
            raise refused(paths[place], f"is “{name}”, as another before it: give each a name of its own")


def _no_number(word: str) -> float:
    return float(word)  # NaN or Infinity, which JSON does not have: refused where it stands


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            return _Twice(pairs, key)
        seen.add(key)
    return dict(pairs)

"""Reading an appraisal from a file: what is wrong is refused in a sentence that names its path.

The shape is published as `schema.json`; what a schema cannot say (names that agree, scores within their scale) is
checked here too. Keys that are not known are passed over, so that a file can carry notes.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from trellis.commissioning.appraisal.problem import Criterion, Fixed, Problem, Relative
from trellis.core.exact_json import list_at, name_at, number_at, object_at, parsed, refused, under, unique, wanted

SCALES = ("fixed", "relative")
DEEPEST = 20  # criteria under criteria


def parse(text: str) -> Problem:
    """The problem in a text of JSON. Raises RuleBroken, whose `field` is the path of what is wrong."""
    return problem(parsed(text))


def problem(document: Any) -> Problem:
    """The problem in an object of the file's shape. Raises RuleBroken, whose `field` is the path of what is wrong."""
    top = object_at(document, "")
    options = _names(wanted(top, "options", ""), "options")
    criteria = _criteria(wanted(top, "criteria", ""), "criteria", depth=1)
    leaves = _unique_leaves(criteria)
    return Problem(options, criteria, _scores(wanted(top, "scores", ""), options, leaves))


def _names(given: Any, path: str) -> tuple[str, ...]:
    names = tuple(name_at(name, f"{path}[{place}]") for place, name in enumerate(list_at(given, path)))
    unique(names, [f"{path}[{place}]" for place in range(len(names))])
    return names


def _criteria(given: Any, path: str, *, depth: int) -> tuple[Criterion, ...]:
    if depth > DEEPEST:
        raise refused(path, f"is deeper than {DEEPEST} criteria under criteria")
    siblings = tuple(
        _criterion(each, f"{path}[{place}]", depth=depth) for place, each in enumerate(list_at(given, path))
    )
    if not any(criterion.swing for criterion in siblings):
        raise refused(f"{path}[0].swing", "and its siblings' are all 0: one at least must be more")
    return siblings


def _criterion(given: Any, path: str, *, depth: int) -> Criterion:
    row = object_at(given, path)
    name = name_at(wanted(row, "name", path), f"{path}.name")
    swing = number_at(wanted(row, "swing", path), f"{path}.swing")
    if swing < 0:
        raise refused(f"{path}.swing", "must be 0 or more")
    if "children" in row and row["children"] != []:
        return Criterion(name, swing, children=_criteria(row["children"], f"{path}.children", depth=depth + 1))
    return Criterion(name, swing, _scale(row, path))


def _scale(row: Mapping, path: str) -> Fixed | Relative:
    kind = wanted(row, "scale", path)
    if kind not in SCALES:
        raise refused(f"{path}.scale", 'must be "fixed" (with worst and best) or "relative"')
    if kind == "relative":
        return Relative()
    scale = Fixed(*(number_at(wanted(row, end, path), f"{path}.{end}") for end in ("worst", "best")))
    if scale.worst == scale.best:
        raise refused(f"{path}.best", "must differ from worst")
    return scale


def _unique_leaves(criteria: tuple[Criterion, ...]) -> dict[str, Criterion]:
    found: dict[str, Criterion] = {}
    for leaf, path in _paths(criteria, "criteria"):
        if leaf.name in found:
            raise refused(f"{path}.name", f"is “{leaf.name}”, as another before it: give each a name of its own")
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
    rows = object_at(given, "scores")
    _check_keys(rows, "scores", options, "is no option")
    return {option: _row(wanted(rows, option, "scores"), under("scores", option), leaves) for option in options}


def _row(given: Any, path: str, leaves: Mapping[str, Criterion]) -> dict[str, Fraction]:
    row = object_at(given, path)
    _check_keys(row, path, leaves, "is no criterion that is scored")
    return {name: _score(wanted(row, name, path), under(path, name), leaf) for name, leaf in leaves.items()}


def _score(given: Any, path: str, leaf: Criterion) -> Fraction:
    score = number_at(given, path)
    if isinstance(leaf.scale, Fixed) and not leaf.scale.holds(score):
        low, high = sorted((leaf.scale.worst, leaf.scale.best))
        raise refused(path, f"is outside its scale, which goes from {float(low):g} to {float(high):g}")
    return score


def _check_keys(row: Mapping, path: str, known: Sequence[str] | Mapping[str, Any], fault: str) -> None:
    for key in row:
        if key not in known:
            raise refused(under(path, key), fault)

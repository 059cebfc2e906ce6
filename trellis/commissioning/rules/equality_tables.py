"""Published tables of people by district, as rows of text, into counts. Pure.

Two layouts are understood. Long: the district's code first, then anything, the measure last but one, and its `value`
last. Wide: the code, the district's name, and then a column to each measure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trellis.core.errors import RuleBroken

NUMBER, PERCENT = "(number)", "(percent)"
NARROWEST = 3  # columns


@dataclass(frozen=True)
class Count:
    """How many people of a kind live in a district, which is named by its GSS code."""

    district: str
    measure: str
    people: int


def counts_in(rows: Iterable[Sequence[str]]) -> Iterator[Count]:
    """The counts of a table whose first row is its heading; percentages are left out, for they follow from counts.

    RuleBroken names the line of a row that is no row of such a table.
    """
    lines = enumerate(rows, start=1)
    _, heading = next(lines, (1, []))
    if len(heading) < NARROWEST or "code" not in heading[0].lower():
        raise RuleBroken("The first row must name the columns, and the first of them be the district’s code.")
    for line, cells in lines:
        if len(cells) != len(heading):
            raise RuleBroken(f"Line {line} has {len(cells)} columns, and the heading {len(heading)}.")
        for measure, value in _values(heading, cells):
            if not measure.endswith(PERCENT):
                yield Count(cells[0].strip(), measure.removesuffix(NUMBER).strip(), _people(value, line))


def _values(heading: Sequence[str], cells: Sequence[str]) -> list[tuple[str, str]]:
    if heading[-1].strip().lower() == "value":
        return [(" ".join(cells[-2].split()), cells[-1])]
    names = [name.replace("_", " ").strip().capitalize() for name in heading[2:]]
    return list(zip(names, cells[2:], strict=True))


def _people(value: str, line: int) -> int:
    whole, _, decimals = value.strip().replace(",", "").partition(".")
    if not whole.isdecimal() or decimals.strip("0"):
        raise RuleBroken(f"Line {line} has {value.strip()!r} where a whole number of people belongs.")
    return int(whole)

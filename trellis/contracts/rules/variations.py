"""When a variation may be drafted and carried, and what its quarters are then worth. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from trellis.contracts.rules.grounds import FAILS, GROUNDS, Line
from trellis.core import money
from trellis.core.errors import RuleBroken
from trellis.core.money import pounds_and_pence
from trellis.web.words import day


def check_ground(*, ground: str, regime: str) -> None:
    """Refuse a ground that the contract's law does not know."""
    if ground not in GROUNDS or GROUNDS[ground].regime != regime:
        raise RuleBroken("The law under which this contract was awarded has no such ground.", field="ground")


def check_effective_on(*, effective_on: date, quarter_starts: Sequence[date], today: date) -> None:
    """Refuse a day within a quarter, or in one that has begun: what has begun is not changed."""
    if effective_on <= today:
        raise RuleBroken("A change holds from a day to come: what has begun is not changed.", field="effective_on")
    if effective_on not in quarter_starts:
        following = next((start for start in quarter_starts if start > today), None)
        hint = f" The next is {day(following)}." if following else ""
        raise RuleBroken(f"A change holds from the first day of a contract quarter.{hint}", field="effective_on")


def check_changes_something(*, before: Mapping[int, Decimal], after: Mapping[int, Decimal], scope: bool) -> None:
    """Refuse a variation that leaves value, term and scope as they are."""
    if dict(before) == dict(after) and not scope:
        raise RuleBroken("Nothing changes. Give a year another value, or say how the scope changes.")


def check_years_follow(*, last: int, added: Sequence[int]) -> None:
    """Refuse a term with a gap: a year can be added only after the one before it."""
    if list(added) != list(range(last + 1, last + 1 + len(added))):
        raise RuleBroken(f"Give year {last + 1} a value too: years follow one another.", field=f"year-{last + 1}")


def quarters_after(*, year: int, value: Decimal, kept: Decimal, number: int) -> list[Decimal]:
    """What each of the `number` quarters left of a year is worth, in pounds, when the year is worth `value`.

    `kept` pounds are those of quarters that stay. Equal parts, odd pence to the earliest. RuleBroken where less is left
    than nothing, or where nothing is left to change.
    """
    if number == 0:
        raise RuleBroken(f"Every quarter of year {year} stays as it is: no other value fits.", field=f"year-{year}")
    if value < kept:
        raise RuleBroken(
            f"Quarters of year {year} that stay are worth {pounds_and_pence(kept)}: the year cannot be worth less.",
            field=f"year-{year}",
        )
    return money.split(value - kept, [1] * number)


def check_can_carry(*, status: str, working: Sequence[Line]) -> None:
    """Refuse a change that the law does not allow on its ground, in the words of the line that fails."""
    if status != "drafted":
        raise RuleBroken("This change is in the contract already, or it was dropped.")
    failing = [line for line in working if line.verdict == FAILS]
    if failing:
        line = failing[0]
        raise RuleBroken(f"The law does not allow it on this ground. {line.asked} {line.figures} ({line.source}).")

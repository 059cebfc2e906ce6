"""What a contract must say of itself, what its years are worth, and when it may be extended. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.commissioning import budget
from trellis.contracts.rules.shares import check_shares
from trellis.core import money
from trellis.core.errors import RuleBroken
from trellis.core.periods import Period, contract_years
from trellis.web.words import day, percent

REFERENCE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
WHOLE = Decimal(1)


@dataclass(frozen=True)
class YearOfContract:
    """A contract year, from 1: its days, what it is worth in pounds, and its four quarters with theirs."""

    number: int
    period: Period
    value: Decimal
    quarters: tuple[tuple[Period, Decimal], ...]


def check_reference(reference: str) -> None:
    """Refuse a reference that would not do as an address."""
    if not REFERENCE.fullmatch(reference):
        raise RuleBroken("Write the reference in capitals, figures and hyphens, like SCO-2.", field="reference")


def check_partners(*, shares: Mapping[str, Decimal], authority: str, independent_route: str) -> None:
    """Refuse shares that do not sum to 1, and partners that cannot be one; all by their references."""
    if not shares:
        raise RuleBroken("Name the partners and their shares.", field="shares")
    check_shares(shares)
    if independent_route in shares:
        raise RuleBroken("The independent route cannot be a partner: it is for when all partners have a conflict.")
    if authority in shares:
        raise RuleBroken("The commissioner pays and has no share, so it is not named among the partners.")


def check_funding(shares: Mapping[str, Decimal], *, field: str) -> None:
    """Refuse funding that leaves part of the contract to nobody. `shares` maps a source's name to its fraction."""
    if any(share <= 0 for share in shares.values()):
        raise RuleBroken(
            "Each source of funding pays some part of the contract: leave out those that pay nothing.", field=field
        )
    total = sum(shares.values(), Decimal(0))
    if total != WHOLE:
        raise RuleBroken(
            f"The sources of funding add up to {percent(total)}. They must add up to 100% exactly.", field=field
        )


def years_of(
    *,
    baseline: Decimal,
    step_down: Decimal | None,
    values: Sequence[Decimal] | None,
    years: int,
    extensions: int,
    starts_on: date,
) -> tuple[YearOfContract, ...]:
    """Every year of a contract, those of its extensions last.

    `step_down` is the fraction that comes off `baseline` (pounds a year) each year, the first before year 1; or
    `values` gives the pounds of each year, extension years too. RuleBroken unless exactly one of the two is there, and
    for figures of which no contract can be made.
    """
    if (step_down is None) == (values is None):
        raise RuleBroken("Say what comes off each year, or what each year is worth: one of the two.", field="values")
    budget.check_terms(
        baseline=baseline, step_down=(step_down or 0) * 100, years=years, extensions=extensions, start=starts_on
    )
    if values is None:
        values = _tapered(baseline, step_down or Decimal(0), years + extensions)
    if len(values) != years + extensions:
        raise RuleBroken(f"Give a value for each of the {years + extensions} years.", field="values")
    if any(value < 0 for value in values):
        raise RuleBroken("A year cannot be worth less than nothing.", field="values")
    found = zip(contract_years(starts_on, years + extensions), values, strict=True)
    return tuple(
        YearOfContract(year.number, year.period, value, _quarters(year.quarters, value)) for year, value in found
    )


def _tapered(baseline: Decimal, step_down: Decimal, years: int) -> list[Decimal]:
    numbers = range(1, years + 1)
    return [money.rounded(budget.exact_value(baseline, step_down * 100, number)) for number in numbers]


def _quarters(periods: Sequence[Period], value: Decimal) -> tuple[tuple[Period, Decimal], ...]:
    """Equal quarters, odd pence to the earliest."""
    return tuple(zip(periods, money.split(value, [1] * len(periods)), strict=True))


def check_can_extend(*, number: int, ends_on: date, option_starts_on: date, is_own: bool) -> None:
    """Refuse an extension that does not follow the term's last day, or that another authority decided.

    Whether the decision is in effect is asked of decisions.
    """
    if not is_own:
        raise RuleBroken("This decision is another authority’s: it cannot extend the contract.", field="decision")
    if (option_starts_on - ends_on).days != 1:
        raise RuleBroken(f"Extension {number} does not follow the term, which ends on {day(ends_on)}.")

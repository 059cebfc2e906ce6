"""The tapered budget as text: tables for the terminal, JSON for other programs."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from trellis.commissioning.budget import Budget, present_value
from trellis.core.money import pounds_and_pence
from trellis.web.words import counted


def budget_facts(budget: Budget, *, discount_rate: Decimal) -> dict:
    """The whole budget as JSON holds it: money as text with two decimals, dates as 2017-01-01, ends inclusive."""
    return {
        "years": [
            {
                "year": year.year,
                "start": year.start.isoformat(),
                "end": year.end.isoformat(),
                "value": _money(year.value),
                "annual_saving": _money(year.annual_saving),
                "cumulative_saving": _money(year.cumulative_saving),
                "quarters": [
                    {"start": part.start.isoformat(), "end": part.end.isoformat(), "value": _money(part.value)}
                    for part in year.quarters
                ],
            }
            for year in budget.years
        ],
        "financial_years": [{"year": str(part.year), "value": _money(part.value)} for part in budget.financial_years],
        "term_total": _money(budget.term_total),
        "total_with_extensions": _money(budget.total_with_extensions),
        "present_value": _money(present_value(budget, years=budget.term, discount_rate=discount_rate)),
        "present_value_with_extensions": _money(
            present_value(budget, years=len(budget.years), discount_rate=discount_rate)
        ),
    }


def budget_text(budget: Budget, *, discount_rate: Decimal) -> str:
    """The whole budget as tables to read on a terminal."""
    years = [
        (year.year, year.start, year.end, year.value, year.annual_saving, year.cumulative_saving)
        for year in budget.years
    ]
    quarters = [
        (f"{year.year}.{number}", part.start, part.end, part.value)
        for year in budget.years
        for number, part in enumerate(year.quarters, start=1)
    ]
    tables = [
        _table(("Contract year", "from", "to", "value", "annual saving", "cumulative saving"), years),
        _table(("Quarter", "from", "to", "value"), quarters),
        _table(("Financial year", "value"), [(str(part.year), part.value) for part in budget.financial_years]),
        _table(("Total", "value", f"present value at {discount_rate}%"), _totals(budget, discount_rate)),
    ]
    start = (
        f"{pounds_and_pence(budget.baseline)} a year before; {budget.step_down}% comes off each year, first in year 1."
    )
    return "\n\n".join([start, *tables])


def _totals(budget: Budget, discount_rate: Decimal) -> Iterable[tuple]:
    certain = present_value(budget, years=budget.term, discount_rate=discount_rate)
    yield counted(budget.term, "year"), budget.term_total, certain
    if (years := len(budget.years)) > budget.term:
        in_all = present_value(budget, years=years, discount_rate=discount_rate)
        yield f"{years} years, extensions counted", budget.total_with_extensions, in_all


def _money(pounds: Decimal) -> str:
    return f"{pounds:.2f}"


def _table(headings: Sequence[str], rows: Iterable[Sequence]) -> str:
    """Columns as wide as their widest cell: money to the right, all else to the left."""
    rows = list(rows)
    texts = [list(headings)] + [
        [pounds_and_pence(cell) if isinstance(cell, Decimal) else str(cell) for cell in row] for row in rows
    ]
    widths = [max(len(text[column]) for text in texts) for column in range(len(headings))]
    is_money = [isinstance(cell, Decimal) for cell in rows[0]]
    lines = (
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(text, widths, is_money, strict=True)
        )
        for text in texts
    )
    return "\n".join(line.rstrip() for line in lines)

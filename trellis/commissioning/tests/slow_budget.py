"""The tapered budget again, as slowly and obviously as possible: pence one by one, days one by one."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction


def slow_budget(baseline: Decimal, step_down: Decimal, years: int, start: date) -> dict:
    """Whole pence by contract year, by first day of a quarter, and by the year in which a financial year begins."""
    value = Fraction(baseline) * 100
    by_year, by_quarter, by_financial_year = [], {}, {}
    for year in range(years):
        value = value * (100 - Fraction(step_down)) / 100
        pence = value.numerator // value.denominator
        if value - pence >= Fraction(1, 2):
            pence += 1
        by_year.append(pence)
        for quarter, part in enumerate(deal([1, 1, 1, 1], pence)):
            first, after = month_later(start, 12 * year + 3 * quarter), month_later(start, 12 * year + 3 * quarter + 3)
            by_quarter[first] = part
            days_in = {}
            day = first
            while day < after:
                begins = day.year if day.month >= 4 else day.year - 1
                days_in[begins] = days_in.get(begins, 0) + 1
                day += timedelta(days=1)
            for begins, share in zip(days_in, deal(list(days_in.values()), part), strict=True):
                by_financial_year[begins] = by_financial_year.get(begins, 0) + share
    return {"years": by_year, "quarters": by_quarter, "financial_years": by_financial_year}


def deal(weights: list[int], pence: int) -> list[int]:
    """Deal out whole pence by weight; each penny left over goes to whoever is owed the largest part of one."""
    shares = [pence * weight // sum(weights) for weight in weights]
    owed = [pence * weight % sum(weights) for weight in weights]
    while sum(shares) < pence:
        neediest = owed.index(max(owed))
        shares[neediest] += 1
        owed[neediest] = -1
    return shares


def month_later(day: date, months: int) -> date:
    """One month at a time from the first of the month, then back to the day, or the month's last."""
    month = day.replace(day=1)
    for _ in range(months):
        month += timedelta(days=monthrange(month.year, month.month)[1])
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))

"""What came of payments: reading the bank's list, matching each payment once, and what paying late costs. Pure."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from trellis.core.errors import RuleBroken
from trellis.core.money import pounds_and_pence, rounded
from trellis.web.words import day

COLUMNS = ("Payment", "Amount", "Paid on")
DAYS_A_YEAR = 365
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Remitted:
    """A row of the bank's list as it is written; `problem` is a sentence where it cannot be read."""

    line: int
    payment: str
    amount: Decimal = Decimal(0)
    paid_on: date = date.min
    problem: str = ""


def read(content: bytes) -> list[Remitted]:
    """The rows of a CSV with the columns Payment, Amount and Paid on (2018-07-31 or 31/07/2018).

    Raises RuleBroken for a file that is no such list; what is wrong with a row stands in it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleBroken("The file is not text in UTF-8. Save it as CSV and try again.", field="file") from error
    rows = list(csv.reader(io.StringIO(text, newline="")))
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [column for column in COLUMNS if column.lower() not in heads]
    if missing:
        raise RuleBroken(f"The file has no column “{missing[0]}”. It needs: {', '.join(COLUMNS)}.", field="file")
    if len(rows) > MOST_ROWS:
        raise RuleBroken(f"The file has more than {MOST_ROWS:,} rows. Split it.", field="file")
    places = [heads.index(column.lower()) for column in COLUMNS]
    return [_row(number, row, places) for number, row in enumerate(rows[1:], start=2) if any(map(str.strip, row))]


def _row(number: int, row: list[str], places: list[int]) -> Remitted:
    payment, amount, paid_on = (row[place].strip() if place < len(row) else "" for place in places)
    try:
        pounds = Decimal(amount.replace(",", "").lstrip("£"))
        if not pounds.is_finite() or abs(pounds) >= 10**12 or pounds != rounded(pounds):
            raise InvalidOperation
    except InvalidOperation:
        return Remitted(number, payment, problem=f"“{amount[:20]}” is not an amount like 1,250.50.")
    try:
        return Remitted(number, payment, pounds, _date(paid_on))
    except ValueError:
        return Remitted(number, payment, problem=f"“{paid_on[:20]}” is not a day like 2018-07-31.")


def _date(text: str) -> date:
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    return date.fromisoformat(text)


def check_can_match(
    *,
    may: bool,
    paid_before: date | None,
    expected: Decimal,
    amount: Decimal,
    paid_on: date,
    exported_on: date,
    today: date,
) -> None:
    """Refuse to match a payment twice, with another amount, or on a day that it cannot have arrived."""
    if not may:
        raise RuleBroken("Only the finance team of the authority can match its payments.")
    if paid_before is not None:
        raise RuleBroken(f"This payment is matched already: it was paid on {day(paid_before)}.")
    if amount != expected:
        raise RuleBroken(
            f"{pounds_and_pence(amount)} was paid and {pounds_and_pence(expected)} sent: "
            f"{pounds_and_pence(amount - expected)} differs.",
            field="amount",
        )
    if not exported_on <= paid_on <= today:
        raise RuleBroken(
            f"It was sent on {day(exported_on)}, so it can have been paid from then until today.", field="paid_on"
        )


def late_days(*, due_on: date, paid_on: date) -> int:
    """How many days after the last day to pay."""
    return max(0, (paid_on - due_on).days)


def with_vat(amount: Decimal, *, net: Decimal, vat: Decimal) -> Decimal:
    """A part of a payment with its part of the VAT, to the penny; in pounds; `net` is what the VAT is on."""
    if net <= 0:
        return amount
    return rounded(Fraction(amount) * Fraction(net + vat) / Fraction(net))


def interest(amount: Decimal, *, days: int, rate: Decimal) -> Decimal:
    """Simple interest on pounds, VAT included, for days, to the penny; `rate` is a fraction a year.

    Late Payment of Commercial Debts (Interest) Act 1998: simple, on each day after the last day to pay.
    """
    if amount <= 0:
        return Decimal("0.00")
    return rounded(Fraction(amount) * Fraction(rate) * days / DAYS_A_YEAR)

"""Reads of the books."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from trellis.contracts.models import Contract
from trellis.payments.models import Account, Dispute, LedgerEntry, StatementLine
from trellis.payments.rules import ledger as rules


def entries(contract: Contract, on: date | None = None) -> QuerySet[LedgerEntry]:
    """The entries of a contract, up to the end of a day, the oldest first."""
    found = LedgerEntry.objects.filter(contract=contract).order_by("pk")
    return found if on is None else found.filter(posted_on__lte=on)


def moves(contract: Contract, on: date | None = None) -> Iterator[tuple[str, str, Decimal]]:
    """What moved between each two accounts up to a day: debit, credit, pounds."""
    found = entries(contract, on).order_by("debit", "credit").values_list("debit", "credit")
    yield from found.annotate(total=Sum("amount"))


def balances(contract: Contract, on: date | None = None) -> dict[str, Decimal]:
    """What each account of a contract holds at the end of a day; below nought, what it gave."""
    return rules.balances(moves(contract, on))


def schedule_posted(contract: Contract) -> dict[str, tuple[Decimal, int]]:
    """By quarter: what the books hold as its value, and how many entries made it so."""
    found: dict[str, tuple[Decimal, int]] = {}
    rows = entries(contract).filter(debit=Account.SCHEDULE, credit=Account.CONTRACT) | entries(contract).filter(
        debit=Account.CONTRACT, credit=Account.SCHEDULE
    )
    totals = rows.order_by("quarter", "debit").values_list("quarter", "debit")
    for quarter, debit, total, number in totals.annotate(total=Sum("amount"), number=Count("pk")):
        value, times = found.get(quarter, (Decimal(0), 0))
        found[quarter] = (value + (total if debit == Account.SCHEDULE else -total), times + number)
    return found


def entries_of_line(line: StatementLine) -> QuerySet[LedgerEntry]:
    """The moves of one line’s money, the oldest first. The payment that paid it with others is not among them."""
    disputes = Dispute.objects.filter(line=line).values_list("pk", flat=True)
    deeds = [
        "stated",
        "sent",
        *(f"dispute {pk} {what}" for pk in disputes for what in ("raised", "upheld", "released")),
    ]
    return LedgerEntry.objects.filter(source__in=[f"{line} {deed}" for deed in deeds]).order_by("pk")

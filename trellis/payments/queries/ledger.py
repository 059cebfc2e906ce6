"""Reads of the books."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from trellis.contracts.models import Contract
from trellis.core.many import among
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


def entries_of_lines(lines: Sequence[StatementLine]) -> dict[int, list[LedgerEntry]]:
    """The moves of each line’s money by the line’s number, the oldest first.

    The payment that paid a line with others is not among them.
    """
    found: dict[int, list[LedgerEntry]] = {line.pk: [] for line in lines}
    deeds: dict[int, list[str]] = {line.pk: ["stated", "sent"] for line in lines}
    for pk, line in Dispute.objects.filter(line__in=lines).values_list("pk", "line"):
        deeds[line] += [f"dispute {pk} {what}" for what in ("raised", "upheld", "released")]
    sources = {f"{line} {deed}": line.pk for line in lines for deed in deeds[line.pk]}
    for entry in LedgerEntry.objects.filter(source__in=among(list(sources))).order_by("pk"):
        found[sources[entry.source]].append(entry)
    return found

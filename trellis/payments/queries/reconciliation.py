"""Do the books agree with the records they are of? Each account is summed twice, once from entries, once from rows."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from trellis.audit import queries as audit
from trellis.audit.verification import snapshot, verify
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.money import pounds_and_pence
from trellis.payments.models import Account, Dispute, LedgerLink, Payment, StatementLine
from trellis.payments.queries import ledger
from trellis.payments.rules import ledger as rules

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Check:
    """One figure from the books, and the same from the records; both in pounds."""

    name: str
    books: Decimal
    records: Decimal

    @property
    def agrees(self) -> bool:
        """Whether they are the same to the penny."""
        return self.books == self.records

    def __str__(self):
        return (
            f"{self.name}: the books say {pounds_and_pence(self.books)}, the records {pounds_and_pence(self.records)}."
        )


@dataclass(frozen=True)
class Reconciliation:
    """What was found for one contract at the end of a day."""

    contract: str
    on: date
    entries: int
    balances: dict[str, Decimal]
    checks: tuple[Check, ...]

    @property
    def faults(self) -> list[str]:
        """A sentence for each figure that differs."""
        return [str(check) for check in self.checks if not check.agrees]

    def as_json(self) -> dict:
        """For `--json`: money as text in pounds."""
        checks = [asdict(check) | {"agrees": check.agrees} for check in self.checks]
        return {
            "contract": self.contract,
            "on": self.on.isoformat(),
            "entries": self.entries,
            "balances": {account: str(amount) for account, amount in self.balances.items()},
            "checks": [one | {"books": str(one["books"]), "records": str(one["records"])} for one in checks],
            "faults": self.faults,
        }


def reconcile(contract: Contract, on: date | None = None) -> Reconciliation:
    """The books of a contract at the end of a day (today, without one), against the records of that day."""
    day = on or clock.today()
    with snapshot():
        balance = ledger.balances(contract, day)
        return Reconciliation(
            contract=contract.reference,
            on=day,
            entries=ledger.entries(contract, day).count(),
            balances=balance,
            checks=tuple(_checks(contract, balance, day)),
        )


def chain_faults() -> list[str]:
    """What is wrong with the chain that seals the books; nothing where it is whole."""
    found = verify(LedgerLink, audit.noted_heads(LedgerLink))
    return [str(fault) for fault in found.faults]


def _checks(contract: Contract, balance: dict[str, Decimal], day: date) -> Iterator[Check]:
    lines, night = _lines(contract, day), _night(day)
    by_kind = {
        kind: amount for kind, amount in lines.values_list("kind").annotate(total=Sum("amount")).order_by("kind")
    }
    stated = sum(by_kind.values(), NOTHING)
    if day >= clock.today():  # what the quarters were worth on an earlier day is known to the books alone
        yield Check("Schedule of the contract", -balance[Account.CONTRACT], contracts.value(contract))
    yield Check(
        "Schedule, less what statements state as base",
        balance[Account.SCHEDULE],
        -balance[Account.CONTRACT] - by_kind.get("base", NOTHING),
    )
    for kind, account in rules.COMES_FROM.items():
        if account != Account.SCHEDULE:
            name = StatementLine.Kind(kind).label
            yield Check(f"{name} lines", -balance[account], by_kind.get(kind, NOTHING))
    held = _sum(_held(lines, night))
    sent = _sum(lines.filter(payment_line__payment__batch__exported_at__lt=night))
    yield Check("Lines in dispute", balance[Account.DISPUTED], held)
    yield Check("Lines to be paid", balance[Account.PAYABLE], stated - held - sent)
    yield from _payment_checks(contract, balance, night)
    yield Check("Paid and outstanding, against value, credits, shares and adjustments", rules.held(balance),
                rules.given(balance))  # fmt: skip


def _payment_checks(contract: Contract, balance: dict[str, Decimal], night: datetime) -> Iterator[Check]:
    payments = Payment.objects.filter(batch__contract=contract, batch__exported_at__lt=night)
    matched = payments.filter(matched_at__lt=night)
    net, vat = _sum(payments), _sum(payments, "vat")
    paid = _sum(matched) + _sum(matched, "vat")
    yield Check("Payments matched", balance[Account.PAID], paid)
    yield Check("Payments sent and not matched", balance[Account.SENT], net + vat - paid)
    yield Check("VAT on top", -balance[Account.VAT], vat)
    yield Check("Lines of the payments", net, _sum(StatementLine.objects.filter(payment_line__payment__in=payments)))


def _lines(contract: Contract, day: date) -> QuerySet[StatementLine]:
    drawn_up = {"statement__report__contract": contract, "statement__drawn_up_at__lt": _night(day)}
    return StatementLine.objects.filter(**drawn_up)


def _held(lines: QuerySet[StatementLine], night: datetime) -> QuerySet[StatementLine]:
    """The lines that were in dispute at the end of a day."""
    disputes = Dispute.objects.filter(raised_at__lt=night)
    over = Q(closed_on__lt=timezone.localtime(night).date())
    return lines.filter(pk__in=disputes.exclude(over).values("line"))


def _sum(rows: QuerySet[StatementLine] | QuerySet[Payment], field: str = "amount") -> Decimal:
    return rows.order_by().aggregate(total=Sum(field))["total"] or NOTHING


def _night(day: date) -> datetime:
    """The end of a day, where the authority is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))

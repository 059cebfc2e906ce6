"""What was due to each payee and when it was paid, for the payments compliance notice and for late interest."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from trellis.contracts.models import Contract, Partner
from trellis.core import clock, rulebook
from trellis.payments.models import Payment, Statement, StatementLine
from trellis.payments.rules import statements
from trellis.payments.rules.compliance import Compliance, Part, compliance, half_years
from trellis.payments.rules.terms import OUTSIDE_VAT


class Key(NamedTuple):
    """What makes lines one part: paid to one payee, received on one day."""

    statement: Statement
    partner: Partner
    payment: Payment | None
    received_on: date


def parts_paid(payment: Payment) -> list[Part]:
    """What a payment pays, statement by statement, where that comes to more than nothing.

    Late interest is left out: it is no debt that earns interest in turn, and no VAT is on it.
    """
    return _parts(_lines().filter(payment_line__payment=payment).exclude(kind__in=OUTSIDE_VAT))


def taxed(payment: Payment) -> Decimal:
    """The pounds of a payment that VAT is worked out from: all but late interest."""
    lines = StatementLine.objects.filter(payment_line__payment=payment).exclude(kind__in=OUTSIDE_VAT)
    return lines.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


def parts(contract: Contract) -> list[Part]:
    """All that was due to the partners of a contract, statement by statement, paid or not."""
    certified = _lines().filter(statement__report__contract=contract)
    return _parts(certified.exclude(statement__status=Statement.Status.DRAFT))


def half_yearly(contract: Contract) -> list[Compliance]:
    """The figures of each half-year from the contract's start until today, the latest first."""
    known, today = parts(contract), clock.today()
    if contract.starts_on > today:
        return []
    return [compliance(known, period) for period in reversed(half_years(contract.starts_on, today))]


def _lines() -> QuerySet[StatementLine]:
    rows = StatementLine.objects.select_related("statement", "partner__organisation", "payment_line__payment")
    return rows.annotate(released_on=Max("disputes__closed_on")).order_by("pk")


def _parts(lines: Iterable[StatementLine]) -> list[Part]:
    """Lines of one payee that were received on one day and paid together, as one."""
    groups: dict[Key, Decimal] = {}
    for line in lines:
        payment = line.payment_line.payment if hasattr(line, "payment_line") else None
        key = Key(line.statement, line.partner, payment, _received_on(line))
        groups[key] = groups.get(key, Decimal("0.00")) + line.amount
    found = [_part(key, amount) for key, amount in groups.items()]
    return [part for part in found if part.amount > 0]


def _part(key: Key, amount: Decimal) -> Part:
    statement, partner, payment, received_on = key
    days = int(rulebook.value("payments.days_to_pay", on=received_on))
    return Part(
        payment=payment.reference if payment else "",
        statement=statement.reference,
        partner=partner.organisation.name,
        amount=amount,
        received_on=received_on,
        due_on=statements.due_on(received_on, days),
        paid_on=payment.paid_on if payment else None,
    )


def _received_on(line: StatementLine) -> date:
    """When the line was certified, or free of its dispute if that was later."""
    certified = _day(line.statement.certified_at)
    return max(certified, getattr(line, "released_on", None) or certified)


def _day(at: datetime | None) -> date:
    """A statement that is past its draft has been certified (constraint statement_status_agrees)."""
    return timezone.localtime(at).date()

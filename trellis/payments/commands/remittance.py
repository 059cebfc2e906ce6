"""Matching what the bank paid with what was sent, each payment once; and what late payment adds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.core.references import create_with_reference
from trellis.payments import posting
from trellis.payments.models import Account, Adjustment, Payment
from trellis.payments.queries import batches as queries
from trellis.payments.queries import compliance
from trellis.payments.rules import remittance as rules
from trellis.payments.rules.ledger import move
from trellis.web.words import counted


@dataclass(frozen=True)
class Outcome:
    """What came of a row of the bank's list: in a word, and in a sentence where it differs."""

    line: int
    payment: str
    state: str
    words: str = ""


MATCHED, ALREADY, DIFFERS = "Matched", "Matched before", "Differs"


@transaction.atomic
def match_payment(*, payment: Payment, amount: Decimal, paid_on: date, by: Actor) -> None:
    """Say that a payment has reached its payee: so many pounds, on a day. Once; late payment earns interest.

    Raises RuleBroken when the amount is not what was sent, or somebody has matched it.
    """
    contract, expected = payment.batch.contract, payment.amount + payment.vat
    rules.check_can_match(
        may=queries.may(by, contract, Permission.PAYMENT_MATCH),
        paid_before=payment.paid_on,
        expected=expected,
        amount=amount,
        paid_on=paid_on,
        exported_on=payment.batch.exported_on,
        today=clock.today(),
    )
    changes = {"paid_on": paid_on, "matched_at": clock.now(), "matched_by": by.actor_name}
    if not Payment.objects.filter(pk=payment.pk, paid_on__isnull=True).update(**changes):
        raise RuleBroken("Somebody else has just matched this payment.")
    for name, value in changes.items():
        setattr(payment, name, value)
    source = f"payment {payment.reference} paid"
    entries = move(expected, to=Account.PAID, out_of=Account.SENT, source=source, partner=payment.partner_id)
    posting.post(contract=contract, entries=entries, by=by)
    late = _add_interest(payment, by)
    facts = {"amount": amount, "paid_on": paid_on, "interest": late}
    audit.record(by=by, action="payments.match_payment", subject=f"payment {payment.reference}", facts=facts)


def _add_interest(payment: Payment, by: Actor) -> Decimal:
    """Interest on each statement's part that was paid after its last day; the next statement states it.

    The debt is what the partner invoices, with the VAT that it charges.
    """
    total = Decimal("0.00")
    for part in compliance.parts_paid(payment):
        days = rules.late_days(due_on=part.due_on, paid_on=part.paid_on or part.due_on)
        debt = rules.with_vat(part.amount, net=compliance.taxed(payment), vat=payment.vat)
        owed = rules.interest(debt, days=days, rate=_rate(part.due_on))
        if owed:
            _owe(payment, part, days, owed, by)
        total += owed
    return total


def _rate(due_on: date) -> Decimal:
    """The statutory rate on a debt that fell due on a day, as a fraction a year."""
    over, base = (rulebook.value(f"payments.{name}", on=due_on) for name in ("late_interest_over_base", "base_rate"))
    return (Decimal(over) + Decimal(base)) / 100


def _owe(payment: Payment, part: compliance.Part, days: int, owed: Decimal, by: Actor) -> None:
    create_with_reference(
        Adjustment,
        "ADJ",
        contract=payment.batch.contract,
        partner=payment.partner,
        kind=Adjustment.Kind.INTEREST,
        amount=owed,
        reason=f"{part.statement} was paid {counted(days, 'day')} late",
        source=f"interest on {part.statement} in {payment.reference} from {part.due_on}",
        raised_by=by.actor_name,
    )


def match_remittance(*, contract: Contract, rows: Iterable[rules.Remitted], by: Actor) -> list[Outcome]:
    """Match each row of a bank's list that agrees with a payment; what differs is said row by row and left alone.

    Sent twice, the same list changes nothing the second time.
    """
    if not queries.may(by, contract, Permission.PAYMENT_MATCH):
        raise RuleBroken("Only the finance team of the authority can match its payments.")
    payments = {payment.reference: payment for payment in queries.payments(contract)}
    return [_match(row, payments.get(row.payment.upper()), by) for row in rows]


def _match(row: rules.Remitted, payment: Payment | None, by: Actor) -> Outcome:
    if row.problem:
        return Outcome(row.line, row.payment, DIFFERS, row.problem)
    if payment is None:
        return Outcome(row.line, row.payment, DIFFERS, "No payment of this contract has this reference.")
    same = (payment.paid_on, payment.amount + payment.vat) == (row.paid_on, row.amount)
    if same:
        return Outcome(row.line, row.payment, ALREADY)
    try:
        match_payment(payment=payment, amount=row.amount, paid_on=row.paid_on, by=by)
    except RuleBroken as refusal:
        return Outcome(row.line, row.payment, DIFFERS, refusal.sentence)
    return Outcome(row.line, row.payment, MATCHED)

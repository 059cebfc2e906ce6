"""Reads of what can be paid, and of the batches that were handed over."""

from django.db.models import Exists, OuterRef, QuerySet

from trellis.accounts.models import User
from trellis.contracts.models import Contract
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.payments.models import Batch, Dispute, Payment, PaymentLine, Statement, StatementLine
from trellis.payments.rules import batches as rules
from trellis.performance import queries as performance


def may(by: Actor, contract: Contract, permission: Permission) -> bool:
    """Whether somebody holds a permission for the authority of a contract. A service of ours does."""
    return not isinstance(by, User) or performance.is_of_authority(by, contract, permission)


def payable_lines(contract: Contract) -> QuerySet[StatementLine]:
    """The lines that may be paid: of an authorised statement, in no payment, and not in dispute."""
    paid = PaymentLine.objects.filter(line=OuterRef("pk"))
    held = Dispute.objects.filter(line=OuterRef("pk")).exclude(status=Dispute.Status.CLOSED)
    return StatementLine.objects.filter(
        ~Exists(paid),
        ~Exists(held),
        statement__report__contract=contract,
        statement__status=Statement.Status.AUTHORISED,
    ).select_related("partner__organisation", "statement__report")


def held_lines(contract: Contract) -> QuerySet[StatementLine]:
    """The lines of authorised statements that a dispute keeps from being paid."""
    held = Dispute.objects.filter(line=OuterRef("pk")).exclude(status=Dispute.Status.CLOSED)
    lines = StatementLine.objects.filter(Exists(held), statement__report__contract=contract)
    return lines.filter(statement__status=Statement.Status.AUTHORISED).select_related("statement")


def batches(contract: Contract) -> QuerySet[Batch]:
    """The batches of a contract, the newest first."""
    return Batch.objects.filter(contract=contract).select_related("contract__authority")


def payments(contract: Contract) -> QuerySet[Payment]:
    """The payments of a contract, in the order of export."""
    rows = Payment.objects.filter(batch__contract=contract)
    return rows.select_related("batch__contract", "partner__organisation")


def waiting_payments(contract: Contract) -> QuerySet[Payment]:
    """The payments that nobody has said have arrived."""
    return payments(contract).filter(paid_on__isnull=True)


def handed(batch: Batch) -> rules.Handed:
    """A batch as its files say it, from the rows that were written with it."""
    lines: dict[int, list[rules.PaidLine]] = {}
    rows = PaymentLine.objects.filter(payment__batch=batch).order_by("line__statement_id", "line__number")
    for row in rows.select_related("line__statement"):
        line = row.line
        lines.setdefault(row.payment_id, []).append(
            rules.PaidLine(line.statement.reference, line.number, line.kind, line.funding_source, line.amount)
        )
    return rules.Handed(
        reference=batch.reference,
        contract=batch.contract.reference,
        authority=batch.contract.authority.name,
        on=batch.exported_on,
        payments=tuple(_paying(payment, lines[payment.pk]) for payment in batch.payments.order_by("pk")),
    )


def _paying(payment: Payment, lines: list[rules.PaidLine]) -> rules.Paying:
    return rules.Paying(
        payment.reference, payment.payee_reference, payment.payee_name, payment.amount, payment.vat, tuple(lines)
    )


def files(batch: Batch) -> dict[str, bytes]:
    """The files of a batch by their ending, the same bytes whenever they are asked for.

    Raises RuleBroken when what is stored makes others than those that were exported.
    """
    of_it = handed(batch)
    found = {"csv": rules.csv_bytes(of_it), "txt": rules.bacs_bytes(of_it)}
    if (rules.digest(found["csv"]), rules.digest(found["txt"])) != (batch.csv_digest, batch.bacs_digest):
        raise RuleBroken(
            f"The payments of {batch.reference} are not those that were exported. No file is made of them."
        )
    return found

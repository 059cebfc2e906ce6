"""Handing payments over: once, together, and the same to the last byte whenever it is asked for again."""

import os
from decimal import Decimal
from pathlib import Path

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Partner
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.core.references import create_with_reference
from trellis.payments import posting
from trellis.payments.models import Account, Batch, Payment, PaymentLine, StatementLine
from trellis.payments.queries import batches as queries
from trellis.payments.queries import terms
from trellis.payments.rules import batches as rules
from trellis.payments.rules.ledger import Entry, move
from trellis.payments.rules.terms import OUTSIDE_VAT, vat

EMPTY = "0" * 64  # until the payments are there that the files are made of


@transaction.atomic
def export_batch(*, contract: Contract, by: Actor) -> Batch:
    """Hand over all that may be paid now, each line in one payment and never again.

    Raises RuleBroken when there is nothing to pay, or somebody else is exporting the same.
    """
    if not queries.may(by, contract, Permission.PAYMENT_EXPORT):
        raise RuleBroken("Only the finance team of the authority can export its payments.")
    posting.lock_statements(list(queries.payable_lines(contract).values_list("statement_id", flat=True)))
    lines = {line.pk: line for line in queries.payable_lines(contract)}
    payable = [rules.PayableLine(line.pk, line.partner_id, line.amount) for line in lines.values()]
    groups = rules.together(payable)
    rules.check_something_to_pay(groups, in_dispute=[str(line) for line in queries.held_lines(contract)])
    batch = _create(contract, groups, by)
    for group in groups.values():
        _pay(batch, [lines[one.id] for one in group], by)
    _seal(batch)
    audit.record(
        by=by,
        action="payments.export_batch",
        subject=f"batch {batch.reference}",
        facts={"count": batch.count, "total": batch.total, "csv": batch.csv_digest, "bacs": batch.bacs_digest},
    )
    return batch


def _create(contract: Contract, groups: dict[int, list[rules.PayableLine]], by: Actor) -> Batch:
    net = sum((line.amount for group in groups.values() for line in group), Decimal(0))
    return create_with_reference(
        Batch,
        "BAT",
        contract=contract,
        exported_by=by.actor_name,
        exported_on=clock.today(),
        count=len(groups),
        total=net,
        csv_digest=EMPTY,
        bacs_digest=EMPTY,
    )


def _pay(batch: Batch, lines: list[StatementLine], by: Actor) -> None:
    partner = lines[0].partner
    amount = sum((line.amount for line in lines), Decimal(0))
    payment = create_with_reference(
        Payment,
        "P",
        length=6,
        batch=batch,
        partner=partner,
        payee_reference=partner.organisation.reference,
        payee_name=partner.organisation.name,
        amount=amount,
        vat=_vat(partner, _taxed(lines)),
    )
    try:
        with transaction.atomic():
            PaymentLine.objects.bulk_create(PaymentLine(payment=payment, line=line) for line in lines)
    except IntegrityError as error:
        raise RuleBroken("Somebody else has just exported these payments. Look at the batches.") from error
    posting.post(contract=batch.contract, entries=_entries(payment, lines), by=by)


def _taxed(lines: list[StatementLine]) -> Decimal:
    return sum((line.amount for line in lines if line.kind not in OUTSIDE_VAT), Decimal(0))


def _vat(partner: Partner, amount: Decimal) -> Decimal:
    on = clock.today()
    treatment = terms.vat_treatments(partner.contract, on).get(partner, "")
    return vat(amount, treatment, Decimal(rulebook.value("payments.vat_standard_rate", on=on)) / 100)


def _entries(payment: Payment, lines: list[StatementLine]) -> list[Entry]:
    found = [
        entry
        for line in lines
        for entry in move(
            line.amount,
            to=Account.SENT,
            out_of=Account.PAYABLE,
            source=f"{line} sent",
            partner=line.partner_id,
            quarter=line.quarter,
        )  # fmt: skip
    ]
    source = f"payment {payment.reference} VAT"
    return found + move(payment.vat, to=Account.SENT, out_of=Account.VAT, source=source, partner=payment.partner_id)


def _seal(batch: Batch) -> None:
    """Write down the control totals and digests of the files that these payments make."""
    handed = queries.handed(batch)
    batch.total = handed.total
    batch.csv_digest = rules.digest(rules.csv_bytes(handed))
    batch.bacs_digest = rules.digest(rules.bacs_bytes(handed))
    batch.save()


def write_batches(*, contract: Contract, folder: Path, by: Actor) -> list[Batch]:
    """Export what may be paid, and write the files of every batch that has none in a folder yet.

    Killed at any moment, it is taken up by running it again: a batch is committed whole or not at all, and a file is
    moved into place whole.
    """
    pending = list(queries.batches(contract).filter(written_on__isnull=True).order_by("pk"))
    if not pending or queries.payable_lines(contract).exists():
        try:
            pending.append(export_batch(contract=contract, by=by))
        except RuleBroken:
            if not pending:
                raise
    for batch in pending:
        for ending, content in queries.files(batch).items():
            _write(folder / f"{batch.reference}.{ending}", content)
        _mark_written(batch=batch, by=by)
    return pending


def _write(place: Path, content: bytes) -> None:
    partial = place.with_suffix(f"{place.suffix}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(place)


@transaction.atomic
def _mark_written(*, batch: Batch, by: Actor) -> None:
    if Batch.objects.filter(pk=batch.pk, written_on__isnull=True).update(written_on=clock.today()):
        audit.record(by=by, action="payments.write_batch", subject=f"batch {batch.reference}")

"""Disputing a line, settling that, and putting right what was stated."""

from decimal import Decimal
from uuid import uuid4

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.core.references import create_with_reference
from trellis.payments import posting
from trellis.payments.models import Account, Adjustment, Dispute, Statement, StatementLine
from trellis.payments.queries import disputes as queries
from trellis.payments.rules import disputes as rules
from trellis.payments.rules.ledger import move
from trellis.performance import queries as performance

MOVED_ON = "Somebody else changed this a moment ago. Look at it again before you go on."


@transaction.atomic
def dispute_line(*, line: StatementLine, reason: str, by: User) -> Dispute:
    """Keep one line from being paid, saying what is wrong with it. The rest of the statement is paid."""
    posting.lock_statements([line.statement_id])
    line = StatementLine.objects.get(pk=line.pk)
    rules.check_can_dispute(
        may=queries.may_dispute(by, line),
        is_held=queries.is_held(line),
        is_exported=queries.is_exported(line),
        reason=reason,
    )
    try:
        with transaction.atomic():
            dispute = Dispute.objects.create(line=line, reason=reason.strip(), raised_by=by.actor_name)
    except IntegrityError as error:
        raise RuleBroken(MOVED_ON) from error
    _move_line(dispute, by, to=Account.DISPUTED, out_of=Account.PAYABLE, what="raised")
    _tell("dispute_line", f"line {line}", by, reason=reason.strip(), amount=str(line.amount))
    return dispute


@transaction.atomic
def settle_dispute(*, dispute: Dispute, outcome: str, by: User, adjustment: Decimal | None = None) -> None:
    """Settle a dispute: the line stands as it is, or is put right by an adjustment of so many pounds.

    Without an adjustment the line can be paid at once; with one, when the next statement states both.
    """
    contract = dispute.line.statement.report.contract
    may = performance.is_of_authority(by, contract, Permission.STATEMENT_CERTIFY)
    rules.check_can_settle(may=may, status=dispute.status, outcome=outcome)
    changes = {"settled_at": clock.now(), "settled_by": by.actor_name, "outcome": outcome.strip()}
    if adjustment:
        _change(dispute, "settle", **changes)
        _adjust_for(dispute, adjustment, by)
    else:
        _change(dispute, "uphold", **changes, closed_on=clock.today())
        _move_line(dispute, by, to=Account.PAYABLE, out_of=Account.DISPUTED, what="upheld")
    adjusted = str(adjustment or "0.00")
    _tell("settle_dispute", f"line {dispute.line}", by, reason=outcome.strip(), adjustment=adjusted)


@transaction.atomic
def adjust(
    *,
    contract: Contract,
    partner: Partner | None,
    amount: Decimal,
    reason: str,
    by: User,
    corrects: StatementLine | None = None,
) -> Adjustment:
    """Have the next statement put something right: so many pounds more for a partner, or less (below nought).

    Without a partner it is the alliance's, and is split by the shares of that quarter.
    """
    rules.check_can_adjust(
        may=performance.is_of_authority(by, contract, Permission.STATEMENT_CERTIFY),
        amount=amount,
        reason=reason,
        is_partner=partner is None or partner.contract_id == contract.pk,
    )
    made = create_with_reference(
        Adjustment,
        "ADJ",
        contract=contract,
        partner=partner,
        kind=Adjustment.Kind.ADJUSTMENT,
        amount=amount,
        reason=reason.strip(),
        corrects=corrects,
        source=f"by hand {uuid4()}",
        raised_by=by.actor_name,
    )
    _tell("adjust", f"adjustment {made.reference}", by, reason=reason.strip(), amount=str(amount))
    return made


@transaction.atomic
def state_adjustments(*, statement: Statement, references: set[str], by: Actor) -> None:
    """Note on which statement adjustments stand, and release the lines that waited for them."""
    if not references:
        return
    rows = Adjustment.objects.filter(reference__in=references, statement__isnull=True)
    waiting = list(Dispute.objects.filter(adjustment__in=rows).select_related("line__statement__report__contract"))
    if rows.update(statement=statement) != len(references):
        raise RuleBroken(MOVED_ON)
    for dispute in waiting:
        _change(dispute, "release", closed_on=clock.today())
        _move_line(dispute, by, to=Account.PAYABLE, out_of=Account.DISPUTED, what="released")
    stated = ", ".join(sorted(references))
    _tell("state_adjustments", f"statement {statement.reference}", by, reason="", adjustments=stated)


def _adjust_for(dispute: Dispute, amount: Decimal, by: User) -> None:
    line = dispute.line
    create_with_reference(
        Adjustment,
        "ADJ",
        contract=line.statement.report.contract,
        partner=line.partner,
        kind=Adjustment.Kind.ADJUSTMENT,
        amount=amount,
        funding_source=line.funding_source,
        reason=f"Puts line {line.number} of {line.statement.reference} right, as agreed",
        corrects=line,
        dispute=dispute,
        source=f"dispute {dispute.pk}",
        raised_by=by.actor_name,
    )


def _change(dispute: Dispute, event: str, **changes) -> None:
    """Change state only if it is still the state that was checked."""
    changes["status"] = rules.TRANSITIONS[dispute.status, event]
    if not Dispute.objects.filter(pk=dispute.pk, status=dispute.status).update(**changes):
        raise RuleBroken(MOVED_ON)
    for name, value in changes.items():
        setattr(dispute, name, value)


def _move_line(dispute: Dispute, by: Actor, *, to: str, out_of: str, what: str) -> None:
    line = dispute.line
    entries = move(
        line.amount, to=to, out_of=out_of, source=f"{line} dispute {dispute.pk} {what}", partner=line.partner_id,
        quarter=line.quarter,
    )  # fmt: skip
    posting.post(contract=line.statement.report.contract, entries=entries, by=by)


def _tell(action: str, subject: str, by: Actor, *, reason: str, **facts: str) -> None:
    audit.record(by=by, action=f"payments.{action}", subject=subject, reason=reason, facts=facts)

"""Bringing the books up to the schedule. What else is posted is posted by the deed that it is of (posting.py)."""

from decimal import Decimal

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core.actors import Actor
from trellis.core.periods import Quarter
from trellis.payments import posting
from trellis.payments.models import Account
from trellis.payments.queries import ledger as queries
from trellis.payments.queries.base import stated_quarters
from trellis.payments.rules.ledger import Entry, move


@transaction.atomic
def post_schedule(*, contract: Contract, by: Actor, closing: dict[str, Decimal] | None = None) -> Decimal:
    """Bring the schedule in the books up to the values of the contract's quarters; by how many pounds it moved.

    A variation or an extension changes the quarters; the difference is posted, and what was posted stays. A quarter
    that a statement has closed keeps its value; `closing` gives that of the quarters which one closes now.
    """
    posted, closed, closing = queries.schedule_posted(contract), stated_quarters(contract), closing or {}
    values = {str(Quarter.of(row.starts_on)): row.value for row in contracts.quarters(contract)} | closing
    still_open = {quarter: value for quarter, value in values.items() if quarter in closing or quarter not in closed}
    entries = [
        entry for quarter, value in still_open.items() for entry in _difference(contract, quarter, value, posted)
    ]
    if not entries:
        return Decimal("0.00")
    posting.post(contract=contract, entries=entries, by=by)
    moved = sum((one.amount if one.debit == Account.SCHEDULE else -one.amount for one in entries), Decimal("0.00"))
    audit.record(
        by=by,
        action="payments.post_schedule",
        subject=f"contract {contract.reference}",
        facts={"moved": moved, "quarters": len(entries)},
    )
    return moved


def _difference(
    contract: Contract, quarter: str, value: Decimal, posted: dict[str, tuple[Decimal, int]]
) -> list[Entry]:
    before, times = posted.get(quarter, (Decimal(0), 0))
    source = f"schedule of {contract.reference} {quarter}, {times + 1}"
    return move(value - before, to=Account.SCHEDULE, out_of=Account.CONTRACT, source=source, quarter=quarter)

"""Writing the books: within the transaction of the deed that an entry is of, which audits it."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F

from trellis.audit import chain
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.payments.models import LedgerEntry, LedgerLink, Statement
from trellis.payments.rules.ledger import Entry


@transaction.atomic
def post(*, contract: Contract, entries: Iterable[Entry], by: Actor) -> int:
    """Append entries to the books of a contract, and how many there were.

    Raises RuleBroken when one of the sources has moved money already.
    """
    rows = [_row(contract, entry, by) for entry in entries]
    try:
        with transaction.atomic():
            LedgerEntry.objects.bulk_create(rows)
    except IntegrityError as error:
        raise RuleBroken("This has moved money already. Look again before you go on.") from error
    for row in rows:
        chain.seal_when_due(LedgerLink, row.pk)
    return len(rows)


def _row(contract: Contract, entry: Entry, by: Actor) -> LedgerEntry:
    fields = {
        "contract_id": contract.pk,
        "debit": str(entry.debit),
        "credit": str(entry.credit),
        "amount": entry.amount,
        "partner_id": entry.partner,
        "quarter": entry.quarter,
        "source": entry.source,
        "posted_on": clock.today(),
        "posted_at": clock.now(),
        "posted_by": by.actor_name,
    }
    return LedgerEntry(**fields, digest=chain.digest_of(fields))


def lock_statements(ids: Iterable[int]) -> None:
    """Make whoever disputes or exports lines of these statements wait for us, on both databases alike."""
    for one in sorted(set(ids)):  # in one order, so that two who lock several never wait for each other
        Statement.objects.filter(pk=one).update(status=F("status"))

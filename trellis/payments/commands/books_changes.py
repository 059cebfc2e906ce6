"""What every deed in a return shares: open books are held still while they change, and all of it is on record."""

from typing import Any

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core.actors import Actor
from trellis.payments.models import BookReturn, ReturnStatus
from trellis.payments.queries import books as queries
from trellis.payments.rules import books as rules


@transaction.atomic
def record_change(*, book: BookReturn, verb: str, by: Actor, **facts: Any) -> None:
    """Audit a change to what stands in a return. RuleBroken unless it is open, and kept by whoever acts.

    The return's row is locked, so that a change and its submission at the same moment take turns.
    """
    book.status = BookReturn.objects.select_for_update().values_list("status", flat=True).get(pk=book.pk)
    rules.check_can_keep(may=queries.keeps(by, book.partner), status=book.status)
    record_deed(book=book, verb=verb, by=by, reason="", **facts)


@transaction.atomic
def record_status(*, book: BookReturn, verb: str, by: Actor, reason: str = "", **facts: Any) -> None:
    """The status row that members see, and the audit row that investigators see."""
    ReturnStatus.objects.create(book=book, status=book.status, by=by.actor_name, note=reason)
    record_deed(book=book, verb=verb, by=by, reason=reason, **facts)


@transaction.atomic
def record_deed(*, book: BookReturn, verb: str, by: Actor, reason: str = "", **facts: Any) -> None:
    """Audit a deed in a return as `payments.<verb>`. Facts are figures and codes."""
    subject = f"return {book.partner.organisation.reference} {book.quarter} version {book.version}"
    audit.record(by=by, action=f"payments.{verb}", subject=subject, reason=reason, facts=dict(facts))

"""Writing down who did what, and purging the personal part of it."""

import secrets
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction

from trellis.audit import chain, rules
from trellis.audit.models import AuditDetail, AuditEntry, AuditLink
from trellis.audit.verification import Verification
from trellis.core import clock
from trellis.core.actors import Actor

# Set by the request middleware and the simulator; empty: a service's own name, or else the command line.
origin: ContextVar[str] = ContextVar("origin", default="")


@transaction.atomic(savepoint=False)
def record(
    *,
    by: Actor,
    action: str,
    subject: str,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append one deed, in the transaction of the command that did it.

    `action` is area.verb_noun; `subject` names the object as text, such as `case CASE-7K2M`; `facts` are JSON values
    without personal data (dates and decimals become text); `detail` is the personal part, kept apart and salted so
    that it can be purged. It waits for nobody: the row gets its place in the chain later.
    """
    salt = secrets.token_hex(16) if detail else ""
    detail = chain.plain(detail or {})
    fields = {
        "recorded_at": clock.now(),
        "actor": by.actor_name,
        "action": action,
        "subject": chain.plain(subject),
        "origin": origin.get() or _origin_of(by),
        "reason": chain.plain(reason),
        "facts": chain.plain(facts or {}),
        "detail_digest": chain.detail_digest(salt, detail) if detail else "",
    }
    entry = AuditEntry(**fields, digest=chain.digest_of(fields))
    entry.save(force_insert=True)
    if detail:
        AuditDetail.objects.create(entry=entry, salt=salt, detail=detail)
    chain.seal_when_due(AuditLink, entry.pk)
    return entry


@transaction.atomic
def purge_detail(*, by: Actor, reason: str, entry: AuditEntry | None = None, older_than: datetime | None = None) -> int:
    """Delete the personal part of one entry, or of all older than an instant; how many there were.

    The entries stay, and so does the chain. Which were purged is itself recorded, so that a detail that is missing
    without a purge shows. Raises RuleBroken without a reason, without anything to purge, or when both ways of saying
    what are used.
    """
    rules.check_can_purge(reason=reason, one=entry is not None, older_than=older_than, now=clock.now())
    details = AuditDetail.objects.select_for_update().order_by("pk")
    details = details.filter(pk=entry.pk) if entry else details.filter(entry__recorded_at__lt=older_than)
    purged = list(details.values_list("pk", flat=True))
    rules.check_something_to_purge(len(purged))
    for batch in chain.in_batches(purged, 500):
        AuditDetail.objects.filter(pk__in=batch).delete()
    record(
        by=by,
        action="audit.purge_detail",
        subject=f"audit entry {entry.pk}" if entry else f"audit detail before {older_than:%Y-%m-%d}",
        reason=reason,
        facts={"count": len(purged), "entries": rules.runs(purged)},
    )
    return len(purged)


def record_verification(*, by: Actor, found: list[Verification]) -> AuditEntry:
    """Append what a verification found, with each chain's head: the next one checks that they still stand."""
    return record(
        by=by,
        action="audit.verify_record",
        subject="audit and evidence",
        facts={
            "is_whole": all(one.is_whole for one in found),
            "chains": {
                one.table: {"sealed": one.sealed, "unsealed": one.unsealed, "position": one.position, "head": one.head}
                for one in found
            },
            "faults": [str(fault) for one in found for fault in one.faults][:20],
        },
    )


def _origin_of(by: Actor) -> str:
    return by.actor_name.removeprefix("service:")[:20] if by.person_id is None else "command-line"

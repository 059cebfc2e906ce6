"""Writing down who did what. Called inside the transaction of the command that did it."""

import secrets
from contextvars import ContextVar
from typing import Any

from trellis.audit.chain import digest_of
from trellis.audit.models import AuditDetail, AuditEntry
from trellis.core import clock
from trellis.core.actors import Actor

DIGESTED = ("recorded_at", "actor", "action", "subject", "origin", "reason", "facts", "detail_digest")
# Set once by the request middleware, a management command or the simulator; what a deed came from.
origin: ContextVar[str] = ContextVar("origin", default="command-line")


def record(
    *,
    by: Actor,
    action: str,
    subject: str,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append one deed.

    `action` is area.verb_noun; `subject` names the object as text, such as `case CASE-7K2M`; `facts` are JSON values
    without personal data; `detail` is the personal part, kept apart and salted so that it can be purged.
    """
    salt = secrets.token_hex(16) if detail else ""
    fields = {
        "recorded_at": clock.now(),
        "actor": by.actor_name,
        "action": action,
        "subject": subject,
        "origin": origin.get(),
        "reason": reason,
        "facts": facts or {},
        "detail_digest": digest_of({"salt": salt, **detail}) if detail else "",
    }
    entry = AuditEntry.objects.create(**fields, digest=digest_of(fields))
    if detail:
        AuditDetail.objects.create(entry=entry, salt=salt, detail=detail)
    return entry

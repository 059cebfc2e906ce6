"""What happens at the door, written down, and sessions ended. allauth does the work; its hooks call these."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.core.actors import Service

DOOR = Service("sign-in")


@transaction.atomic
def note(*, action: str, by: User, **facts) -> None:
    """Write down something that a person did to their own account, such as accounts.sign_in. No address, no secret."""
    audit.record(by=by, action=action, subject=f"person {by.pk}", facts=facts)


@transaction.atomic
def note_failed_sign_in(*, email: str, how: str, by: Service = DOOR) -> None:
    """Write down that somebody was not let in. The person is named by number, and only if the address has an account.

    `how` is what failed: "password" or "one-time code".
    """
    person = User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    subject = f"person {person}" if person else "person unknown"
    audit.record(by=by, action="accounts.fail_to_sign_in", subject=subject, facts={"how": how})


@transaction.atomic
def end_session(*, session: UserSession, by: User) -> None:
    """Sign a browser out from afar: the session's row goes, so its cookie opens nothing any more."""
    _delete([session.session_key])
    session.delete()
    audit.record(by=by, action="accounts.end_session", subject=f"person {by.pk}", facts={"sessions": 1})


@transaction.atomic
def end_other_sessions(*, but: str | None, by: User) -> int:
    """End every session of a person except the one whose key is `but`. Returns how many were ended."""
    others = UserSession.objects.filter(user=by).exclude(session_key=but or "")
    keys = list(others.values_list("session_key", flat=True))
    _delete(keys)
    others.delete()
    if keys:
        audit.record(by=by, action="accounts.end_session", subject=f"person {by.pk}", facts={"sessions": len(keys)})
    return len(keys)


def _delete(keys: list[str]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)

"""Whether a session has shown a one-time code. allauth keeps the record; the gate and the set-up pages ask here."""

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from django.http import HttpRequest


def was_shown(request: HttpRequest) -> bool:
    """Whether this session has given a code, or set up the app that makes them.

    The session must show it, not only the account: a thief who signed in with the password before the owner set up
    their app is not let in by the owner's doing so.
    """
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def note_shown(request: HttpRequest) -> None:
    """This session has just set up the app, with a code from it."""
    record_authentication(request, request.user, "mfa", type="totp")


def forget(request: HttpRequest) -> None:
    """The app was taken off the account: what the session has shown counts no more."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one["method"] != "mfa"]

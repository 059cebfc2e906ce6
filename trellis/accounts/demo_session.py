"""A session that begins with one click. Only the demo's own page calls this, and only in the demo."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from trellis.accounts import commands
from trellis.accounts.models import User

MARK = "demo_sign_in"


def begin(request: HttpRequest, user: User) -> None:
    """Sign somebody of the demo in, afresh, and mark the session: that mark alone makes the gate yield.

    Raises PermissionDenied outside the demo, and for anybody who is not of the demo: two locks on one door.
    """
    if settings.TRELLIS_ENV != "demo" or not user.is_demo or not user.is_active:
        raise PermissionDenied
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[MARK] = True
    UserSession.objects.create_from_request(request)
    commands.note(action="accounts.sign_in", by=user, how=["demo"])


def is_on(request: HttpRequest) -> bool:
    """Whether the session began with one click in the demo; never true elsewhere, whatever a session says."""
    return settings.TRELLIS_ENV == "demo" and bool(request.session.get(MARK))

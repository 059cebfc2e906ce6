"""The gate: who × which kind of page × which kind of session."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from trellis.accounts import access
from trellis.accounts.middleware import AccessGate
from trellis.accounts.models import User
from trellis.core.permissions import PUBLIC, SIGNED_IN, Permission, public, requires, signed_in

IN, TO_SIGN_IN, TO_SET_UP, REFUSED = "in", "/account/sign-in/", "/account/second-step/set-up/", "refused"


def view(request):
    return HttpResponse()


VIEWS = {
    "public": public(lambda request: HttpResponse()),
    "signed in": signed_in(lambda request: HttpResponse()),
    "audit": requires(Permission.AUDIT_VIEW)(lambda request: HttpResponse()),
}
# Person, what the session has shown, and where each kind of page leads.
MATRIX = [
    (None, "nothing", {"public": IN, "signed in": TO_SIGN_IN, "audit": TO_SIGN_IN}),
    ("dora", "nothing", {"public": IN, "signed in": IN, "audit": REFUSED}),
    ("dora", "code", {"public": IN, "signed in": IN, "audit": REFUSED}),
    ("vera", "nothing", {"public": IN, "signed in": IN, "audit": REFUSED}),
    ("alice", "nothing", {"public": TO_SET_UP, "signed in": TO_SET_UP, "audit": TO_SET_UP}),
    ("alice", "code", {"public": IN, "signed in": IN, "audit": REFUSED}),
    ("alice", "somebody else's code", {"public": TO_SET_UP, "signed in": TO_SET_UP, "audit": TO_SET_UP}),
    ("alice", "demo", {"public": TO_SET_UP, "signed in": TO_SET_UP, "audit": TO_SET_UP}),
    ("ada", "nothing", {"public": TO_SET_UP, "signed in": TO_SET_UP, "audit": TO_SET_UP}),
    ("ada", "code", {"public": IN, "signed in": IN, "audit": IN}),
    ("dev", "code", {"public": IN, "signed in": IN, "audit": IN}),
    ("olive", "code", {"public": IN, "signed in": IN, "audit": REFUSED}),
]


class Match:
    def __init__(self, func, url_name="some_page"):
        self.func, self.url_name, self.view_name = func, url_name, url_name


def session_of(user, shown: str) -> dict:
    whose = str(user.pk if shown == "code" else 0)
    code = {"account_authentication_methods": [{"method": "mfa"}], "account_authentication_methods_user": whose}
    return {"nothing": {}, "demo": {"demo_sign_in": True}}.get(shown, code)


def outcome(func, user, shown="nothing", url_name="some_page") -> str:
    request = RequestFactory().get("/some/page/")
    request.user = user or AnonymousUser()
    request.session = session_of(user, shown)
    request.resolver_match = Match(func, url_name)
    try:
        answer = AccessGate(view).process_view(request, func, (), {})
    except PermissionDenied:
        return REFUSED
    return IN if answer is None else answer.url.partition("?")[0]


@pytest.mark.parametrize(("who", "shown", "expected"), MATRIX)
def test_the_gate(cast, who, shown, expected):
    user = getattr(cast, who) if who else None

    assert {kind: outcome(func, user, shown) for kind, func in VIEWS.items()} == expected


@pytest.mark.parametrize("name", sorted(access.BEFORE_SECOND_FACTOR))
def test_what_stays_reachable_before_a_second_factor(cast, name):
    assert outcome(VIEWS["signed in"], cast.alice, url_name=name) == IN


def test_the_gate_yields_to_a_marked_session_in_the_demo_alone(cast, settings):
    settings.TRELLIS_ENV = "demo"

    assert outcome(VIEWS["signed in"], cast.alice, "demo") == IN
    assert outcome(VIEWS["signed in"], cast.alice, "nothing") == TO_SET_UP
    settings.TRELLIS_ENV = "production"
    assert outcome(VIEWS["signed in"], cast.alice, "demo") == TO_SET_UP


def test_a_view_without_a_mark_is_refused(cast, settings):
    with pytest.raises(ImproperlyConfigured, match="some_page carries no mark"):
        outcome(view, cast.ada, "code")
    settings.TRELLIS_ENV = "production"
    with pytest.raises(Http404):
        outcome(view, cast.ada, "code")


def test_a_role_that_ended_is_felt_on_the_next_page(cast):
    membership = cast.dev.memberships.get()
    membership.ended_at, membership.ended_by = membership.started_at, cast.ada
    membership.save()

    assert outcome(VIEWS["audit"], User.objects.get(pk=cast.dev.pk), "code") == REFUSED


def test_the_list_of_allauths_pages_names_only_pages_that_are_there():
    assert set(access.BY_URL_NAME.values()) == {PUBLIC, SIGNED_IN}
    parts = {
        "account_confirm_email": {"key": "a"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "a-b"},
        "openid_connect_login": {"provider_id": "council"},
        "openid_connect_callback": {"provider_id": "council"},
    }
    for name in access.BY_URL_NAME:
        assert reverse(name, kwargs=parts.get(name))

"""The gate before each view: sign-in unless it is marked public, a second factor where a role demands one, then the
permission that the view states."""

from typing import cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse

from trellis.accounts import demo_session, second_factor
from trellis.accounts.access import BEFORE_SECOND_FACTOR, access_of
from trellis.accounts.models import User
from trellis.accounts.queries import has_authenticator
from trellis.core.permissions import PUBLIC, SIGNED_IN, Permission


class AccessGate:
    """Runs between the address and the view, so that no view can forget to ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the address is known: process_view does the work."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Answers for the view when the visitor may not have it."""
        match = cast(ResolverMatch, request.resolver_match)
        access = access_of(match)
        if access is None:
            return refuse_unmarked(match)
        if match.url_name not in BEFORE_SECOND_FACTOR and owes_second_factor(request):
            return ask_for_second_factor(request)
        if access == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if access != SIGNED_IN and not request.user.can(Permission(access)):
            raise PermissionDenied
        return None


def refuse_unmarked(match: ResolverMatch) -> HttpResponse:
    """A view about which nobody said who may reach it: tests must see the fault, and production must not open it."""
    if settings.TRELLIS_ENV == "test":
        raise ImproperlyConfigured(
            f"The view {match.view_name} carries no mark: give it @public, @signed_in or @requires(…)."
        )
    raise Http404


def owes_second_factor(request: HttpRequest) -> bool:
    """Whether the person's role demands a second factor that this session has not shown yet."""
    return (
        request.user.is_authenticated
        and request.user.must_use_second_factor
        and not demo_session.is_on(request)
        and not second_factor.was_shown(request)
    )


def ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page that asks for a code, and then back here; or to the one that sets the app up."""
    if has_authenticator(cast(User, request.user)):
        return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
    return redirect("mfa_activate_totp")

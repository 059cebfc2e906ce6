"""The gate before each view: sign-in unless it is marked public, then the permission that it states."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from trellis.core.permissions import PUBLIC, SIGNED_IN


class AccessGate:
    """Runs between the address and the view, so that no view can forget to ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Answers for the view when the visitor may not have it."""
        access = getattr(view, "access", PUBLIC if view.__module__.startswith("allauth.") else SIGNED_IN)
        if access == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if access != SIGNED_IN and not request.user.can(access):
            raise PermissionDenied
        return None

"""Pages that belong to the site itself, and pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.core.permissions import public


@public
def help_and_contact(request: HttpRequest) -> HttpResponse:
    """Where to turn; linked from the same place on each page (WCAG 3.2.6)."""
    return render(request, "web/help.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "web/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep of people, and why."""
    return render(request, "web/privacy.html")


@public
def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """400: the browser sent something that we cannot read."""
    return render(request, "web/bad_request.html", status=400)


@public
def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the token of this session, from an old page or from another site."""
    return render(request, "web/form_too_old.html", status=403)


@public
def not_allowed(request: HttpRequest, exception=None) -> HttpResponse:
    """403: their role does not carry the permission."""
    return render(request, "web/not_allowed.html", status=403)


@public
def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """404: not there, or not theirs to know of."""
    return render(request, "web/not_found.html", status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return render(request, "web/broken.html", status=500)

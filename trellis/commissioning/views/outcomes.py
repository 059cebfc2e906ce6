"""What the authority wants, as a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.commissioning.queries import outcomes as queries
from trellis.core.permissions import public


@public
def outcomes(request: HttpRequest) -> HttpResponse:
    """What the authority wants from the support, and how anyone can tell."""
    return render(request, "commissioning/outcomes/outcomes.html", {"outcomes": queries.outcomes()})

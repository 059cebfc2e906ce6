"""The page of one fact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from trellis.core.permissions import Permission, requires
from trellis.evidence import presenters, queries


@requires(Permission.PERFORMANCE_VIEW)
def fact(request: HttpRequest, number: int) -> HttpResponse:
    """One fact with its corrections; 404 for one that is not theirs to read."""
    found = get_object_or_404(queries.facts_visible_to(request.user), pk=number)
    return render(request, "evidence/fact.html", presenters.fact_page(found))

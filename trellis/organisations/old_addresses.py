"""Pages of an organisation that was merged into another: where they are not found, they lead to the other's."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from trellis.organisations import queries


class OldAddresses:
    """Whoever kept the address of one that was merged is led to the same page of the one that stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before a page was not found: process_exception does the work."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A redirect in place of "not found" at a merged one's reference, if they may see the one that stands."""
        match = request.resolver_match
        if not isinstance(exception, Http404) or request.method != "GET" or match is None:
            return None
        found = queries.organisation(str(match.kwargs.get("reference", "")))
        if found is None or found.merged_into is None or not queries.may_see(found.merged_into, request.user):
            return None
        parts = match.kwargs | {"reference": found.merged_into.reference}
        return redirect(reverse(match.view_name, kwargs=parts), permanent=False)

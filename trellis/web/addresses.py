"""What stands in an address before a view reads it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

# Nothing is counted further. A number that does not fit into 64 bits would make a query fail on SQLite.
LARGEST = 10**18 - 1


class NumbersGate:
    """Nothing is found at a number that is longer than any that we give."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the address is known: process_view does the work."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]) -> None:
        """404 for a number of more than 18 digits, on whatever page."""
        if any(isinstance(part, int) and part > LARGEST for part in kwargs.values()):
            raise Http404

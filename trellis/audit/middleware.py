"""Marks what is done within a request as done from the web."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from trellis.audit.commands import origin


def from_the_web(get_response: Callable[[HttpRequest], HttpResponse]):
    """Every audit row written while a request is answered says `web`."""

    def answer(request: HttpRequest) -> HttpResponse:
        before = origin.set("web")
        try:
            return get_response(request)
        finally:
            origin.reset(before)

    return answer

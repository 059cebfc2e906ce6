"""What the search box suggests: words, what they are, and where they lead."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from trellis.organisations.models import Organisation
from trellis.organisations.queries import Suggestions


def suggestions(found: Suggestions) -> list[dict[str, str]]:
    """Each suggestion as the search box takes it."""
    return [{"words": words, "detail": detail, "url": url} for words, detail, url in _all(found)]


def _all(found: Suggestions) -> Iterator[tuple[str, str, str]]:
    for one in found.organisations:
        yield one.name, _where(one), reverse("organisation", args=[one.reference])
    for place in found.places:
        asked = {"district": place.district} if place.district else {"q": f"in {place.name}"}
        yield f"Everything in {place.name}", "Place", _directory(**asked)
    for cause in found.causes:
        yield cause.name, "Cause", _directory(cause=cause.code)
    for service in found.services:
        yield service.name, "What they do", _directory(service=service.code)


def _where(one: Organisation) -> str:
    district = one.district.name if one.district else ""
    removed = "no longer active" if one.status == Organisation.Status.REMOVED else ""
    return ", ".join(words for words in (district, removed) if words)


def _directory(**asked: str) -> str:
    return f"{reverse('directory')}?{urlencode(asked)}"

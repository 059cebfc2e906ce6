"""What stands in the navigation of every page: only what the visitor may open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from trellis.core.permissions import PUBLIC, SIGNED_IN, Permission


@dataclass(frozen=True)
class Entry:
    """A line of the navigation: words, the name of the address, and who may open it (as on the view)."""

    words: str
    url_name: str
    access: str


@dataclass(frozen=True)
class Link:
    """An entry as this visitor sees it; `current` when the page is it or lies under it."""

    words: str
    url: str
    current: bool


ENTRIES = (
    Entry("Home", "home", PUBLIC),
    Entry("Organisations", "directory", PUBLIC),
    Entry("Support", "cases", Permission.CASE_VIEW),
    Entry("Contracts", "contracts", PUBLIC),
    Entry("Budget", "budget", Permission.BUDGET_EXPLORE),
    Entry("Rulebook", "rulebook", Permission.RULEBOOK_VIEW),
    Entry("Audit", "audit_log", Permission.AUDIT_VIEW),
)


def navigation(request: HttpRequest) -> list[Link]:
    """The entries that this visitor may open."""
    return [_link(entry, request.path) for entry in ENTRIES if _may_open(request, entry.access) and _exists(entry)]


def _may_open(request: HttpRequest, access: str) -> bool:
    if access == PUBLIC:
        return True
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and (access == SIGNED_IN or user.can(access)))


def _exists(entry: Entry) -> bool:
    try:
        return bool(reverse(entry.url_name))
    except NoReverseMatch:
        return False


def _link(entry: Entry, path: str) -> Link:
    url = reverse(entry.url_name)
    return Link(entry.words, url, path == url if url == "/" else path.startswith(url))

"""What stands in the navigation of every page: only what the visitor may open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

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
    Entry("Lists", "import_lists", Permission.REGISTER_IMPORT),
    Entry("Support", "cases", Permission.CASE_VIEW),
    Entry("Decisions", "decisions", PUBLIC),
    Entry("Contracts", "contracts", PUBLIC),
    Entry("Commissions", "commissions", Permission.COMMISSION_VIEW),
    Entry("Budget", "budget", Permission.BUDGET_EXPLORE),
    Entry("Rulebook", "rulebook", Permission.RULEBOOK_VIEW),
    Entry("Audit", "audit_log", Permission.AUDIT_VIEW),
)


def navigation(request: HttpRequest) -> list[Link]:
    """The entries that this visitor may open. The page lies under the one whose address is the longest part of its."""
    open_to = [(entry.words, reverse(entry.url_name)) for entry in ENTRIES if _may_open(request, entry.access)]
    above = [url for _, url in open_to if request.path == url or (url != "/" and request.path.startswith(url))]
    here = max(above, key=len, default="")
    return [Link(words, url, url == here) for words, url in open_to]


def _may_open(request: HttpRequest, access: str) -> bool:
    if access == PUBLIC:
        return True
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and (access == SIGNED_IN or user.can(access)))

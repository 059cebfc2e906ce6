"""Every address of Trellis, walked off the URLconf."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

from django.urls import URLPattern, URLResolver, get_resolver

from trellis.accounts.access import access_of


@dataclass(frozen=True)
class Route:
    """One address. `path` is as the URLconf writes it, such as `support/<slug:reference>/take/`."""

    path: str
    name: str
    parts: tuple[str, ...]
    access: str | None


def routes() -> list[Route]:
    """All of them, in the order of the URLconf."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list, prefix: str, parts: tuple[str, ...]) -> Iterator[Route]:
    for entry in patterns:
        path, inside = prefix + str(entry.pattern), (*parts, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, path, inside)
        elif isinstance(entry, URLPattern):
            access = access_of(SimpleNamespace(func=entry.callback, url_name=entry.name))
            yield Route(path, entry.name or "", inside, None if access is None else str(access))

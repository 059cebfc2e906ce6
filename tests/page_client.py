"""Fetches pages as somebody, and lints each one: hundreds of tests become accessibility tests for nothing.

page = page_client.get("/support/", by=cast.alice)      expects 200
page = page_client.post(path, {"note": "Rang them."}, by=cast.alice, expect=302)
"""

import hashlib
import re
import tempfile
from functools import cached_property
from pathlib import Path

import pytest
from cssselect2 import ElementWrapper
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from lxml import html

from tests import lint

COLLECTED = pytest.StashKey[Path]()
CHANGES_EACH_TIME = re.compile(r'(nonce|name="csrfmiddlewaretoken" value)="[^"]*"')


class Page:
    """What came back, with the questions that tests ask of it."""

    def __init__(self, response: HttpResponse):
        self.response = response

    @cached_property
    def source(self) -> str:
        """The page as it was sent."""
        return self.response.content.decode()

    @cached_property
    def document(self) -> html.HtmlElement:
        """The parsed page."""
        return html.document_fromstring(self.source)

    @property
    def h1(self) -> str:
        """The words of its only h1."""
        return lint.words(self.document.xpath("//h1")[0])

    @property
    def title(self) -> str:
        """The words of its title."""
        return lint.words(self.document.xpath("//head/title")[0])

    @property
    def text(self) -> str:
        """The words of its main part, on one line."""
        return lint.words((self.document.xpath("//main") or [self.document])[0])

    def find_all(self, css: str) -> list[html.HtmlElement]:
        """Every element that a CSS selector matches, in order."""
        return [match.etree_element for match in ElementWrapper.from_html_root(self.document).query_all(css)]

    def find(self, css: str) -> html.HtmlElement:
        """The first element that a CSS selector matches; the test fails when there is none."""
        found = self.find_all(css)
        assert found, f"Nothing on the page {self.h1!r} matches {css!r}."
        return found[0]

    def has_link(self, text: str) -> bool:
        """Whether some link has exactly these words."""
        return any(lint.words(link) == text for link in self.document.xpath("//a"))

    def href(self, text: str) -> str:
        """The address of the first link with exactly these words, or else of the first that contains them."""
        links = self.document.xpath("//a[@href]")
        exact = [link for link in links if lint.words(link) == text]
        for link in exact or [link for link in links if text in lint.words(link)]:
            return link.get("href")
        raise AssertionError(f"No link {text!r} on {self.h1!r}: {sorted({lint.words(link) for link in links})}")


class PageClient:
    """A browser without a screen for each person, which refuses pages that break the house rules."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.clients: dict[int | None, Client] = {}

    def get(self, path: str, data: dict | None = None, *, by=None, expect: int = 200, **extra) -> Page:
        """Fetch a page as `by` (nobody when left out); `data` is the query; `extra` goes to Django's test client."""
        return self._page(self._client_of(by).get(path, data, **extra), expect)

    def post(self, path: str, data: dict | None = None, *, by=None, expect: int = 302, **extra) -> Page:
        """Send a form as `by`. Expects a redirect, as after every write; 200 is a form that was refused."""
        return self._page(self._client_of(by).post(path, data or {}, **extra), expect)

    def _client_of(self, person) -> Client:
        key = person.pk if person else None
        if key not in self.clients:
            self.clients[key] = client = Client()
            if person:
                client.force_login(person)
                pass_second_factor(client)
        return self.clients[key]

    def _page(self, response: HttpResponse, expect: int) -> Page:
        where = f"{response.request['REQUEST_METHOD']} {response.request['PATH_INFO']}"
        page = Page(response)
        if response.status_code != expect:
            raise AssertionError(f"{where} answered {response.status_code}, not {expect}.{said(page)}")
        if is_page(response):
            nonce = re.search(r"'nonce-([^']+)'", response.headers.get("Content-Security-Policy", ""))
            faults = lint.faults(page.document, nonce=nonce[1] if nonce else "")
            assert not faults, f"{where} breaks the rules of pages:\n  " + "\n  ".join(faults)
            keep(page.source, self.folder)
        return page


def pass_second_factor(client: Client) -> None:
    """Mark the session as one whose person gave a one-time code; the gate itself is tested in trellis/accounts."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]  # allauth keeps whose they are
    session.save()


def is_page(response: HttpResponse) -> bool:
    """Whether the answer is a page of HTML that somebody sees."""
    return (
        response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming and response.content
    )


def said(page: Page) -> str:
    """What a form was refused for, or where a redirect went: the first thing to know when a status surprises."""
    if not is_page(page.response):
        return f" It leads to {page.response.headers['Location']}." if "Location" in page.response.headers else ""
    errors = page.document.xpath("//*[contains(@class, 'govuk-error-summary')]//li")
    return f" It says {page.text[:200]!r}. Errors: {[lint.words(error) for error in errors]}"


def keep(source: str, folder: Path) -> None:
    """Keep one copy of each distinct page for the HTML checker (tests/test_html.py)."""
    same = CHANGES_EACH_TIME.sub(r'\1="x"', source)
    (folder / f"{hashlib.sha256(same.encode()).hexdigest()[:16]}.html").write_text(same)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COLLECTED] = Path(tempfile.mkdtemp(prefix="trellis-pages-", dir=settings.VAR))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The HTML checker runs once, last, over every page that the others fetched."""
    items.sort(key=lambda item: item.path.name == "test_html.py")


@pytest.fixture
def page_client(db, request) -> PageClient:
    """Fetches pages as any of the cast."""
    return PageClient(request.config.stash[COLLECTED])

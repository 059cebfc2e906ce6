"""People at a browser: each has their own, and after every click axe and we look at the page.

dora.goes_to("/support/")
dora.clicks("Ask for support")
dora.fills("Tell us about it", "Our roof leaks.")
dora.sees("Your case")
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_FILE_PATH, AxeResults
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.page_client import CHANGES_EACH_TIME, pass_second_factor

# The first has no window to draw and is the faster; the second is the whole browser, for a system that has only that.
CHROMIUM = which("chromium-headless-shell") or which("chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run --disable-default-apps"
).split()
# WCAG 2.2 A and AA, and what axe holds to be good practice. Nothing is fetched first: only a rule about sound asks.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
# What a narrow screen can change; names, roles and colours are the same there, and were looked at on the wide one.
RULES_OF_WIDTH = RULES | {"runOnly": ["target-size", "scrollable-region-focusable", "link-in-text-block", "region"]}
WORDS_IN_FOCUS = """() => {
  const here = document.activeElement
  return (here.labels?.length ? here.labels[0] : here).textContent.trim()
}"""
AXE = AXE_FILE_PATH.read_text()
SEEN: set[bytes] = set()  # pages as they were, and what they are made of
# What may differ between two pages that are the same to axe: words, figures, where links lead, how often a row comes.
WORDS = re.compile(r">[^<]*[^<\s][^<]*<")
WORDS_OF_ATTRIBUTES = re.compile(r'\b(href|src|action|value|title|alt|aria-label|placeholder)="[^"]+"')
FIGURES = re.compile(r"(?<![A-Za-z])[0-9]+")
ROWS_ALIKE = re.compile(r"(<(tr|li)\b(?:(?!</\2>).)*</\2>\s*)\1+", re.DOTALL)
PATIENCE = 15_000  # milliseconds; a page of ours takes a fraction of one, a busy machine may not


@dataclass(frozen=True)
class Look:
    """How a browser is set up."""

    name: str
    width: int = 1280
    height: int = 900
    with_script: bool = True
    with_axe: bool = True  # which takes most of the time of a journey


DESKTOP = Look("desktop")  # and at each step the same page is made narrow, and looked at again
NO_SCRIPT = Look("320 px without JavaScript", width=320, height=640, with_script=False)
NARROW = Look("320 px", width=320, height=640)  # for what a script does to the clicks of a narrow screen
IN_HASTE = Look("in haste", with_axe=False)  # for a road at whose pages other journeys look
LOOKS = (DESKTOP, NO_SCRIPT)
in_every_look = pytest.mark.parametrize("look", [*LOOKS, NARROW], ids=lambda look: look.name)
on_a_desktop = pytest.mark.parametrize("look", [DESKTOP], ids=["desktop"])  # what no look can change: each use says why


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, address: str, look: Look, user=None):
        self.address, self.look, self.name = address, look, getattr(user, "name", "Somebody")
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            viewport={"width": look.width, "height": look.height},
            java_script_enabled=look.with_script,
            reduced_motion="reduce",
        )
        if user:
            self.context.add_cookies([session_cookie(user, address)])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._hear)
        self.page.on("response", self._see)

    # --- what people do

    def goes_to(self, path: str) -> "Person":
        """Open an address."""
        self.page.goto(path)
        return self.looks_around()

    def clicks(self, words: str) -> "Person":
        """Press the button, or follow the link, with these words."""
        named = {"name": words, "exact": True}
        main = self.page.get_by_role("main")
        places = [place.get_by_role(role, **named) for place in (main, self.page) for role in ("button", "link")]
        found = next((place for place in places if place.count()), places[0])
        found.first.click()
        self.page.wait_for_load_state()
        return self.looks_around()

    def fills(self, label: str, words: str) -> "Person":
        """Write into the field with this label."""
        self._labelled(label).fill(words)
        return self

    def chooses(self, label: str) -> "Person":
        """Choose the radio button, or tick the box, with this label."""
        self._labelled(label).check()
        return self

    def ticks(self, label: str) -> "Person":
        """Tick the box with this label, where a radio button bears the same words."""
        self.page.get_by_role("checkbox", name=label, exact=True).check()
        return self

    def picks(self, label: str, choice: str) -> "Person":
        """Pick a choice from the list with this label."""
        self._labelled(label).select_option(label=choice)
        return self

    def uploads(self, label: str, name: str, text: str) -> "Person":
        """Give a file of this name and text to the field with this label."""
        self._labelled(label).set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
        return self

    def takes_away(self, words: str) -> bytes:
        """The file that the link with these words leads to."""
        answer = self.context.request.get(self.page.get_by_role("link", name=words).first.get_attribute("href"))
        assert answer.ok, f"{self.name} got {answer.status} for {words!r} at {self.page.url}"
        return answer.body()

    def presses(self, *keys: str) -> "Person":
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def tabs_to(self, words: str) -> "Person":
        """Press Tab until the focus is on what has these words, as somebody without a mouse does."""
        for _ in range(60):
            if words == self.has_in_focus():
                return self
            self.presses("Tab")
        raise AssertionError(f"Tab does not lead to {words!r} at {self.page.url}")

    def has_in_focus(self) -> str:
        """The words of what the next key goes to: its own, or its label's."""
        return self.page.evaluate(WORDS_IN_FOCUS)

    def _labelled(self, label: str) -> Locator:
        """The one field of this name; a page may add that it need not be answered."""
        found = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$"))
        main = self.page.get_by_role("main")
        assert found.count() == 1, f"{found.count()} fields are called {label!r} here:\n{main.inner_text()}"
        return found

    def may_not_open(self, path: str) -> "Person":
        """The address is not there, for them."""
        answer = self.page.goto(path)
        assert answer is not None and answer.status == 404, f"{self.name} got {path}"
        return self.looks_around()

    # --- what people see

    def sees(self, words: str) -> "Person":
        """These words are somewhere in the main part of the page."""
        expect(self.page.get_by_role("main")).to_contain_text(words)
        return self

    def sees_nothing_of(self, words: str) -> "Person":
        """These words are nowhere on the page, nor in its source."""
        assert words not in self.page.content(), f"{self.name} was shown {words!r} at {self.page.url}"
        return self

    def can_click(self, words: str) -> bool:
        """Whether there is a button or a link with these words."""
        return any(self.page.get_by_role(role, name=words, exact=True).count() for role in ("button", "link"))

    def is_at(self) -> str:
        """The path that they are at."""
        return urlsplit(self.page.url).path

    # --- what a careful helper checks after each click

    def looks_around(self) -> "Person":
        """No fault for axe (where scripts run), nothing wider than the screen, no error of a script or of ours.

        Axe takes half the time of a journey, and no database changes what it sees: the run on SQLite has it.
        """
        assert not self.faults, f"{self.name} at {self.page.url}: {self.faults}"
        self._sees_nothing_too_wide(self.look.width)
        if self.look.with_script and self.look.with_axe and settings.ON_SQLITE:
            self._looks_closely()
        return self

    def _looks_closely(self) -> None:
        """Axe looks, and the page is made narrow (a telephone, 400%): once at a page, axe once at each make of page."""
        page = CHANGES_EACH_TIME.sub("", self.page.content())
        if not self._is_new(page):
            return
        of_new_make = self._is_new(make_of(page))
        if of_new_make:
            self._has_axe_look(RULES)
        self.page.set_viewport_size({"width": NARROW.width, "height": NARROW.height})
        self._sees_nothing_too_wide(NARROW.width)
        if of_new_make:
            self._has_axe_look(RULES_OF_WIDTH)
        self.page.set_viewport_size({"width": self.look.width, "height": self.look.height})

    def _is_new(self, page: str) -> bool:
        """Whether nobody has seen this in this look before."""
        digest = hashlib.sha256(f"{self.look.width} {page}".encode()).digest()
        is_new = digest not in SEEN
        SEEN.add(digest)
        return is_new

    def _sees_nothing_too_wide(self, width: int) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than {width} px"

    def _has_axe_look(self, rules: dict) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = AxeResults(self.page.evaluate("rules => axe.run(rules)", rules))
        assert found.violations_count == 0, f"{self.page.url} ({self.look.name})\n{found.generate_report()}"

    def leaves_a_picture(self, folder: Path, journey: str) -> None:
        """What they saw last, for whoever finds out why a journey failed."""
        folder.mkdir(exist_ok=True)
        path = folder / re.sub(r"[^\w]+", "-", f"{journey} {self.name}.").strip("-")
        self.page.screenshot(path=path.with_suffix(".png"), full_page=True)
        print(f"{self.name} last saw {self.page.url}: {path}.png")

    def _hear(self, message) -> None:
        expected = re.search(r"status of 40[34]", message.text)
        if message.type == "error" and not expected:
            self.faults.append(message.text)

    def _see(self, response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url} answered {response.status}")


def make_of(page: str) -> str:
    """What a page is made of: its elements, with their ids, classes and roles, and whether they have words."""
    bare = FIGURES.sub("0", WORDS_OF_ATTRIBUTES.sub(r'\1="x"', WORDS.sub(">x<", page)))
    return ROWS_ALIKE.sub(r"\1", bare)


def session_cookie(user, address: str) -> dict:
    """The cookie of somebody who has signed in, second factor and all (signing in has a journey of its own)."""
    client = Client()
    client.force_login(user)
    pass_second_factor(client)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": address}

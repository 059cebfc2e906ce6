"""A browser, and people who use it."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browser import CHROMIUM, DESKTOP, FLAGS, LOOKS, NO_SCRIPT, Look, Person
from trellis.core import clock

FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers need a clock that runs; where there is no browser, each journey says that it did not run.

    What a look changes, no database does. When script/test runs both databases, each look is walked on one: without
    JavaScript on PostgreSQL, the others, and axe, on SQLite. A run on SQLite alone has every look.
    """
    journeys = [item for item in items if item.path.parent.name == "journeys"]
    without_script = {_journey(item) for item in journeys if _look_of(item) == NO_SCRIPT}
    for item in journeys:
        item.add_marker(pytest.mark.real_time)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="browser journey: Chromium is not installed"))
        elif other := _database_of(_look_of(item), _journey(item) in without_script):
            item.add_marker(pytest.mark.skip(reason=f"another look at this journey: the run on {other} has it"))


def _journey(item: pytest.Item) -> tuple:
    return item.path, getattr(item, "originalname", item.name)


def _look_of(item: pytest.Item) -> Look | None:
    """How the browser of a journey is set up."""
    return item.callspec.params.get("look") if hasattr(item, "callspec") else None


def _database_of(look: Look | None, has_no_script: bool) -> str:
    """The other database, when the run on that one has this look."""
    if settings.ON_SQLITE:
        return "PostgreSQL" if look == NO_SCRIPT and os.environ.get("TRELLIS_BOTH_DATABASES") else ""
    own = NO_SCRIPT if has_no_script else DESKTOP
    return "" if look in (None, own) else "SQLite"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; each person has a context of their own in it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs a loop in this thread, and Django would object
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(params=LOOKS, ids=lambda look: look.name)
def look(request) -> Look:
    """With JavaScript, at both widths, and on a narrow screen without."""
    return request.param


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Tell the fixtures of a journey whether it failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def person(chromium, look, live_server_on_copy, request) -> Iterator[Callable[..., Person]]:
    """`person(cast.alice)`: Alice at her browser, signed in; `person()`: anybody."""
    people = []

    def sits_down(user=None) -> Person:
        people.append(Person(chromium, live_server_on_copy, look, user))
        return people[-1]

    yield sits_down
    for one in people:
        if request.node.stash.get(FAILED, False):
            one.leaves_a_picture(settings.VAR / "journeys", request.node.name)
        one.context.close()


@pytest.fixture
def days_pass(monkeypatch) -> Callable[[str], None]:
    """`days_pass("2018-07-02T10:00")`: the live server's clock goes on from there."""

    def until(moment: str) -> None:
        assert datetime.fromisoformat(moment).replace(tzinfo=None) > clock.now().replace(tzinfo=None)
        monkeypatch.setattr(settings, "TRELLIS_NOW", moment)
        monkeypatch.setattr(clock, "_started_at", timezone.now())

    return until

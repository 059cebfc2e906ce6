import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory

from tests.page_client import Page
from trellis.web import fields, samples, views
from trellis.web.forms import problems
from trellis.web.samples import WRONG, Example

PAGES = {
    "/help/": "Help and contact",
    "/accessibility/": "Accessibility statement",
    "/privacy/": "Privacy",
    "/gallery/": "How our pages are built",
    "/gallery/?sort=-income&page=3": "How our pages are built",
    "/gallery/form/": "Every kind of question",
    "/gallery/form/?errors=yes": "Every kind of question",
    "/gallery/progress/": "Bringing in a list",
    "/gallery/progress/?state=done": "Bringing in a list",
    "/gallery/progress/?state=failed": "Bringing in a list",
}


@pytest.mark.parametrize("path", PAGES)
def test_our_own_pages_are_open_to_everybody(page_client, path):
    assert page_client.get(path).h1 == PAGES[path]


def test_our_own_pages_are_the_same_for_those_who_signed_in(page_client, cast):
    page = page_client.get("/help/", by=cast.dora)
    assert "Dora" in page.find(".trellis-header__name").text_content()
    assert page.find(".trellis-header form").get("method") == "post"


@pytest.mark.parametrize("path", ["/help/", "/gallery/form/", "/gallery/progress/"])
def test_help_stands_in_the_same_place_on_each_page(page_client, path):
    links = page_client.get(path).find_all(".trellis-header__person a")
    assert [link.text_content() for link in links] == ["Help and contact", "Sign in"]


def test_a_page_that_is_not_there_says_what_to_do(page_client):
    page = page_client.get("/no-such-page/", expect=404)
    assert page.h1 == "There is no such page"
    assert page.href("start from the home page") == "/"


def test_a_page_that_a_role_does_not_open_says_so(page_client, cast, rf):
    request = rf.get("/")
    request.user = cast.vera
    page = Page(views.not_allowed(request))
    assert page.response.status_code == 403
    assert page.h1 == "Your role does not include this page"


@pytest.mark.parametrize(("view", "status"), [(views.broken, 500), (views.bad_request, 400), (views.form_too_old, 403)])
def test_the_worst_pages_need_neither_person_nor_database(view, status):
    """No fixture gives this test a database, and no middleware has seen the request."""
    response = view(RequestFactory().get("/"))
    assert response.status_code == status
    assert "start from the home page" in response.content.decode() or status == 500


def test_a_form_from_an_old_page_gets_a_page_of_ours(db, page_client):
    page_client.clients[None] = Client(enforce_csrf_checks=True)
    page = page_client.post("/account/sign-in/", {"login": "alice@example.org"}, expect=403)
    assert page.h1 == "This form could not be sent"


def test_a_fault_of_ours_is_shown_even_when_the_database_has_gone(db, monkeypatch):
    def gone(*args, **kwargs):
        raise DatabaseError("the server closed the connection")

    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


def test_an_error_leads_from_the_summary_to_its_input(page_client):
    page = page_client.get("/gallery/form/?errors=yes")
    assert page.title.startswith("Error: Every kind of question")
    links = [link.get("href") for link in page.find_all(".govuk-error-summary__list a")]
    assert links == [problem["href"] for problem in problems(Example(WRONG))]
    for link in links:
        assert page.find(link).tag in ("input", "select", "textarea")


def test_a_sent_form_keeps_what_was_typed(page_client):
    page = page_client.post("/gallery/form/", {"name": "Dora Lane", "minutes": "an hour"}, expect=200)
    assert page.find("#id_name").get("value") == "Dora Lane"
    assert page.find("#id_minutes").get("value") == "an hour"


def test_the_gallery_has_every_component():
    """Components are the macros that pages import; what only other components import is a part of one."""
    folder = Path(views.__file__).parent / "jinja2"
    read = {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*.html")}
    components = {name: text for name, text in read.items() if name.startswith("components/")}
    used_inside = " ".join(
        parts for text in components.values() for parts in re.findall(r'from "components/.*" import (.*) %}', text)
    )
    shown = "".join(text for name, text in read.items() if name.startswith(("web/gallery", "layouts/")))
    macros = {macro for text in components.values() for macro in re.findall(r"{% macro (\w+)\(", text)}
    parts = set(re.findall(r"\w+", used_inside)) - {"status_tag"}
    assert {macro for macro in macros - parts if f"{macro}(" not in shown} == set()


def test_every_kind_of_chart_without_figures_says_so(page_client):
    page = page_client.get("/gallery/")
    kinds = (samples.BAR_CHARTS, samples.LINE_CHARTS, samples.STACK_CHARTS, samples.SWEEP_CHARTS, samples.CHAIN_CHARTS)
    empty = [chart for charts in kinds for chart in charts if chart.description == "An empty chart."]
    assert len(empty) == page.text.count("There are no figures yet.") == 5


def test_the_gallery_has_every_kind_of_question():
    kinds = {kind for kind in vars(fields).values() if isinstance(kind, type) and issubclass(kind, fields.Asked)}
    bases = {base for kind in kinds for base in kind.__mro__[1:]}
    assert kinds - bases - {type(field) for field in Example.base_fields.values()} == set()


def test_the_table_of_the_gallery_leaves_as_a_file(page_client):
    response = Client().get("/gallery/?format=csv&sort=name")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,District,Status,Joined,Latest income"
    assert len(lines) == 61


def test_work_that_runs_looks_again_by_itself_and_work_that_ended_does_not(page_client):
    running = page_client.get("/gallery/progress/")
    assert running.find("#progress").get("data-refresh") == "5"
    assert running.find("head noscript meta").get("http-equiv") == "refresh"
    ended = page_client.get("/gallery/progress/?state=done")
    assert not ended.find_all("noscript, [data-refresh]")


def test_every_page_says_when_the_clock_is_moved(page_client, settings):
    assert not page_client.get("/help/").find_all(".trellis-demonstration")
    settings.TRELLIS_NOW = "2018-07-02T10:12"
    words = page_client.get("/help/").find(".trellis-demonstration").text_content().strip()
    assert words.startswith("This is a demonstration. Its clock says ")


def test_messages_are_shown_and_read_out(rf, cast):
    def view(request) -> HttpResponse:
        messages.success(request, "The case is yours.")
        messages.error(request, "Nothing was sent.")
        return render(request, "web/help.html")

    request = rf.get("/")
    request.user = cast.dora
    request._messages = messages.storage.cookie.CookieStorage(request)
    shown = Page(view(request)).find_all(".trellis-message[role='status']")
    assert [" ".join(one.text_content().split()) for one in shown] == ["The case is yours.", "Nothing was sent."]
    assert "trellis-message--error" in shown[1].get("class")


def test_nothing_of_the_identity_of_the_government_is_ours(page_client):
    source = page_client.get("/gallery/").source.lower()
    assert "crown" not in source.replace("crowndrobwll", "")
    assert "gds transport" not in source
    assert "beta" not in source.split("<main")[0]


@pytest.mark.parametrize("path", ["/gallery/", "/gallery/form/", "/gallery/progress/"])
def test_a_live_service_has_no_gallery(page_client, settings, path):
    settings.IN_PRODUCTION = True
    page_client.get(path, expect=404)
    assert not page_client.get("/help/").has_link("How our pages are built")


def test_a_name_that_is_not_ours_gets_a_page_of_ours_and_one_line_of_the_log(client, caplog):
    response = client.get("/help/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "We could not read what your browser sent" in response.content.decode()
    [entry] = caplog.records
    assert "elsewhere.example" in entry.getMessage() and not entry.exc_info

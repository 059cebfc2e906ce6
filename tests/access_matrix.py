"""Who gets what from every address, by really asking: each route, GET and POST, as each of the cast.

access_matrix.csv is reviewed like code. After a change to routes or roles: script/access-matrix, and
read the difference. In a cell: the status; `sign in` is a redirect to the sign-in page.
"""

import copy
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, person
from tests.page_client import pass_second_factor
from tests.routes import Route

FILE = Path(__file__).with_name("access_matrix.csv")
WRITE = "TRELLIS_WRITE_ACCESS_MATRIX"
HEADINGS = ("address", "name", "access", "method")


@dataclass
class Scene:
    """The cast, and what the addresses are about: a case of Mill Lane Pantry that Alice of Ash Vale works on."""

    cast: Cast
    people: dict[str, object]
    parts: dict[str, Callable[[Route], str]]


def people(cast: Cast) -> dict[str, object]:
    """Whoever asks, by what makes them different: their role, and how they stand to the case."""
    return {
        "nobody": None,
        "account without a role": cast.vera,
        "volunteer": person("Vic", cast.choir, "volunteer"),
        "organisation: its own": cast.dora,
        "organisation: another's": cast.erin,
        "adviser: holds it": cast.alice,
        "adviser: in conflict": cast.bob,
        "adviser: independent": cast.ivy,
        "adviser: outside": cast.charlie,
        "partner lead: holds it": cast.anna,
        "partner lead: in conflict": cast.bella,
        "commissioning officer": cast.carol,
        "procurement officer": cast.percy,
        "evaluator": person("Eve", cast.council, "evaluator"),
        "contract manager": cast.olive,
        "finance": cast.fred,
        "democratic services": cast.dee,
        "data protection officer": cast.dev,
        "administrator": cast.ada,
    }


def address(route: Route, scene: Scene) -> str:
    """The route with its parts filled in; a part that nobody said what to put into fails the test."""
    area = route.path.split("/")[0]
    values = {}
    for part in route.parts:
        value = scene.parts.get(f"{route.name} {part}") or scene.parts.get(f"{area} {part}")
        assert value, f"Say in tests/test_routes.py (scene) what stands for {part!r} in {route.path!r}."
        values[part] = value
    return reverse(route.name, kwargs=values)


def rows(routes: list[Route], scene: Scene) -> Iterator[dict[str, str]]:
    """The matrix, row by row."""
    client = Client()
    sessions = {who: _session(one) for who, one in scene.people.items()}
    known = {session: scene.people[who] for who, session in sessions.items()}

    opened = {session: SessionStore(session).load() for session in known if session}
    read = SessionStore.load

    # Who asks, with their roles and session, is as it was read once: they are the same ten thousand times.
    def somebody(request):
        return copy.copy(known.get(request.session.session_key)) or AnonymousUser()

    def in_session(store):
        return copy.deepcopy(opened[store.session_key]) if store.session_key in opened else read(store)

    with patch("django.contrib.auth.get_user", somebody), patch.object(SessionStore, "load", in_session):
        for route in routes:
            for method in ("GET", "POST"):
                row = {"address": route.path, "name": route.name, "access": str(route.access), "method": method}
                where = address(route, scene)
                yield row | {who: _answer(client, session, method, where) for who, session in sessions.items()}


def _session(one) -> str:
    client = Client()
    if one is None:
        return ""
    client.force_login(one)
    pass_second_factor(client)
    assert one.current_memberships is not None and one.same_organisations is not None  # read once, before anybody asks
    return client.session.session_key


def _answer(client: Client, session: str, method: str, where: str) -> str:
    """Ask, then undo: whatever the request did is rolled back."""
    client.cookies.clear()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = client.generic(method, where, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return _said(response)


def _said(response: HttpResponse) -> str:
    to_sign_in = response.headers.get("Location", "").startswith(reverse(settings.LOGIN_URL))
    return "sign in" if to_sign_in else str(response.status_code)


def write(matrix: list[dict[str, str]]) -> None:
    """Replace the reviewed file."""
    with FILE.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(matrix[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(matrix)


def read() -> list[dict[str, str]]:
    """The reviewed file."""
    with FILE.open(newline="") as file:
        return list(csv.DictReader(file))

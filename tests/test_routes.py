"""Every route says who may reach it, answers each role as the reviewed matrix says, and does not vanish in silence."""

import os

import pytest

from tests import access_matrix
from tests.access_matrix import HEADINGS, Scene
from tests.routes import routes
from trellis.accounts import roles
from trellis.support import commands as support


@pytest.fixture
def scene(cast) -> Scene:
    """A case in work, and whatever else the addresses name."""
    case = support.request_support(
        organisation=cast.pantry, contract=cast.contract, topic=cast.topic, need="Help with a bid.", by=cast.dora
    )
    support.triage_case(case=case, urgency="routine", note="", by=cast.alice)
    case.refresh_from_db()
    support.allocate_case(case=case, partner_organisation=cast.ash_vale, by=cast.alice)
    case.refresh_from_db()
    support.take_case(case=case, by=cast.alice)
    return Scene(
        cast,
        access_matrix.people(cast),
        {
            "support reference": case.reference,
            "support step": "topic",
            "support interest": cast.bramble_partner.interests.get().pk,
            "contracts reference": cast.contract.reference,
            "contracts quarter": "2018-Q2",
            "organisations reference": cast.pantry.reference,
            "account key": "no-such-key",
            "account uidb36": "1",
            "account provider_id": "council",
        },
    )


def test_every_route_says_who_may_reach_it():
    unsaid = [route.path for route in routes() if route.access is None]
    assert unsaid == [], "Mark the view @public, @signed_in or @requires(…); allauth's are in accounts/access.py."


def test_every_route_has_a_name():
    assert [route.path for route in routes() if route.access and not route.name] == []


def test_names_of_routes_are_used_once():
    names = [route.name for route in routes() if route.name]
    assert sorted(names) == sorted(set(names))


def test_the_matrix_has_every_role(cast):
    held = {role.code for one in access_matrix.people(cast).values() if one for role in one.roles}
    assert held == {role.code for role in roles.ALL}


def test_access_matrix(scene):
    asked = [route for route in routes() if route.access is not None]
    matrix = list(access_matrix.rows(asked, scene))
    if os.environ.get(access_matrix.WRITE):
        access_matrix.write(matrix)
    reviewed = {(row["address"], row["method"]): row for row in access_matrix.read()}
    now = {(row["address"], row["method"]): row for row in matrix}
    assert sorted(reviewed) == sorted(now), "A route came or went: python -m tests.access_matrix --write, and review."
    changed = [
        f"{method} {address or '/'} as {who}: {was} became {now[address, method].get(who)}"
        for (address, method), row in reviewed.items()
        for who, was in row.items()
        if was != now[address, method].get(who)
    ]
    assert changed == [], "Is that meant? python -m tests.access_matrix --write, and review the difference."


def test_a_permission_opens_its_pages_to_nobody_else(scene):
    """The matrix agrees with the roles: whoever lacks the permission is refused before anything is looked up."""
    holders = {
        who: {permission for role in one.roles for permission in role.permissions}
        for who, one in scene.people.items()
        if one
    }
    wrong = [
        f"{row['method']} {row['address']} as {who}: {row[who]}"
        for row in access_matrix.read()
        if row["access"] not in ("public", "signed in")
        for who in row
        if who not in HEADINGS
        if (row[who] == "403") != (who != "nobody" and row["access"] not in holders[who])
    ]
    assert wrong == []


def test_nobody_in_conflict_learns_that_the_case_is_there(scene):
    cases = [row for row in access_matrix.read() if row["address"].startswith("support/<slug:reference>/")]
    assert cases
    for who in ("adviser: in conflict", "partner lead: in conflict", "adviser: outside", "organisation: another's"):
        assert {row[who] for row in cases} <= {"404", "403"}, who


def test_nobody_gets_past_the_door_without_signing_in():
    doors = [row for row in access_matrix.read() if row["access"] != "public"]
    assert {row["nobody"] for row in doors} == {"sign in"}

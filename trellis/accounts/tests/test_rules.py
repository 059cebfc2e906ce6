from datetime import UTC, datetime, timedelta

import pytest

from trellis.accounts import roles, rules
from trellis.core.errors import RuleBroken

COUNCIL, ASH_VALE, PANTRY = 1, 2, 3
AT = datetime(2018, 7, 2, 9, tzinfo=UTC)
COUNCIL_ROLES = [role for role in roles.ALL if role.of == roles.COUNCIL]
OTHER_ROLES = [role for role in roles.ALL if role.of != roles.COUNCIL]

# Who holds what where, at which organisation they look, and what they may give there.
MAY_GIVE = [
    ([(roles.ADMINISTRATOR, COUNCIL)], COUNCIL, COUNCIL_ROLES),
    ([(roles.ADMINISTRATOR, COUNCIL)], PANTRY, OTHER_ROLES),
    ([(roles.PARTNER_LEAD, ASH_VALE)], ASH_VALE, [roles.ADVISER]),
    ([(roles.PARTNER_LEAD, ASH_VALE)], PANTRY, []),
    ([(roles.PARTNER_LEAD, ASH_VALE)], COUNCIL, []),
    ([(roles.GROUP_MEMBER, PANTRY)], PANTRY, [roles.GROUP_MEMBER]),
    ([(roles.GROUP_MEMBER, PANTRY)], ASH_VALE, []),
    ([(roles.GROUP_MEMBER, PANTRY), (roles.PARTNER_LEAD, ASH_VALE)], ASH_VALE, [roles.ADVISER]),
    ([], PANTRY, []),
]
NOBODY_INVITES = [role for role in roles.ALL if not role.invites]


@pytest.mark.parametrize(("held", "at", "given"), MAY_GIVE)
def test_roles_they_may_give(held, at, given):
    assert rules.roles_they_may_give(held, at) == given


@pytest.mark.parametrize("role", NOBODY_INVITES, ids=lambda role: role.code)
def test_nobody_else_invites_anybody_anywhere(role):
    assert rules.roles_they_may_give([(role, COUNCIL)], COUNCIL) == []
    assert rules.roles_they_may_give([(role, COUNCIL)], PANTRY) == []


@pytest.mark.parametrize(
    ("role", "may_give", "holds_it_already", "said"),
    [
        (roles.ADVISER, [roles.ADVISER], False, None),
        (roles.FINANCE, [roles.ADVISER], False, "You cannot invite somebody as finance here."),
        (roles.ADVISER, [roles.ADVISER], True, "They already have this role here."),
    ],
)
def test_check_can_invite(role, may_give, holds_it_already, said):
    assert sentence(rules.check_can_invite, role=role, may_give=may_give, holds_it_already=holds_it_already) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, None),
        ({"verified_addresses": ["OTHER@example.org", "New@Example.org"]}, None),
        ({"expires_at": AT + timedelta(microseconds=1)}, None),
        ({"expires_at": AT}, "This invitation has run out. Ask the person who invited you for a new one."),
        ({"accepted_at": AT}, rules.USED),
        ({"withdrawn_at": AT}, rules.WITHDRAWN),
        (
            {"verified_addresses": []},
            "This invitation was sent to another email address. Sign in with that address to use it.",
        ),
    ],
)
def test_check_can_accept(change, said):
    facts = {
        "invited": "new@example.org",
        "verified_addresses": ["new@example.org"],
        "at": AT,
        "expires_at": AT + timedelta(days=14),
        "accepted_at": None,
        "withdrawn_at": None,
    }
    assert sentence(rules.check_can_accept, **facts | change) == said


@pytest.mark.parametrize(
    ("role", "may_give", "is_own", "others", "said"),
    [
        (roles.ADVISER, [roles.ADVISER], False, 0, None),
        (roles.ADVISER, [], True, 0, None),
        (roles.ADVISER, [], False, 3, "You cannot end the role of adviser here."),
        (roles.ADMINISTRATOR, [roles.ADMINISTRATOR], False, 1, None),
        (
            roles.ADMINISTRATOR,
            [roles.ADMINISTRATOR],
            True,
            0,
            "There must be at least 1 administrator. Invite another before you end this one.",
        ),
    ],
)
def test_check_can_end(role, may_give, is_own, others, said):
    facts = {"role": role, "may_give": may_give, "is_own": is_own, "others_with_it": others}
    assert sentence(rules.check_can_end, **facts) == said


@pytest.mark.parametrize(("typed", "kept"), [("Ada", "Ada"), ("  Ada   Whitlock ", "Ada Whitlock")])
def test_check_name_tidies(typed, kept):
    assert rules.check_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\t\n"])
def test_check_name_refuses_nothing(typed):
    assert sentence(rules.check_name, typed) == "Enter your name"


def sentence(check, *given, **facts) -> str | None:
    try:
        check(*given, **facts)
    except RuleBroken as error:
        return error.sentence
    return None

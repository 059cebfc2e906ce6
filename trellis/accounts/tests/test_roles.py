import pytest

from trellis.accounts import roles
from trellis.core.permissions import Permission

# The people of brief.md, and whether a second step guards what they see.
BRIEF = {
    "volunteer": False,
    "organisation": False,
    "adviser": True,
    "partner-lead": True,
    "commissioning-officer": True,
    "procurement-officer": True,
    "evaluator": True,
    "contract-manager": True,
    "finance": True,
    "democratic-services": True,
    "data-protection-officer": True,
    "administrator": True,
}


def test_every_role_of_the_brief_is_there_and_no_other():
    assert [role.code for role in roles.ALL] == list(BRIEF)
    assert len(roles.BY_CODE) == len(roles.ALL)


@pytest.mark.parametrize(("code", "guarded"), BRIEF.items())
def test_second_factor_guards_council_partner_and_administrator_roles(code, guarded):
    role = roles.BY_CODE[code]

    assert role.second_factor is guarded
    assert guarded == (role.of in (roles.COUNCIL, roles.PARTNER))


@pytest.mark.parametrize("role", roles.ALL, ids=lambda role: role.code)
def test_a_role_reads_like_a_document(role):
    assert role.name and role.held_by.endswith(".")
    assert role.invites <= set(roles.BY_CODE)
    assert bool(role.invites) == (Permission.PEOPLE_INVITE in role.permissions)


def test_the_administrator_sees_no_case_and_moves_no_money():
    areas = {permission.split(".")[0] for permission in roles.ADMINISTRATOR.permissions}

    assert not areas & {"case", "statement", "performance"}


def test_certifying_and_authorising_are_never_one_role():
    both = {Permission.STATEMENT_CERTIFY, Permission.STATEMENT_AUTHORISE}

    assert not [role for role in roles.ALL if both <= role.permissions]

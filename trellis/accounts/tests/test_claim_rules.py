"""The table of claims, cell by cell, and who may do what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.accounts import claim_rules as rules
from trellis.accounts.models import ProfileClaim
from trellis.core import clock
from trellis.core.errors import RuleBroken

POSSIBLE = {
    "open": {"prove", "agree", "object", "refuse", "withdraw", "expire"},
    "proved": {"grant", "agree", "object", "refuse", "withdraw"},
    "objected": {"uphold", "refuse", "withdraw"},
}


@pytest.mark.parametrize("status", ProfileClaim.Status.values)
@pytest.mark.parametrize("action", list(rules.TRANSITIONS))
def test_each_cell_of_the_table(status, action):
    possible = action in POSSIBLE.get(status, set())
    assert rules.can(status, action) is possible
    if not possible:
        with pytest.raises(RuleBroken, match="moved on"):
            rules.check_can(status, action)


def test_every_way_ends_where_nothing_more_can_be_done():
    ends = {to for _, to in rules.TRANSITIONS.values()} - set(POSSIBLE)
    assert ends == {"granted", "refused", "withdrawn", "expired"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"speaks_already": True}, "speak for this organisation already"),
        ({"has_open_claim": True}, "asked to speak for it already"),
        ({"claims": 5}, "many organisations lately"),
    ],
)
def test_check_can_start_refuses(given, words):
    usual = {"speaks_already": False, "has_open_claim": False, "claims": 4, "most": 5}
    rules.check_can_start(**usual)
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_start(**usual | given)


@pytest.mark.parametrize(("proof", "is_offered"), [("email", False), ("letter", False), ("vouch", True)])
def test_check_proof_offers_what_the_register_holds(proof, is_offered):
    rules.check_proof(proof=proof, has_email=True, has_address=True)
    if not is_offered:
        with pytest.raises(RuleBroken, match="Choose another way") as refusal:
            rules.check_proof(proof=proof, has_email=False, has_address=False)
        assert refusal.value.field == "proof"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"is_own": False}, "somebody else's claim"),
        ({"status": "granted"}, "moved on"),
        ({"was_sent": False}, "No code was sent"),
        ({}, "has run out"),
    ],
)
def test_check_can_enter_code_refuses(given, words):
    usual = {"is_own": True, "status": "open", "was_sent": True, "at": clock.now(), "expires_at": clock.now()}
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_enter_code(**usual | given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"may_vouch": False}, "Only an adviser"),
        ({"asked_for": False}, "another way"),
        ({"is_for_me": True}, "for yourself"),
        ({"is_colleague": True}, "of your own organisation"),
        ({"competes": True}, "Your organisation competes"),
        ({"how_known": " "}, "Say how you know"),
    ],
)
def test_check_can_vouch_refuses(given, words):
    usual = {
        "may_vouch": True, "is_for_me": False, "is_colleague": False, "competes": False, "asked_for": True,
        "how_known": "I met her.",
    }  # fmt: skip
    rules.check_can_vouch(**usual)
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_vouch(**usual | given)


@pytest.mark.parametrize(
    ("address", "masked"), [("dora@millane.org", "d…@millane.org"), ("a@b.c", "a…@b.c"), ("@b.c", "…@b.c")]
)
def test_masked(address, masked):
    assert rules.masked(address) == masked


@given(st.text(alphabet="234679CDFGHJKMNPQRTVWX", min_size=8, max_size=8))
def test_a_code_is_read_however_it_was_typed(code):
    for typed in (code, code.lower(), f"{code[:4]}-{code[4:]}", f" {code[:4]} {code[4:]} "):
        assert rules.tidied_code(typed) == code

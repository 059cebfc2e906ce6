"""Somebody asks to speak for an organisation: by e-mail, by letter, vouched for; the organisation can object."""

import json
import re
from datetime import timedelta

import pytest
import time_machine

from tests.cast import organisation, person
from tests.races import at_once, losers, winners
from trellis.accounts import claim_queries as queries
from trellis.accounts import claim_rules as rules
from trellis.accounts import commands, roles
from trellis.accounts.models import Membership, ProfileClaim, User
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.organisations.models import Organisation


def walkers(cast) -> Organisation:
    """A group that nobody speaks for yet, whose e-mail and postal address are in the register."""
    found = organisation("Vale Walkers", cast.north)
    found.email, found.address, found.postcode = "hello@walkers.org", "The Hall, High Street", "ME14 1XQ"
    found.save()
    return found


def claim(cast, proof="email", where=None, by=None) -> ProfileClaim:
    return commands.start_claim(
        organisation=where or walkers(cast), proof=proof, role_there="Secretary", by=by or cast.vera
    )


def code_in(message) -> str:
    return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", message.get_content())[0]


def speaks(user: User, where: Organisation) -> bool:
    return Membership.objects.filter(user=user, organisation=where, role="organisation", ended_at=None).exists()


def actions() -> list[str]:
    return [one.removeprefix("accounts.") for one in AuditEntry.objects.order_by("pk").values_list("action", flat=True)]


# --- By e-mail


def test_a_code_goes_to_the_organisation_and_lets_the_person_in(cast, inbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = claim(cast)
    code = code_in(inbox.last("hello@walkers.org"))
    assert [to for to, _ in inbox.messages] == ["hello@walkers.org"]
    assert code.replace("-", "") not in json.dumps(list(ProfileClaim.objects.values()), default=str)
    with django_capture_on_commit_callbacks(execute=True):
        commands.enter_code(claim=made, code=code.lower(), by=cast.vera)
    assert speaks(cast.vera, made.organisation) and made.status == "granted"
    assert "You speak for it now." in inbox.last("vera@example.org").get_content()
    assert actions() == ["start_claim", "add_membership", "enter_code"]
    assert not AuditEntry.objects.filter(detail__isnull=False).exists()


def test_a_wrong_code_is_counted_and_the_sixth_is_not_looked_at(cast, inbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = claim(cast)
    for number in range(1, 6):
        with pytest.raises(RuleBroken, match="not right") as refusal:
            commands.enter_code(claim=made, code="CDFG-2346", by=cast.vera)
        assert refusal.value.field == "code"
        made.refresh_from_db()
        assert made.attempts == number
    with pytest.raises(RuleBroken, match="one wrong code too many"):
        commands.enter_code(claim=made, code=code_in(inbox.last("hello@walkers.org")), by=cast.vera)
    assert not speaks(cast.vera, made.organisation) and actions().count("enter_code") == 5


def test_a_code_is_for_one_person(cast, inbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mine = claim(cast)
    code = code_in(inbox.last("hello@walkers.org"))
    with pytest.raises(RuleBroken, match="somebody else's claim"):
        commands.enter_code(claim=mine, code=code, by=cast.erin)
    theirs = claim(cast, where=mine.organisation, by=cast.erin)
    with pytest.raises(RuleBroken, match="not right"):
        commands.enter_code(claim=theirs, code=code, by=cast.erin)


def test_a_code_that_the_mail_server_refuses_is_said_after_the_claim_is_kept(
    cast, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1
    with pytest.raises(RuleBroken, match="could not be sent"), django_capture_on_commit_callbacks(execute=True):
        claim(cast)
    assert ProfileClaim.objects.count() == 1


@pytest.mark.parametrize("proof", ["email", "letter"])
def test_start_claim_refuses_a_proof_that_the_register_cannot_give(cast, proof):
    with pytest.raises(RuleBroken, match="Choose another way"):
        claim(cast, proof, where=cast.choir)
    assert actions() == [] and not ProfileClaim.objects.exists()


def test_start_claim_refuses_a_second_and_one_that_is_not_needed(cast):
    made = claim(cast, "vouch")
    with pytest.raises(RuleBroken, match="asked to speak for it already"):
        claim(cast, "vouch", where=made.organisation)
    with pytest.raises(RuleBroken, match="speak for this organisation already"):
        claim(cast, "vouch", where=cast.pantry, by=cast.dora)
    commands.withdraw_claim(claim=made, by=cast.vera)
    claim(cast, "vouch", where=made.organisation)


def test_start_claim_refuses_whoever_asks_too_often(cast):
    for number in range(5):
        where = organisation(f"Club {'x' * number}", cast.north)
        commands.withdraw_claim(claim=claim(cast, "vouch", where=where), by=cast.vera)
    with pytest.raises(RuleBroken, match="many organisations lately"):
        claim(cast, "vouch", where=cast.choir)


# --- By letter


def test_a_letter_is_made_by_a_keeper_and_its_last_code_counts(cast):
    made = claim(cast, "letter")
    with pytest.raises(RuleBroken, match="No code was sent yet"):
        commands.enter_code(claim=made, code="CDFG-2346", by=cast.vera)
    for by in (cast.vera, cast.alice, cast.dora):
        with pytest.raises(RuleBroken, match="Only those who keep the register"):
            commands.post_letter(claim=made, by=by)
    first = commands.post_letter(claim=made, by=cast.ada)
    second = commands.post_letter(claim=made, by=cast.olive)
    made.refresh_from_db()
    assert made.posted_by == cast.olive and made.expires_at == clock.now() + timedelta(days=28)
    with pytest.raises(RuleBroken, match="not right"):
        commands.enter_code(claim=made, code=first, by=cast.vera)
    commands.enter_code(claim=made, code=second, by=cast.vera)
    assert speaks(cast.vera, made.organisation)


def test_a_letter_is_for_claims_that_want_one(cast):
    with pytest.raises(RuleBroken, match="another way"):
        commands.post_letter(claim=claim(cast, "vouch"), by=cast.ada)


# --- Vouched for


def test_an_adviser_who_knows_them_vouches(cast):
    made = claim(cast, "vouch")
    commands.vouch_for_claim(claim=made, how_known="I met her with its committee.", by=cast.alice)
    assert speaks(cast.vera, made.organisation)
    assert (made.proved_by, made.how_known) == (cast.alice, "I met her with its committee.")
    assert actions() == ["start_claim", "add_membership", "vouch_for_claim"]


def test_an_adviser_whose_organisation_competes_neither_vouches_nor_is_asked(cast):
    """Bramble runs food services where the pantry is, and so does the pantry."""
    made = claim(cast, "vouch", where=cast.pantry)
    with pytest.raises(RuleBroken, match="Your organisation competes"):
        commands.vouch_for_claim(claim=made, how_known="I met her.", by=cast.bob)
    assert "vouch_for_claim" not in actions()
    assert made not in queries.claims_to_vouch(cast.bob)
    assert made in queries.claims_to_vouch(cast.alice)


def test_nobody_vouches_for_a_claim_on_their_own_organisation(cast):
    made = claim(cast, "vouch", where=cast.ash_vale)
    with pytest.raises(RuleBroken, match="Your organisation competes"):
        commands.vouch_for_claim(claim=made, how_known="I met her.", by=cast.alice)


def test_it_is_on_record_for_whom_the_adviser_worked(cast):
    made = claim(cast, "vouch")
    commands.vouch_for_claim(claim=made, how_known="I met her.", by=cast.alice)
    made.refresh_from_db()
    entry = AuditEntry.objects.get(action="accounts.vouch_for_claim")
    assert entry.facts["partners"] == [cast.ash_vale.reference]
    assert queries.partners_that_vouched(made) == [cast.ash_vale]


@pytest.mark.parametrize("name", ["dora", "erin", "ada", "olive", "fred"])
def test_vouch_for_claim_refuses_whoever_does_not_advise(cast, name):
    made = claim(cast, "vouch")
    with pytest.raises(RuleBroken, match="Only an adviser"):
        commands.vouch_for_claim(claim=made, how_known="A friend.", by=getattr(cast, name))
    assert actions() == ["start_claim"]


def test_nobody_vouches_for_themselves_or_a_colleague(cast):
    mine = claim(cast, "vouch", by=cast.alice)
    for by in (cast.alice, cast.anna):
        with pytest.raises(RuleBroken, match="You cannot vouch for"):
            commands.vouch_for_claim(claim=mine, how_known="I know her.", by=by)


# --- The organisation is told


@pytest.fixture
def on_pantry(cast, inbox, django_capture_on_commit_callbacks):
    """Vera asks to speak for the pantry, which Dora speaks for; an adviser vouches."""
    with django_capture_on_commit_callbacks(execute=True):
        made = claim(cast, "vouch", where=cast.pantry)
    assert "Vera asks to speak for Mill Lane Pantry as you do." in inbox.last("dora@example.org").get_content()
    commands.vouch_for_claim(claim=made, how_known="I met her there.", by=cast.alice)
    assert made.status == "proved" and not speaks(cast.vera, cast.pantry)
    return made


def test_silence_lets_them_in_after_some_days_and_once(cast, on_pantry):
    assert commands.run_claims(by=NIGHTLY) == (0, 0)
    with time_machine.travel(clock.now() + timedelta(days=5), tick=False):
        assert [commands.run_claims(by=NIGHTLY) for _ in range(2)] == [(1, 0), (0, 0)]
    assert speaks(cast.vera, cast.pantry)
    on_pantry.refresh_from_db()
    assert on_pantry.decided_by == "service:nightly" and actions()[-1] == "grant_claim"


def test_one_who_speaks_for_it_lets_them_in(cast, on_pantry):
    commands.agree_to_claim(claim=on_pantry, by=cast.dora)
    assert speaks(cast.vera, cast.pantry) and actions()[-2:] == ["add_membership", "agree_to_claim"]


@pytest.mark.parametrize(("granted", "status"), [(True, "granted"), (False, "refused")])
def test_an_objection_is_settled_by_a_keeper(
    cast, on_pantry, inbox, granted, status, django_capture_on_commit_callbacks
):
    commands.object_to_claim(claim=on_pantry, objection="She left us.", by=cast.dora)
    with time_machine.travel(clock.now() + timedelta(days=9), tick=False):
        assert commands.run_claims(by=NIGHTLY) == (0, 0)
    for by in (cast.dora, cast.alice, cast.vera):
        with pytest.raises(RuleBroken, match="Only those who keep the register"):
            commands.settle_claim(claim=on_pantry, granted=True, reason="So.", by=by)
    with django_capture_on_commit_callbacks(execute=True):
        commands.settle_claim(claim=on_pantry, granted=granted, reason="Its chair rang.", by=cast.ada)
    assert (on_pantry.status, speaks(cast.vera, cast.pantry)) == (status, granted)
    assert "Its chair rang." in inbox.last("vera@example.org").get_content()
    assert actions()[-1] == "settle_claim"


@pytest.mark.parametrize("name", ["erin", "alice", "ada", "vera"])
def test_only_those_who_speak_for_it_answer(cast, on_pantry, name):
    for deed in (commands.agree_to_claim, lambda **by: commands.object_to_claim(objection="No.", **by)):
        with pytest.raises(RuleBroken, match="Only somebody who speaks"):
            deed(claim=on_pantry, by=getattr(cast, name))


def test_what_is_decided_stays_so(cast, on_pantry):
    commands.withdraw_claim(claim=on_pantry, by=cast.vera)
    for deed in (
        lambda: commands.agree_to_claim(claim=on_pantry, by=cast.dora),
        lambda: commands.object_to_claim(claim=on_pantry, objection="No.", by=cast.dora),
        lambda: commands.settle_claim(claim=on_pantry, granted=False, reason="So.", by=cast.ada),
        lambda: commands.withdraw_claim(claim=on_pantry, by=cast.vera),
    ):
        with pytest.raises(RuleBroken, match="moved on"):
            deed()


def test_an_invitation_that_came_first_is_not_doubled(cast, on_pantry):
    commands.add_membership(user=cast.vera, organisation=cast.pantry, role=roles.GROUP_MEMBER, by=cast.dora)
    commands.agree_to_claim(claim=ProfileClaim.objects.get(), by=cast.dora)
    assert cast.vera.memberships.count() == 1


def test_a_claim_that_nobody_proves_runs_out(cast):
    made = claim(cast, "vouch")
    with time_machine.travel(clock.now() + timedelta(days=14), tick=False):
        assert [commands.run_claims(by=NIGHTLY) for _ in range(2)] == [(0, 1), (0, 0)]
    made.refresh_from_db()
    assert made.status == "expired" and actions() == ["start_claim", "expire_claim"]
    with pytest.raises(RuleBroken, match="moved on"):
        commands.vouch_for_claim(claim=made, how_known="I know her.", by=cast.alice)


# --- Who sees a claim


@pytest.mark.parametrize(
    ("proof", "name", "sees"),
    [("vouch", "vera", True), ("vouch", "dora", True), ("vouch", "ada", True), ("vouch", "alice", True),
     ("vouch", "erin", False), ("vouch", "fred", False), ("letter", "alice", False)],
)  # fmt: skip
def test_claims_are_seen_by_those_who_have_a_part_in_them(cast, proof, name, sees):
    Organisation.objects.filter(pk=cast.pantry.pk).update(address="7 Mill Lane")
    cast.pantry.refresh_from_db()
    claim(cast, proof, where=cast.pantry)
    assert queries.claims_visible_to(getattr(cast, name)).exists() is sees


# --- At once


def copies_of(made: ProfileClaim, number: int) -> list[ProfileClaim]:
    """The claim as so many people have read it."""
    return [ProfileClaim.objects.select_related("organisation", "claimed_by").get(pk=made.pk) for _ in range(number)]


def test_one_code_sent_twice_at_once_lets_in_once(committed_cast, inbox):
    made = claim(committed_cast)
    code, vera = code_in(inbox.last("hello@walkers.org")), committed_cast.vera
    outcomes = at_once(
        *[lambda one=one: commands.enter_code(claim=one, code=code, by=vera) for one in copies_of(made, 3)]
    )
    assert len(winners(outcomes)) == 1 and {type(error) for error in losers(outcomes)} == {RuleBroken}
    assert vera.memberships.count() == 1 and actions().count("add_membership") == 1


def test_guesses_at_once_are_each_counted(committed_cast, inbox):
    made, vera = claim(committed_cast), committed_cast.vera
    outcomes = at_once(
        *[lambda one=one: commands.enter_code(claim=one, code="CDFG-2346", by=vera) for one in copies_of(made, 7)]
    )
    told = sorted(str(error) for error in losers(outcomes))
    assert told == sorted([rules.WRONG_CODE] * 5 + [rules.TRIED_TOO_OFTEN] * 2)


def test_letting_in_and_objecting_at_once_do_one_of_them(committed_cast, inbox):
    cast = committed_cast
    other = person("Dan", cast.pantry, "organisation")
    made = claim(cast, "vouch", where=cast.pantry)
    mine, theirs = copies_of(made, 2)
    outcomes = at_once(
        lambda: commands.agree_to_claim(claim=mine, by=cast.dora),
        lambda: commands.object_to_claim(claim=theirs, objection="No.", by=other),
    )
    made.refresh_from_db()
    assert len(winners(outcomes)) == 1
    assert speaks(cast.vera, cast.pantry) is (made.status == "granted")

"""Joining, leaving and being excluded: what each does to members, shares, interests and places, and what stays true."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.models import Outcome
from trellis.contracts import commands, queries
from trellis.contracts.commands import checks, membership
from trellis.contracts.models import Matter, Membership, Partner, PartnerShare, Proposal
from trellis.contracts.tests import membership_scenes as scenes
from trellis.contracts.tests import proposal_scenes
from trellis.contracts.tests.membership_scenes import OCTOBER, SEPTEMBER_END
from trellis.contracts.tests.papers_scenes import minutes
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken

TODAY = date(2018, 7, 2)
AFTER = date(2018, 8, 1)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


def members(cast, on) -> list[str]:
    return [str(partner) for partner in queries.partners(cast.contract, on)]


def admit(cast, one, **changes):
    given = {"joined_on": OCTOBER, "shares": scenes.shares_with_the_newcomer(cast), "by": cast.olive}
    return membership.admit_partner(membership=one, **given | changes)


def test_an_organisation_joins_from_a_quarter_on_and_the_shares_before_stay(cast):
    one = scenes.checked(cast)
    before = queries.shares(cast.contract, TODAY)

    partner = admit(cast, one)

    assert (one.status, one.partner) == ("admitted", partner)
    assert members(cast, SEPTEMBER_END) == ["Ash Vale CVS", "Bramble Volunteering"]
    assert members(cast, OCTOBER) == ["Ash Vale CVS", "Bramble Volunteering", "Copper Beech Advice"]
    assert queries.shares(cast.contract, TODAY) == queries.shares(cast.contract, SEPTEMBER_END) == before
    assert queries.shares(cast.contract, OCTOBER)[partner] == Decimal("0.2")
    assert queries.work_shares(cast.contract, OCTOBER)[partner] == Decimal("0.2")
    assert deeds("admit_partner") == 1


@pytest.mark.parametrize(
    "fault",
    ["unchecked", "no such document", "no such variation", "sum", "within a quarter", "nobody's share", "stranger"],
)
def test_an_admission_that_is_refused_leaves_nothing(cast, fault):
    one = scenes.being_checked(cast) if fault == "unchecked" else scenes.checked(cast)
    shares = scenes.shares_with_the_newcomer(cast)
    changes = {
        "unchecked": {"proposal": minutes(cast).title, "variation": scenes.lawful(cast).reference},
        "no such document": {"proposal": "PROP-1"},
        "no such variation": {"variation": "VAR-1"},
        "sum": {"shares": shares | {cast.outside: Decimal("0.3")}},
        "within a quarter": {"joined_on": date(2018, 8, 1)},
        "nobody's share": {"shares": {cast.ash_vale: Decimal(1)}},
        "stranger": {"shares": shares | {cast.pantry: Decimal(0)}},
    }[fault]
    with pytest.raises(RuleBroken):
        admit(cast, one, **changes)
    assert Partner.objects.count() == 2
    assert PartnerShare.objects.count() == 2
    assert Membership.objects.get(pk=one.pk).status == "due-diligence"
    assert not deeds("admit_partner")


def test_an_organisation_is_invited_once(cast):
    one = scenes.invited(cast)
    with pytest.raises(RuleBroken, match="is, was or is about to be"):
        scenes.invited(cast)
    membership.withdraw_membership(membership=one, reason="Its board said no.", by=cast.olive)
    assert scenes.invited(cast).pk != one.pk
    assert (deeds("invite_member"), deeds("withdraw_membership")) == (2, 1)


def test_whoever_answered_a_check_cannot_verify_it_and_a_new_answer_is_verified_anew(cast):
    check = scenes.being_checked(cast).checks.first()
    checks.answer_check(check=check, outcome="met", note="Seen.", by=cast.olive)
    with pytest.raises(RuleBroken, match="somebody else"):
        checks.verify_check(check=check, by=cast.olive)
    checks.verify_check(check=check, by=cast.anna)
    checks.answer_check(check=check, outcome="not-met", note="It ran out.", by=cast.olive)
    assert check.verified_by is None
    assert (deeds("answer_check"), deeds("verify_check"), deeds("start_due_diligence")) == (2, 1, 1)


def test_an_answer_that_changed_meanwhile_is_not_verified(cast):
    check = scenes.being_checked(cast).checks.first()
    checks.answer_check(check=check, outcome="met", note="Seen.", by=cast.olive)
    as_read = type(check).objects.get(pk=check.pk)
    checks.answer_check(check=check, outcome="not-met", note="It ran out.", by=cast.bella)
    with pytest.raises(RuleBroken, match="changed a moment ago"):
        checks.verify_check(check=as_read, by=cast.anna)
    assert not deeds("verify_check")


def test_a_partner_leaves_at_the_end_of_a_quarter_and_history_stays_true(cast):
    outcome = Outcome.objects.get()
    commands.restate_coverage(
        partner=cast.bramble_partner, starts_on=TODAY, places=[(cast.south, outcome)], reason="", by=cast.olive
    )
    commands.name_seat(
        contract=cast.contract, organisation=cast.bramble, holder=cast.bella, deputy=None, starts_on=TODAY,
        by=cast.bella,
    )  # fmt: skip
    one = scenes.leaving(cast)
    before = queries.shares(cast.contract, SEPTEMBER_END)

    membership.accept_leaving(
        membership=one, left_on=SEPTEMBER_END, shares={cast.ash_vale_partner: Decimal(1)},
        proposal=minutes(cast).title, by=cast.olive,
    )  # fmt: skip

    assert queries.shares(cast.contract, SEPTEMBER_END) == before
    assert queries.shares(cast.contract, OCTOBER) == {cast.ash_vale_partner: Decimal(1)}
    assert list(queries.work_shares(cast.contract, OCTOBER).values()) == [Decimal(1)]
    assert queries.interests(cast.contract, SEPTEMBER_END).count() == 1
    assert not queries.interests(cast.contract, OCTOBER).exists()
    assert queries.coverage(cast.contract, SEPTEMBER_END).exists() and not queries.coverage(cast.contract, OCTOBER)
    assert queries.seat_of(cast.bella, cast.contract, SEPTEMBER_END)
    assert queries.seat_of(cast.bella, cast.contract, OCTOBER) is None
    assert (one.status, deeds("give_notice"), deeds("accept_leaving")) == ("leaving", 1, 1)


def test_leaving_with_shares_that_do_not_sum_leaves_nothing(cast):
    one = scenes.leaving(cast)
    with pytest.raises(RuleBroken, match="add up"):
        membership.accept_leaving(
            membership=one, left_on=SEPTEMBER_END, shares={cast.ash_vale_partner: Decimal("0.6")},
            proposal=minutes(cast).title, by=cast.olive,
        )  # fmt: skip
    assert not Partner.objects.filter(left_on__isnull=False).exists()
    assert queries.interests(cast.contract, OCTOBER).exists()
    assert not deeds("accept_leaving")


def test_what_is_settled_is_settled_once(cast):
    one = scenes.leaving(cast)
    settle = {"membership": one, "left_on": SEPTEMBER_END, "shares": {cast.ash_vale_partner: Decimal(1)}}
    settle["proposal"] = minutes(cast).title
    membership.accept_leaving(**settle, by=cast.olive)
    with pytest.raises(RuleBroken, match="is settled"):
        membership.accept_leaving(**settle, by=cast.olive)
    with pytest.raises(RuleBroken, match="is settled"):
        membership.take_notice_back(membership=one, reason="We stay.", by=cast.bella)


def test_what_admitted_a_partner_stays_beside_what_settled_its_leaving(cast):
    one = scenes.leaving(cast)
    Membership.objects.filter(pk=one.pk).update(proposal="PROP-1")
    membership.accept_leaving(
        membership=one,
        left_on=SEPTEMBER_END,
        shares={cast.ash_vale_partner: Decimal(1)},
        proposal=minutes(cast).title,
        by=cast.olive,
    )
    one.refresh_from_db()
    assert (one.proposal, one.leaving_proposal) == ("PROP-1", "Minutes of 2 July")


def test_notice_is_taken_back_while_nothing_is_settled(cast):
    one = scenes.leaving(cast)
    membership.take_notice_back(membership=one, reason="We stay.", by=cast.bella)
    assert (one.status, one.notice_on, one.checks.count(), deeds("take_notice_back")) == ("active", None, 0, 1)


def test_the_night_begins_memberships_on_their_day_and_twice_does_nothing_more(cast):
    admitted = scenes.checked(cast)
    admit(cast, admitted)
    one = scenes.leaving(cast)
    shares = {cast.ash_vale_partner: Decimal("0.7"), admitted.partner: Decimal("0.3")}
    membership.accept_leaving(
        membership=one, left_on=SEPTEMBER_END, shares=shares, proposal=minutes(cast).title, by=cast.olive
    )

    scenes.handed_over(cast, one)
    assert membership.turn_memberships(on=SEPTEMBER_END, by=NIGHTLY) == 0
    assert membership.turn_memberships(on=OCTOBER, by=NIGHTLY) == 1
    assert membership.turn_memberships(on=OCTOBER, by=NIGHTLY) == 0
    # whether one has left is said with its handover, by a person
    assert sorted(Membership.objects.values_list("status", flat=True)) == ["active", "active", "leaving"]
    assert deeds("turn_memberships") == 1


def test_a_membership_is_not_ended_before_its_last_day_is_over(cast):
    one = scenes.leaving(cast)
    shares = {cast.ash_vale_partner: Decimal(1)}
    membership.accept_leaving(
        membership=one, left_on=SEPTEMBER_END, shares=shares, proposal=minutes(cast).title, by=cast.olive
    )
    scenes.handed_over(cast, one)
    with pytest.raises(RuleBroken, match="not over yet"):
        membership.end_partnership(membership=one, by=cast.olive)
    Partner.objects.filter(pk=cast.bramble_partner.pk).update(left_on=date(2018, 6, 30))
    one.refresh_from_db()
    membership.end_partnership(membership=one, by=cast.olive)
    assert (one.status, deeds("end_partnership")) == ("left", 1)


def test_a_partner_is_excluded_after_its_remedy_plan_only(cast, time_machine):
    exclude = {
        "partner": cast.bramble_partner, "left_on": SEPTEMBER_END, "shares": {cast.ash_vale_partner: Decimal(1)},
        "reason": "No return came in three quarters.", "proposal": minutes(cast).title, "by": cast.olive,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="is running"):
        membership.exclude_partner(**exclude)
    one = scenes.on_a_remedy_plan(cast)
    with pytest.raises(RuleBroken, match="has time until 31 July 2018"):
        membership.exclude_partner(**exclude)
    time_machine.move_to(AFTER)
    membership.exclude_partner(**exclude)

    one.refresh_from_db()
    assert (one.status, one.checks.count() > 0) == ("excluded", True)
    assert members(cast, OCTOBER) == ["Ash Vale CVS"]
    assert (deeds("plan_remedy"), deeds("exclude_partner")) == (1, 1)


def test_a_remedy_plan_that_worked_stays_in_the_history(cast):
    one = scenes.on_a_remedy_plan(cast)
    membership.conclude_remedy(membership=one, note="Both returns came in time.", by=cast.olive)
    assert (one.status, one.remedy, deeds("conclude_remedy")) == ("active", "", 1)
    assert [row.note for row in one.history.all()] == ["Returns in time.", "Both returns came in time."]


def test_notice_in_answer_to_a_remedy_plan_stands(cast):
    scenes.on_a_remedy_plan(cast)
    one = scenes.leaving(cast)
    with pytest.raises(RuleBroken, match="so it stands"):
        membership.take_notice_back(membership=one, reason="We stay.", by=cast.bella)


def test_nobody_leaves_or_is_excluded_by_what_nothing_says(cast, time_machine):
    one = scenes.leaving(cast)
    settle = {"left_on": SEPTEMBER_END, "shares": {cast.ash_vale_partner: Decimal(1)}, "by": cast.olive}
    with pytest.raises(RuleBroken, match="it has to say what was agreed"):
        membership.accept_leaving(membership=one, proposal="Minutes that nobody kept", **settle)
    scenes.on_a_remedy_plan(cast, cast.ash_vale_partner)
    time_machine.move_to(AFTER)
    settle |= {"shares": {cast.bramble_partner: Decimal(1)}, "reason": "No return came."}
    with pytest.raises(RuleBroken, match="it has to say what was agreed"):
        membership.exclude_partner(partner=cast.ash_vale_partner, proposal="", **settle)
    assert not Partner.objects.filter(left_on__isnull=False).exists()
    assert (deeds("accept_leaving"), deeds("exclude_partner")) == (0, 0)


def test_a_leaving_can_rest_on_a_proposal_that_was_carried(cast):
    proposal = proposal_scenes.carried(proposal_scenes.seated(cast), Matter.OPERATIONS)
    one = scenes.leaving(cast)
    shares = {cast.ash_vale_partner: Decimal(1)}
    settle = {"membership": one, "left_on": SEPTEMBER_END, "shares": shares, "by": cast.olive}
    Proposal.objects.update(status="lapsed")
    with pytest.raises(RuleBroken, match="a proposal about this that was carried"):
        membership.accept_leaving(**settle, proposal=proposal.reference)
    Proposal.objects.update(status="carried")
    membership.accept_leaving(**settle, proposal=proposal.reference)
    assert one.leaving_proposal == proposal.reference


def test_nobody_is_admitted_on_paper_while_members_decide_on_the_shares(cast):
    one = scenes.checked(cast)
    proposal = proposal_scenes.opened(proposal_scenes.seated(cast))
    with pytest.raises(RuleBroken, match=f"{proposal.reference}.* is not finished"):
        admit(cast, one)
    assert not deeds("admit_partner")

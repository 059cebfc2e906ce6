from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts.models import Partner
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.evidence.models import Evidence
from trellis.support import commands, queries, rules
from trellis.support.models import Case, SupportTopic
from trellis.support.tests import cases


def audited(action: str, case: Case) -> int:
    return AuditEntry.objects.filter(action=f"support.{action}", subject=f"case {case.reference}").count()


def test_request_support_opens_a_case_with_history_and_audit(cast):
    case = cases.requested(cast)

    assert case.status == "requested"
    assert case.reference.startswith("CASE-")
    assert [row.status for row in case.history.all()] == ["requested"]
    assert audited("request_support", case) == 1


def test_request_support_refuses_an_empty_need_and_leaves_nothing(cast):
    with pytest.raises(RuleBroken, match="Tell us what you need"):
        commands.request_support(
            organisation=cast.pantry, contract=cast.contract, topic=cast.topic, need="  ", by=cast.dora
        )

    assert not Case.objects.exists()
    assert not AuditEntry.objects.filter(action="support.request_support").exists()


def test_the_thread_from_request_to_completed(cast):
    case = cases.completed(cast)

    case.refresh_from_db()
    assert (case.status, case.outcome, case.held_by, case.adviser) == ("completed", "met", cast.ash_vale, cast.alice)
    assert [row.status for row in case.history.all()] == ["requested", "triaged", "in-progress", "completed"]
    for action in ("triage_case", "take_case", "record_activity", "complete_case"):
        assert audited(action, case) == 1


def test_the_status_of_the_row_agrees_with_its_history_at_every_step(cast):
    for stage in (cases.requested, cases.triaged, cases.in_progress, cases.completed):
        case = stage(cast)
        case.refresh_from_db()
        assert case.history.last().status == case.status


def test_complete_case_records_the_facts_that_performance_counts(cast):
    case = cases.completed(cast)

    facts = {fact.kind: fact for fact in Evidence.objects.all()}
    assert set(facts) == {"support.first_contact", "support.case_completed", "support.organisation_reached"}
    assert facts["support.organisation_reached"].quantity == cast.pantry.latest_income
    assert facts["support.first_contact"].quantity == 0
    for fact in facts.values():
        assert (fact.contract, fact.partner, fact.organisation, fact.district) == (
            "SCO", cast.ash_vale, cast.pantry, cast.north,
        )  # fmt: skip
        assert case.reference in fact.source


@pytest.mark.parametrize(
    ("serves", "kinds"),
    [
        ("volunteering", {"support.volunteering_helped"}), ("networking", {"support.networking_helped"}), ("", set()),
    ],
)  # fmt: skip
def test_a_topic_makes_a_case_further_evidence_of_what_it_serves(cast, serves, kinds):
    SupportTopic.objects.update(serves=serves)
    cast.topic.refresh_from_db()
    cases.completed(cast)

    helped = Evidence.objects.filter(kind__endswith="_helped")
    assert {fact.kind for fact in helped} == kinds
    assert all((fact.organisation, fact.quantity) == (cast.pantry, cast.pantry.latest_income) for fact in helped)


def test_complete_case_refuses_without_an_outcome_and_leaves_nothing(cast):
    case = cases.contacted(cast)

    with pytest.raises(RuleBroken, match="Say what came of it"):
        commands.complete_case(case=case, outcome="", note="", completed_on=date(2018, 7, 2), by=cast.alice)

    case.refresh_from_db()
    assert case.status == "in-progress"
    assert not Evidence.objects.filter(kind="support.case_completed").exists()
    assert audited("complete_case", case) == 0


def test_complete_case_twice_counts_once(cast):
    case = cases.contacted(cast)
    same_case = Case.objects.get(pk=case.pk)
    done = {"outcome": "met", "note": "", "completed_on": date(2018, 7, 2), "by": cast.alice}
    commands.complete_case(case=case, **done)

    with pytest.raises(RuleBroken, match="Somebody else changed this case"):
        commands.complete_case(case=same_case, **done)

    assert Evidence.objects.filter(kind="support.case_completed").count() == 1
    assert audited("complete_case", case) == 1


def test_an_adviser_of_another_organisation_is_refused(cast):
    case = cases.contacted(cast, organisation=cast.choir, by=cast.erin)

    for intruder in (cast.bob, cast.charlie, cast.ivy, cast.dora):
        with pytest.raises(RuleBroken):
            commands.complete_case(case=case, outcome="met", note="", completed_on=date(2018, 7, 2), by=intruder)
    assert audited("complete_case", case) == 0


def test_a_conflicted_adviser_can_neither_triage_nor_take(cast):
    case = cases.requested(cast)
    with pytest.raises(RuleBroken, match="not open to you"):
        commands.triage_case(case=case, urgency="soon", note="", by=cast.bob)
    commands.triage_case(case=case, urgency="soon", note="", by=cast.alice)
    with pytest.raises(RuleBroken, match="not open to you"):
        commands.take_case(case=case, by=cast.bob)
    assert audited("take_case", case) == 0


def test_allocate_case_never_offers_it_to_a_conflicted_partner(cast):
    case = cases.triaged(cast)
    with pytest.raises(RuleBroken, match="cannot be offered"):
        commands.allocate_case(case=case, partner_organisation=cast.bramble, by=cast.alice)

    commands.allocate_case(case=case, by=cast.alice)

    assert case.held_by == cast.ash_vale
    assert audited("allocate_case", case) == 1


def test_allocate_case_offers_to_the_partner_with_the_fewest_open_cases(cast):
    cases.in_progress(cast, organisation=cast.choir, by=cast.erin)
    case = cases.triaged(cast, organisation=cast.choir, by=cast.erin)

    commands.allocate_case(case=case, by=cast.alice)

    assert case.held_by == cast.bramble


def test_a_case_that_no_partner_may_have_goes_to_the_independent_route(cast):
    case = cases.requested(cast, shut_out=[cast.ash_vale_partner])

    case.refresh_from_db()
    assert (case.status, case.held_by) == ("allocated", cast.independent)
    assert audited("send_to_independent_route", case) == 1
    commands.take_case(case=case, by=cast.ivy)
    assert case.adviser == cast.ivy


def test_shutting_out_the_holder_takes_the_case_from_it_at_once(cast):
    case = cases.in_progress(cast)

    commands.shut_out_partner(case=case, partner=cast.ash_vale_partner, by=cast.dora)

    case.refresh_from_db()
    assert (case.status, case.held_by, case.adviser) == ("allocated", cast.independent, None)
    assert not queries.cases_visible_to(cast.alice).filter(pk=case.pk).exists()
    assert audited("shut_out_partner", case) == 1


def test_readmit_partner_undoes_it(cast):
    case = cases.requested(cast, organisation=cast.choir, by=cast.erin, shut_out=[cast.ash_vale_partner])
    assert not queries.cases_visible_to(cast.alice).exists()

    commands.readmit_partner(case=case, partner=cast.ash_vale_partner, by=cast.erin)

    assert queries.cases_visible_to(cast.alice).exists()
    assert audited("readmit_partner", case) == 1


def test_only_the_organisation_itself_says_who_may_see_its_case(cast):
    case = cases.requested(cast)
    for intruder in (cast.erin, cast.alice, cast.olive):
        with pytest.raises(RuleBroken, match="Only the organisation itself"):
            commands.shut_out_partner(case=case, partner=cast.ash_vale_partner, by=intruder)
    assert audited("shut_out_partner", case) == 0


def test_a_conflicted_partner_may_be_chosen_once_the_organisation_was_told(cast):
    with pytest.raises(RuleBroken) as refusal:
        cases.requested(cast, chosen_partner=cast.bramble_partner)
    assert refusal.value.field == "conflict_accepted"

    case = cases.requested(cast, chosen_partner=cast.bramble_partner, conflict_accepted=True)

    assert queries.cases_visible_to(cast.bob).get() == case
    assert not queries.cases_visible_to(cast.alice).exists()
    commands.triage_case(case=case, urgency="soon", note="", by=cast.bob)
    commands.take_case(case=case, by=cast.bob)
    assert case.held_by == cast.bramble


def test_declaring_an_interest_hands_back_the_cases_it_closes(cast):
    case = cases.in_progress(cast)

    declare_food_in_north(cast)

    case.refresh_from_db()
    assert (case.status, case.held_by) == ("allocated", cast.independent)
    assert not queries.cases_visible_to(cast.alice).exists()
    assert audited("release_conflicted_cases", case) == 1


def test_a_choice_falls_when_the_chosen_partner_comes_to_compete(cast):
    case = cases.requested(cast, chosen_partner=cast.ash_vale_partner)

    declare_food_in_north(cast)

    case.refresh_from_db()
    assert case.chosen_partner is None
    assert case.held_by == cast.independent


@pytest.mark.parametrize("make", [cases.requested, cases.triaged])
def test_a_waiting_case_that_loses_its_last_partner_goes_to_the_independent_route(cast, make):
    case = make(cast)

    declare_food_in_north(cast)

    case.refresh_from_db()
    assert (case.status, case.held_by) == ("allocated", cast.independent)
    assert queries.cases_visible_to(cast.ivy).get() == case
    assert (audited("release_conflicted_cases", case), audited("send_to_independent_route", case)) == (1, 1)
    assert commands.release_conflicted_cases(contract=cast.contract, by=NIGHTLY) == 0


def test_a_choice_falls_when_the_chosen_partner_has_left_the_alliance(cast):
    case = cases.requested(cast, organisation=cast.choir, by=cast.erin, chosen_partner=cast.bramble_partner)
    Partner.objects.filter(pk=cast.bramble_partner.pk).update(left_on=date(2018, 7, 1))
    assert not queries.cases_visible_to(cast.alice).exists()

    assert commands.release_conflicted_cases(contract=cast.contract, by=NIGHTLY) == 1

    case.refresh_from_db()
    assert (case.status, case.chosen_partner, case.held_by) == ("requested", None, None)
    assert queries.cases_visible_to(cast.alice).get() == case
    assert audited("release_conflicted_cases", case) == 1


def declare_food_in_north(cast):
    """Ash Vale comes to compete with Mill Lane Pantry, as Bramble does already: no partner is left for it."""
    commands.declare_interest(
        partner=cast.ash_vale_partner, service_type=cast.food, district=cast.north, starts_on=date(2018, 7, 1),
        by=cast.anna,
    )  # fmt: skip


def test_withdraw_case_needs_no_reason(cast):
    case = cases.triaged(cast)
    with pytest.raises(RuleBroken):
        commands.withdraw_case(case=case, reason="", by=cast.erin)

    commands.withdraw_case(case=case, reason="", by=cast.dora)

    assert case.status == rules.WITHDRAWN
    assert audited("withdraw_case", case) == 1


def test_hand_back_case_needs_a_reason_and_frees_it(cast):
    case = cases.in_progress(cast)
    with pytest.raises(RuleBroken, match="Say why"):
        commands.hand_back_case(case=case, reason=" ", by=cast.alice)
    assert audited("hand_back_case", case) == 0

    commands.hand_back_case(case=case, reason="I am on leave", by=cast.alice)

    case.refresh_from_db()
    assert (case.status, case.held_by, case.adviser) == ("triaged", None, None)
    assert audited("hand_back_case", case) == 1


def test_the_first_activity_is_the_first_contact_and_later_ones_are_not(cast):
    case = cases.contacted(cast)
    commands.record_activity(
        case=case, kind="email", occurred_on=date(2018, 7, 2), minutes=5, note="Sent the form.", by=cast.alice
    )

    assert Evidence.objects.filter(kind="support.first_contact").count() == 1
    assert case.activities.count() == 2

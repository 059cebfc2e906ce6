"""Equality impact assessments: what they need, who attests them, and that they then stay as they are."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import equality as commands
from trellis.commissioning.commands import equality_signing as signing
from trellis.commissioning.models import EqualityAction, EqualityAssessment, EqualityAttestation
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.rules import equality as rules
from trellis.commissioning.tests import equality_scenes as scenes
from trellis.core.errors import RuleBroken

ON = scenes.ASSESSED_ON
ASKS = {"high": "full assessment", "medium": "action plan", "low": "evidence", "none": "nothing more"}
impacts = st.lists(
    st.builds(
        rules.Impact,
        group=st.text("abcdef", min_size=1, max_size=3),
        positive=st.sampled_from(rules.LEVELS),
        negative=st.sampled_from(rules.LEVELS),
        commentary=st.just("Why."),
    ),
    max_size=12,
)


def audited(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


def attest(assessment, cast, who=None, **changed):
    return signing.attest_assessment(assessment=assessment, by=cast.carol, **((who or scenes.HEAD) | changed))


def test_the_groups_are_the_nine_characteristics_and_carers():
    duty = queries.duty(ON)
    assert len(duty.groups) == 10
    assert [*duty.groups][-1] == "carers" and duty.groups["marriage"] == "Marriage and civil partnership"
    assert len(duty.limbs) == 3
    assert duty.first_limb_only == "marriage"
    assert duty.asks == ASKS


@given(impacts=impacts)
def test_a_full_assessment_is_needed_when_any_negative_impact_is_high_and_else_never(impacts):
    found = rules.screening(impacts, ASKS)
    worst = rules.overall(one.negative for one in impacts)
    assert found.needs_full == (worst == "high")
    assert found.needs_actions == (worst in ("medium", "high"))
    assert sum(len(groups) for groups in found.groups.values()) == len(impacts)


@given(impacts=impacts, data=st.data())
def test_screening_heeds_neither_the_order_nor_what_is_positive(impacts, data):
    shuffled = data.draw(st.permutations(impacts))
    turned = [replace(one, positive=data.draw(st.sampled_from(rules.LEVELS))) for one in shuffled]
    before, after = rules.screening(impacts, ASKS), rules.screening(turned, ASKS)
    assert {ask: sorted(groups) for ask, groups in before.groups.items()} == {
        ask: sorted(groups) for ask, groups in after.groups.items()
    }


@pytest.mark.parametrize("days", [0, 1, 1700])
def test_no_figure_of_a_later_day_comes_into_a_document(days):
    rules.check_evidence_date(ON - timedelta(days=days), ON)
    with pytest.raises(RuleBroken, match="it was not known then"):
        rules.check_evidence_date(ON + timedelta(days=days + 1), ON)


def test_a_2021_figure_is_refused_in_a_2018_document(cast):
    assessment = scenes.begun(cast)
    late = {"group": "age", "statement": "More are old.", "source": "Census 2021", "dated_on": date(2022, 6, 28)}
    with pytest.raises(RuleBroken) as refusal:
        commands.add_evidence(assessment=assessment, by=cast.carol, **late)
    assert refusal.value.sentence == (
        "This is dated 28 June 2022, after the assessment (1 June 2018): it was not known then. "
        "Put it into a new version."
    )
    assert refusal.value.field == "dated_on" and audited("add_evidence") == 0


def test_an_assessment_is_not_dated_before_its_evidence_nor_in_the_future(cast):
    assessment = scenes.ready(cast)
    for day, words in (
        (date(2018, 4, 30), "evidence of 1 May 2018"),
        (date(2018, 7, 3), "not come yet"),
        (date(2011, 4, 4), "began on 5 April 2011"),
    ):
        with pytest.raises(RuleBroken, match=words):
            commands.describe_assessment(
                assessment=assessment, summary="", by=cast.carol, **(scenes.ABOUT | {"assessed_on": day})
            )
    assert audited("describe_assessment") == 1


def test_a_new_assessment_says_everything_that_it_lacks(cast):
    assessment = scenes.begun(cast)
    lacks = rules.missing(queries.content(assessment), queries.duty(ON))
    assert lacks[0] == "Sum up the impact."
    assert lacks[1].startswith("Say how it may affect: Age, Disability") and lacks[1].endswith("Carers.")
    assert lacks[2].startswith("Say what regard was had to: Eliminate unlawful discrimination")
    with pytest.raises(RuleBroken, match="It cannot be attested yet. Sum up the impact."):
        attest(assessment, cast)
    assert audited("attest_assessment") == 0


def test_a_high_negative_impact_asks_for_a_full_assessment(cast):
    assessment = scenes.ready(cast, negative="high")
    with pytest.raises(RuleBroken, match="negative impact on Disability is high: a full assessment is needed"):
        attest(assessment, cast)
    full = {"engagement": "We asked.", "analysis": "So.", "reasons": "Because.", "judgement": "adjust"}
    with pytest.raises(RuleBroken, match="comes to"):
        commands.assess_fully(assessment=assessment, by=cast.carol, **(full | {"judgement": "perhaps"}))
    commands.assess_fully(assessment=assessment, by=cast.carol, **full)
    attest(assessment, cast)
    assert (audited("assess_fully"), audited("attest_assessment")) == (1, 1)


def test_a_medium_impact_asks_for_an_action_and_a_low_one_for_evidence(cast):
    assessment = scenes.ready(cast, negative="medium")
    commands.drop_action(action=assessment.actions.get(), by=cast.carol)
    with pytest.raises(RuleBroken, match="Plan what is done about the negative impact on Disability"):
        attest(assessment, cast)
    commands.drop_evidence(evidence=assessment.evidence.get(), by=cast.carol)
    with pytest.raises(RuleBroken, match="Give evidence for the negative impact on Disability"):
        attest(assessment, cast)
    assert (audited("drop_action"), audited("drop_evidence")) == (1, 1)


def test_two_different_people_attest_it(cast):
    assessment = scenes.ready(cast)
    first = attest(assessment, cast)
    assert assessment.status == "signing"
    with pytest.raises(RuleBroken, match="Two different people"):
        attest(assessment, cast, scenes.MANAGER, name="hanna HEAD ")
    with pytest.raises(RuleBroken, match="in this capacity already"):
        attest(assessment, cast, name="Somebody Else")
    second = attest(assessment, cast, scenes.MANAGER)
    assert EqualityAssessment.objects.get().status == "attested"
    assert first.digest == second.digest == rules.digest(queries.content(assessment))
    with pytest.raises(RuleBroken, match="Two people have attested it already"):
        attest(assessment, cast, scenes.MANAGER)
    assert audited("attest_assessment") == 2


@pytest.mark.parametrize("other", [{"capacity": "head"}, {"name": "HANNA HEAD"}, {"capacity": "owner"}])
def test_the_database_too_refuses_one_person_or_one_capacity_twice(cast, other):
    first = attest(scenes.ready(cast), cast)
    fields = scenes.MANAGER | other
    with pytest.raises(IntegrityError), transaction.atomic():
        EqualityAttestation.objects.create(assessment=first.assessment, digest=first.digest, **fields)


@pytest.mark.parametrize("day", [date(2018, 5, 31), date(2018, 7, 3)])
def test_it_is_attested_neither_before_its_date_nor_in_the_future(cast, day):
    with pytest.raises(RuleBroken, match="from 1 June 2018 to today"):
        attest(scenes.ready(cast), cast, attested_on=day)


def test_what_is_attested_stays_as_it_is(cast):
    assessment = scenes.attested(cast)
    before = AuditEntry.objects.count()
    deeds = [
        lambda: commands.describe_assessment(assessment=assessment, summary="", by=cast.carol, **scenes.ABOUT),
        lambda: commands.rate_groups(assessment=assessment, ratings={"age": ("none", "high", "")}, by=cast.carol),
        lambda: commands.consider_limbs(assessment=assessment, commentaries={"foster": ""}, by=cast.carol),
        lambda: commands.assess_fully(
            assessment=assessment, engagement="", analysis="", judgement="stop", reasons="", by=cast.carol
        ),
        lambda: commands.add_evidence(
            assessment=assessment, group="", statement="", source="", dated_on=ON, by=cast.carol
        ),
        lambda: commands.drop_evidence(evidence=assessment.evidence.get(), by=cast.carol),
        lambda: commands.plan_action(assessment=assessment, by=cast.carol, **scenes.ACTION),
        lambda: commands.drop_action(action=assessment.actions.get(), by=cast.carol),
        lambda: signing.reopen_assessment(assessment=assessment, reason="", by=cast.carol),
    ]
    for deed in deeds:
        with pytest.raises(RuleBroken):
            deed()
    assert AuditEntry.objects.count() == before
    digest = assessment.attestations.first().digest
    assert rules.digest(queries.content(EqualityAssessment.objects.get())) == digest


def test_while_one_has_attested_it_can_be_opened_again(cast):
    assessment = scenes.ready(cast)
    attest(assessment, cast)
    with pytest.raises(RuleBroken, match="text stays as it is"):
        commands.consider_limbs(assessment=assessment, commentaries={"foster": "More."}, by=cast.carol)
    signing.reopen_assessment(assessment=assessment, reason="A word is wrong.", by=cast.carol)
    assert not assessment.attestations.exists()
    commands.consider_limbs(assessment=assessment, commentaries={"foster": "More."}, by=cast.carol)
    assert (audited("reopen_assessment"), audited("consider_limbs")) == (1, 2)


def test_a_new_version_copies_what_is_still_to_do(cast):
    first = scenes.attested(cast)
    assert first.actions.count() == 1
    second = signing.begin_new_version(assessment=first, assessed_on=date(2018, 7, 2), by=cast.carol)
    one, other = queries.content(first), queries.content(second)
    assert replace(one, assessed_on=other.assessed_on) == other
    changed = [each.part for each in queries.compared(first, second) if each.is_changed]
    assert changed == ["Date"]
    with pytest.raises(RuleBroken, match="once two people have attested it"):
        signing.begin_new_version(assessment=second, assessed_on=date(2018, 7, 2), by=cast.carol)
    with pytest.raises(RuleBroken, match="newest one"):
        signing.begin_new_version(assessment=first, assessed_on=date(2018, 7, 2), by=cast.carol)
    assert audited("begin_new_version") == 1


def test_what_was_done_stays_with_its_version(cast):
    first = scenes.attested(cast)
    signing.follow_up_action(
        action=first.actions.get(), done_on=date(2018, 6, 15), done_with="All are step-free.", by=cast.carol
    )
    assert rules.digest(queries.content(first)) == first.attestations.first().digest
    second = signing.begin_new_version(assessment=first, assessed_on=date(2018, 7, 2), by=cast.carol)
    assert not second.actions.exists()
    assert "Action 1" in [each.part for each in queries.compared(first, second) if each.is_changed]


def test_an_action_is_followed_up_once_and_not_in_the_future(cast):
    action = scenes.attested(cast).actions.get()
    for done_on, done_with in ((date(2018, 7, 3), "Done."), (date(2018, 7, 1), " ")):
        with pytest.raises(RuleBroken):
            signing.follow_up_action(action=action, done_on=done_on, done_with=done_with, by=cast.carol)
    assert list(queries.late_actions(cast.carol)) == [action]
    signing.follow_up_action(action=action, done_on=date(2018, 7, 1), done_with="Done.", by=cast.carol)
    assert not queries.late_actions(cast.carol).exists()
    with pytest.raises(RuleBroken, match="done already"):
        signing.follow_up_action(action=action, done_on=date(2018, 7, 1), done_with="Again.", by=cast.carol)
    assert audited("follow_up_action") == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        EqualityAction.objects.filter(pk=action.pk).update(done_with="")


def test_late_actions_are_of_the_newest_attested_version_of_ones_own(cast):
    first = scenes.attested(cast)
    second = signing.begin_new_version(assessment=first, assessed_on=date(2018, 7, 2), by=cast.carol)
    assert [one.assessment_id for one in queries.late_actions(cast.carol)] == [first.pk]
    for who in (scenes.HEAD, scenes.MANAGER):
        attest(second, cast, who, attested_on=date(2018, 7, 2))
    assert [one.assessment_id for one in queries.late_actions(cast.carol)] == [second.pk]
    assert not queries.late_actions(cast.dee).exists()


def test_due_regard_is_logged_as_it_happened(cast):
    assessment = scenes.begun(cast)
    told = {"body": "Management team", "considered": "The impact on carers."}
    with pytest.raises(RuleBroken, match="not come yet"):
        signing.log_due_regard(assessment=assessment, considered_on=date(2018, 7, 3), by=cast.carol, **told)
    signing.log_due_regard(assessment=assessment, considered_on=date(2018, 6, 30), by=cast.carol, **told)
    assert [row.body for row in queries.regard(assessment.commission)] == ["Management team"]
    assert audited("log_due_regard") == 1


def test_what_is_not_on_the_list_is_refused(cast):
    assessment = scenes.begun(cast)
    for ratings in ({"wealth": ("low", "low", "")}, {"age": ("low", "huge", "")}):
        with pytest.raises(RuleBroken, match="from the list"):
            commands.rate_groups(assessment=assessment, ratings=ratings, by=cast.carol)
    with pytest.raises(RuleBroken, match="from the list"):
        commands.consider_limbs(assessment=assessment, commentaries={"arm": "x"}, by=cast.carol)
    with pytest.raises(RuleBroken, match="Choose the group"):
        commands.add_evidence(
            assessment=assessment, group="wealth", statement="x", source="x", dated_on=ON, by=cast.carol
        )
    with pytest.raises(RuleBroken, match="before the assessment"):
        commands.plan_action(
            assessment=assessment, by=cast.carol, **(scenes.ACTION | {"due_on": ON - timedelta(days=1)})
        )
    assert audited("rate_groups") + audited("consider_limbs") + audited("add_evidence") + audited("plan_action") == 0


def test_an_assessment_is_begun_once(cast):
    first = scenes.begun(cast)
    with pytest.raises(RuleBroken, match="There is an assessment already"):
        scenes.begun(cast, first.commission)
    assert audited("begin_assessment") == 1


def test_progress_tells_what_is_missing_next(cast):
    commission = scenes.open_commission(cast)
    assert queries.progress(commission).missing == "Not begun: who may be affected, and how?"
    assert not queries.progress(scenes.begun(cast, commission).commission).done
    assessment = scenes.ready(cast)
    assert queries.progress(assessment.commission).missing == "Two people have to attest it."
    for who in (scenes.HEAD, scenes.MANAGER):
        attest(assessment, cast, who)
    progress = queries.progress(assessment.commission)
    assert progress.done and (progress.words, progress.missing) == ("Version 1: attested.", "1 action late.")


def test_costs_are_money(cast):
    action = commands.plan_action(
        assessment=scenes.begun(cast), by=cast.carol, **(scenes.ACTION | {"cost": Decimal("12.50")})
    )
    action.refresh_from_db()
    assert action.cost == Decimal("12.50")


def test_one_person_attesting_twice_at_once_attests_once(committed_cast):
    assessment = scenes.ready(committed_cast)
    copies = [EqualityAssessment.objects.get() for _ in range(4)]
    capacities = ["head", "management"] * 2
    told = at_once(
        *[
            lambda copy=copy, capacity=capacity: attest(copy, committed_cast, capacity=capacity)
            for copy, capacity in zip(copies, capacities, strict=True)
        ]
    )
    assert len(winners(told)) == 1 and {type(one) for one in losers(told)} == {RuleBroken}
    assert assessment.attestations.count() == audited("attest_assessment") == 1
    assert EqualityAssessment.objects.get().status == "signing"


def test_two_people_attesting_at_once_both_count(committed_cast):
    assessment = scenes.ready(committed_cast)
    mine, theirs = (EqualityAssessment.objects.get() for _ in range(2))
    told = at_once(
        lambda: attest(mine, committed_cast),
        lambda: attest(theirs, committed_cast, scenes.MANAGER),
    )
    assert losers(told) == []
    assert EqualityAssessment.objects.get().status == "attested"
    assert len({one.digest for one in assessment.attestations.all()}) == 1


def test_a_change_while_it_is_attested_is_in_what_was_attested_or_refused(committed_cast):
    assessment = scenes.ready(committed_cast)
    mine, theirs = (EqualityAssessment.objects.get() for _ in range(2))
    at_once(
        lambda: attest(mine, committed_cast),
        lambda: commands.consider_limbs(
            assessment=theirs, commentaries={"foster": "Differently."}, by=committed_cast.carol
        ),
    )
    now = rules.digest(queries.content(EqualityAssessment.objects.get()))
    assert [one.digest for one in assessment.attestations.all()] == [now]


def test_two_new_versions_begun_at_once_are_one(committed_cast):
    scenes.attested(committed_cast)
    copies = [EqualityAssessment.objects.get() for _ in range(3)]
    told = at_once(
        *[
            lambda copy=copy: signing.begin_new_version(
                assessment=copy, assessed_on=date(2018, 7, 2), by=committed_cast.carol
            )
            for copy in copies
        ]
    )
    assert len(winners(told)) == 1 and {type(one) for one in losers(told)} == {RuleBroken}
    assert EqualityAssessment.objects.count() == 2

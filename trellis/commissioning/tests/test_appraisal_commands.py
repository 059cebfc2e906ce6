from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.appraisal import appraise, reading
from trellis.commissioning.commands import appraisal as commands
from trellis.commissioning.commands import appraisal_criteria as criteria
from trellis.commissioning.commands import appraisal_options as options
from trellis.commissioning.commands import appraisal_scoring as scoring
from trellis.commissioning.models import Appraisal, Option, Score
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.tests import appraisals
from trellis.core.errors import RuleBroken


@pytest.fixture
def room(cast):
    return appraisals.prepared(cast)


@pytest.fixture
def deeds():
    """What was audited since the last time that one asked."""
    seen = 0

    def since() -> list[str]:
        nonlocal seen
        found = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
        new, seen = found[seen:], len(found)
        return [action.removeprefix("commissioning.") for action in new]

    return since


@pytest.fixture
def refused(deeds):
    """Run something that must be refused with a sentence, and leave no trace in the audit."""

    def refused(sentence: str, do, **given) -> RuleBroken:
        deeds()
        with pytest.raises(RuleBroken, match=sentence) as found:
            do(**given)
        assert deeds() == []
        return found.value

    return refused


# --- The long list


def test_an_appraisal_opens_with_the_two_standing_options_and_the_rulebooks_success_factors(cast, deeds):
    commission = appraisals.open_commission(cast)
    deeds()
    appraisal = commands.open_appraisal(commission=commission, by=cast.carol)
    assert [(option.kind, option.name) for option in appraisal.options.all()] == [
        ("as-usual", "Business as usual"),
        ("minimum", "Do-minimum"),
    ]
    assert [factor.name for factor in appraisal.factors.all()][0] == "Strategic fit"
    assert appraisal.factors.count() == 5
    assert deeds() == ["open_appraisal"]


def test_there_is_one_draft_at_a_time(cast, room, refused):
    refused("under way already", commands.open_appraisal, commission=room.commission, by=cast.carol)


def test_business_as_usual_and_do_minimum_cannot_be_taken_off(cast, room, refused, deeds):
    for kind in ("as-usual", "minimum"):
        option = room.appraisal.options.get(kind=kind)
        refused("stay on every long list", options.remove_option, option=option, by=cast.carol)
    options.remove_option(option=room.lead_body, by=cast.carol)
    assert deeds() == ["remove_option"]
    assert not room.appraisal.options.filter(name="Lead body").exists()


def test_an_option_is_judged_on_every_factor_and_with_a_reason(cast, room, refused):
    factors = list(room.appraisal.factors.all())
    all_of_them = dict.fromkeys(factors, "meets")
    judge = options.judge_option
    given = {"option": room.alliance, "by": cast.carol}
    refused("each success factor", judge, **given, verdicts={factors[0]: "meets"}, fate="carried", reason="Good.")
    refused("Say why", judge, **given, verdicts=all_of_them, fate="carried", reason=" ")
    refused("what becomes of the option", judge, **given, verdicts=all_of_them, fate="open", reason="Good.")


def test_one_option_at_most_is_the_preferred_way_forward(cast, room, refused):
    appraisals.judge(room.alliance, "preferred", cast)
    verdicts = dict.fromkeys(room.appraisal.factors.all(), "meets")
    refused(
        "Another option is the preferred", options.judge_option,
        option=room.lead_body, verdicts=verdicts, fate="preferred", reason="Better.", by=cast.carol,
    )  # fmt: skip


def test_names_of_options_and_factors_are_there_once(cast, room, refused):
    given = {"appraisal": room.appraisal, "by": cast.carol}
    refused("called “Alliance” already", options.add_option, **given, name="Alliance", description="")
    refused("called “Strategic fit” already", options.add_factor, **given, name="Strategic fit", question="?")
    refused(
        "called “Alliance” already", options.describe_option,
        option=room.lead_body, name="Alliance", description="", by=cast.carol,
    )  # fmt: skip
    for name in (" ", "Two\nlines"):
        refused("a name on one line", options.add_option, **given, name=name, description="")
    options.describe_option(option=room.lead_body, name="Key partner", description="One holder.", by=cast.carol)
    assert room.appraisal.options.filter(name="Key partner", description="One holder.").exists()


def test_success_factors_can_be_ones_own_but_not_none(cast, room, refused, deeds):
    for factor in list(room.appraisal.factors.all())[1:]:
        options.remove_factor(factor=factor, by=cast.carol)
    last = room.appraisal.factors.get()
    refused("one success factor at least", options.remove_factor, factor=last, by=cast.carol)
    own = options.add_factor(appraisal=room.appraisal, name="Local presence", question="Is it here?", by=cast.carol)
    assert own.order == 2
    assert deeds() == ["add_factor"]
    assert any("Judge" in each and "Alliance" in each for each in queries.missing_to_conclude(room.appraisal))


def test_running_a_model_cannot_cost_more_than_its_value(cast, room, refused, deeds):
    given = {"option": room.alliance, "organisations_reached": 10, "is_illustrative": True, "basis": "x"} | {
        "by": cast.carol
    }
    more = {"yearly_value": Decimal(10), "management_cost": Decimal(11)}
    assert refused("from £0 to the yearly value", options.set_money, **given, **more).field == "management_cost"
    refused("more than £0", options.set_money, **given, yearly_value=Decimal(0), management_cost=Decimal(0))
    appraisals.give_money(room, cast)
    assert deeds() == ["set_money", "set_money"]


# --- Criteria and weights


def test_a_scale_has_the_ends_that_it_needs(cast, room, refused):
    given = {"appraisal": room.appraisal, "name": "Pace", "question": "When?", "by": cast.carol}
    add = criteria.add_criterion
    assert refused("which score is the worst", add, **given, scale="fixed", best=Decimal(1)).field == "worst"
    assert refused("must differ", add, **given, worst=Decimal(1), best=Decimal(1)).field == "best"
    refused("leave worst and best empty", add, **given, scale="relative", worst=Decimal(1))
    refused("already", add, **given | {"name": "Cost"}, scale="relative")


def test_criteria_stand_three_levels_deep_and_not_under_one_with_scores(cast, room, refused):
    given = {"appraisal": room.appraisal, "question": "?", "scale": "relative", "by": cast.carol}
    second = criteria.add_criterion(**given, name="Pace", parent=room.cost)
    third = criteria.add_criterion(**given, name="First year", parent=second)
    refused("at most 3 levels", criteria.add_criterion, **given, name="Too deep", parent=third)
    refused("first", criteria.remove_criterion, criterion=room.cost, by=cast.carol)
    scores = {room.alliance: (Decimal(1), "So it is.")}
    scoring.score_options(scorer=room.scorer, criterion=room.reach, scores=scores, by=cast.fred)
    refused("has scores", criteria.add_criterion, **given, name="Under", parent=room.reach)
    refused(
        "the sum of others", scoring.score_options, scorer=room.scorer, criterion=room.cost, scores=scores, by=cast.fred
    )


def test_another_sibling_means_that_all_are_weighed_again(cast, room, deeds):
    deeds()
    made = criteria.add_criterion(appraisal=room.appraisal, name="Pace", question="?", scale="relative", by=cast.carol)
    assert queries.missing_to_weigh(room.appraisal)[0] == "Weigh Reach, Cost and Pace."
    criteria.remove_criterion(criterion=made, by=cast.carol)
    assert queries.missing_to_weigh(room.appraisal)[0] == "Weigh Reach and Cost."
    assert deeds() == ["add_criterion", "remove_criterion"]


@pytest.mark.parametrize(
    ("basis", "reach", "cost", "reason", "sentence"),
    [
        ("share", "60", "50", "Because.", "The shares add up to 110, and must add up to 100."),
        ("share", "60", "39.99", "Because.", "The shares add up to 99.99, and must add up to 100."),
        ("share", "60", "40", " ", "Give a reason for each weight."),
        ("share", "140", "-40", "Because.", "A weight must be 0 or more."),
        ("swing", "90", "60", "Because.", "Give 100 to the swing that matters most"),
        ("swing", "100", "160", "Because.", "Give 100 to the swing that matters most"),
    ],
)
def test_weights_that_do_not_sum_or_have_no_reason_are_refused(
    cast, room, refused, basis, reach, cost, reason, sentence
):
    weights = {room.reach: (Decimal(reach), "It matters."), room.cost: (Decimal(cost), reason)}
    refused(sentence, criteria.set_weights, appraisal=room.appraisal, basis=basis, weights=weights, by=cast.carol)


def test_shares_that_sum_are_the_weights(cast, room):
    weights = {room.reach: (Decimal("62.5"), "It matters."), room.cost: (Decimal("37.5"), "Less.")}
    criteria.set_weights(appraisal=room.appraisal, basis="share", weights=weights, by=cast.carol)
    appraisals.score(room)
    appraisals.agree(room, cast)
    assert [float(weight) for weight in queries.analysis(room.appraisal).weights] == [0.625, 0.375]


def test_siblings_are_weighed_all_at_once(cast, room, refused):
    weights = {room.reach: (Decimal(100), "It matters.")}
    refused(
        "have changed since", criteria.set_weights,
        appraisal=room.appraisal, basis="swing", weights=weights, by=cast.carol,
    )  # fmt: skip


# --- Scoring


def test_a_scorer_declares_before_scoring_and_only_once(cast, room, refused, deeds):
    scorer = scoring.appoint_scorer(appraisal=room.appraisal, user=cast.olive, capacity="Contracts", by=cast.carol)
    given = {room.alliance: (Decimal(50), "Fair.")}
    score = {"scorer": scorer, "criterion": room.reach, "scores": given, "by": cast.olive}
    refused("Declare your interests before", scoring.score_options, **score)
    declare = {"scorer": scorer, "has_interest": False}
    refused("Only the scorer can", scoring.declare_interests, **declare, by=cast.carol)
    scoring.declare_interests(**declare, by=cast.olive)
    refused("declared your interests already", scoring.declare_interests, **declare, by=cast.olive)
    scoring.score_options(**score)
    assert deeds() == ["score_options"]


def test_a_scorer_with_a_declared_interest_is_refused(cast, room, refused):
    scorer = scoring.appoint_scorer(appraisal=room.appraisal, user=cast.anna, capacity="A partner", by=cast.carol)
    declare = {"scorer": scorer, "has_interest": True, "by": cast.anna}
    assert refused("Say what your interest is", scoring.declare_interests, **declare).field == "interest"
    scoring.declare_interests(**declare, interest="We would bid.")
    refused(
        "You have declared an interest in this choice, so you cannot score it.", scoring.score_options,
        scorer=scorer, criterion=room.reach, scores={room.alliance: (Decimal(50), "Fair.")}, by=cast.anna,
    )  # fmt: skip


def test_nobody_scores_for_another_and_nobody_is_appointed_twice(cast, room, refused):
    given = {room.alliance: (Decimal(50), "Fair.")}
    refused(
        "Only the scorer can", scoring.score_options,
        scorer=room.scorer, criterion=room.reach, scores=given, by=cast.carol,
    )  # fmt: skip
    refused(
        "a scorer already", scoring.appoint_scorer,
        appraisal=room.appraisal, user=cast.fred, capacity="Finance", by=cast.carol,
    )  # fmt: skip


def test_a_score_has_a_reason_and_stays_within_a_fixed_scale(cast, room, refused):
    for score, reason, sentence, field in (
        ("50", "  ", "Give a reason for your score for Alliance.", "reason"),
        ("101", "High.", "The score for Alliance must be from 0 to 100.", "score"),
    ):
        given = {room.alliance: (Decimal(score), reason)}
        refusal = refused(
            sentence, scoring.score_options, scorer=room.scorer, criterion=room.reach, scores=given, by=cast.fred
        )
        assert refusal.field == f"{field}_{room.alliance.pk}"


def test_scores_are_agreed_only_after_somebody_scored_and_dissent_is_kept(cast, room, refused, deeds):
    given = {room.alliance: (Decimal(80), "Between the two."), room.lead_body: (Decimal(60), "All said so.")}
    agree = {"criterion": room.reach, "scores": given, "by": cast.carol}
    refused("Nobody has scored Alliance yet", scoring.agree_scores, **agree, dissent={})
    appraisals.score(room)
    refused(
        "Say why they hold to another score for Alliance", scoring.agree_scores,
        **agree, dissent={room.alliance: ([room.scorer], " ")},
    )  # fmt: skip
    refused(
        "Say who holds to another score for Alliance", scoring.agree_scores,
        **agree, dissent={room.alliance: ([], "Too low.")},
    )  # fmt: skip
    scoring.agree_scores(**agree, dissent={room.alliance: ([room.scorer], "It reaches more than that.")})
    agreed = queries.agreed_scores(room.appraisal)[room.reach.pk, room.alliance.pk]
    assert (agreed.score, agreed.dissent) == (80, "It reaches more than that.")
    assert list(agreed.dissenters.all()) == [room.scorer]
    assert Score.objects.get(criterion=room.reach, option=room.alliance).score == 90
    assert deeds() == ["agree_scores"]


def test_a_scorer_who_stands_down_takes_their_scores_along(cast, room, refused, deeds):
    appraisals.score(room)
    refused("Say why", scoring.stand_down_scorer, scorer=room.scorer, reason="", by=cast.carol)
    scoring.stand_down_scorer(scorer=room.scorer, reason="Their sister works for one.", by=cast.carol)
    assert not Score.objects.exists()
    assert deeds() == ["stand_down_scorer"]


# --- The result


def test_what_is_missing_is_said_in_the_order_of_the_work(cast):
    appraisal = commands.open_appraisal(commission=appraisals.open_commission(cast), by=cast.carol)
    assert queries.missing_to_conclude(appraisal) == [
        "Judge Business as usual and Do-minimum on the long list.",
        "Carry two options at least from the long list to the short list.",
        "Add a criterion.",
    ]
    assert queries.analysis(appraisal) is None


def test_the_document_is_what_the_command_line_reads(cast):
    room = appraisals.complete(cast)
    document = queries.document(room.appraisal)
    assert document == {
        "options": ["Lead body", "Alliance"],
        "criteria": [
            {"name": "Reach", "swing": 100, "scale": "fixed", "worst": 0, "best": 100},
            {"name": "Cost", "swing": 60, "scale": "fixed", "worst": 0, "best": 100},
        ],
        "scores": {"Lead body": {"Reach": 60, "Cost": 70}, "Alliance": {"Reach": 90, "Cost": 50}},
    }
    found = appraise(reading.problem(document), draws=1)
    assert found.totals == queries.analysis(room.appraisal).totals


def test_a_trial_is_kept_and_is_of_what_stood_then(cast, deeds):
    room = appraisals.complete(cast)
    trial = queries.current_trial(room.appraisal)
    assert (trial.draws, trial.seed) == (2000, 1)
    assert set(trial.result) >= {"rank_acceptability", "standard_error"}
    deeds()
    appraisals.score(room)
    assert queries.current_trial(room.appraisal) == trial  # agreed scores count, and they stand
    given = {room.alliance: (Decimal(10), "We were wrong."), room.lead_body: (Decimal(60), "As before.")}
    scoring.agree_scores(criterion=room.reach, scores=given, dissent={}, by=cast.carol)
    assert queries.current_trial(room.appraisal) is None
    trial.refresh_from_db()
    assert trial.document["scores"]["Alliance"]["Reach"] == 90


def test_weights_cannot_be_tried_before_there_are_scores_nor_too_often(cast, room, refused):
    refused("Agree 4 scores", commands.try_weights, appraisal=room.appraisal, by=cast.carol)
    appraisals.score(room)
    appraisals.agree(room, cast)
    refused("Take from 1,000", commands.try_weights, appraisal=room.appraisal, draws=10**9, by=cast.carol)


def test_an_appraisal_is_concluded_with_reasons_and_then_frozen(cast, refused, deeds):
    room = appraisals.complete(cast)
    conclude = {"appraisal": room.appraisal, "by": cast.carol}
    as_usual = room.appraisal.options.get(kind="as-usual")
    refused("short list", commands.conclude_appraisal, **conclude, preferred=as_usual, conclusion="Safe.")
    refused("Say why", commands.conclude_appraisal, **conclude, preferred=room.alliance, conclusion=" ")
    commands.conclude_appraisal(**conclude, preferred=room.alliance, conclusion="It reaches more.")
    assert deeds() == ["conclude_appraisal"]
    assert queries.progress(room.commission).done
    refused(
        "Open a new version", options.add_option,
        appraisal=room.appraisal, name="Another", description="", by=cast.carol,
    )  # fmt: skip
    refused("Open a new version", commands.conclude_appraisal, **conclude, preferred=room.alliance, conclusion="x")
    refused("Open a new version", commands.try_weights, appraisal=room.appraisal, by=cast.carol)
    given = {room.alliance: (Decimal(50), "Late.")}
    refused(
        "Open a new version", scoring.score_options,
        scorer=room.scorer, criterion=room.reach, scores=given, by=cast.fred,
    )  # fmt: skip


def test_it_is_not_concluded_while_anything_is_missing_or_the_weights_were_not_tried(cast, room, refused):
    conclude = {"appraisal": room.appraisal, "preferred": room.alliance, "conclusion": "Good.", "by": cast.carol}
    refused("Agree 4 scores", commands.conclude_appraisal, **conclude)
    appraisals.score(room)
    appraisals.agree(room, cast)
    refused("Say what Lead body and Alliance would do with", commands.conclude_appraisal, **conclude)
    appraisals.give_money(room, cast)
    refused("Try other weights first", commands.conclude_appraisal, **conclude)


def test_a_new_version_begins_as_a_copy_and_needs_a_reason(cast, refused, deeds):
    room = appraisals.complete(cast)
    commands.conclude_appraisal(
        appraisal=room.appraisal, preferred=room.alliance, conclusion="It reaches more.", by=cast.carol
    )
    refused("why a new version", commands.open_appraisal, commission=room.commission, by=cast.carol)
    second = commands.open_appraisal(commission=room.commission, reason="The money changed.", by=cast.carol)
    assert deeds() == ["copy_appraisal", "open_appraisal"]
    assert queries.document(second) == queries.document(room.appraisal)
    assert (second.version, second.scorers.count(), second.trials.count()) == (2, 1, 0)
    options.remove_option(option=second.options.get(name="Lead body"), by=cast.carol)
    assert Option.objects.filter(appraisal=room.appraisal, name="Lead body").exists()
    assert not queries.progress(room.commission).done
    assert Appraisal.objects.get(version=1).preferred == room.alliance


def test_scorers_are_told_what_waits_for_them(cast, room):
    assert list(queries.scorings_waiting_for(cast.fred)) == [room.scorer]
    appraisals.score(room)
    assert not queries.scorings_waiting_for(cast.fred).exists()
    assert not queries.scorings_waiting_for(cast.olive).exists()

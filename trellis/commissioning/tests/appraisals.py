"""An appraisal for tests, step by step: opened, on its short list, weighed, scored, agreed."""

from dataclasses import dataclass
from decimal import Decimal

from trellis.commissioning.commands import appraisal as commands
from trellis.commissioning.commands import appraisal_criteria as criteria
from trellis.commissioning.commands import appraisal_options as options
from trellis.commissioning.commands import appraisal_scoring as scoring
from trellis.commissioning.commands import commissions
from trellis.commissioning.models import Appraisal, Commission, Criterion, Option, Scorer

SCORES = {"Reach": {"Lead body": 60, "Alliance": 90}, "Cost": {"Lead body": 70, "Alliance": 50}}

OF_AN_OPTION = ("judge_option", "describe_option", "remove_option", "option_money")


@dataclass
class Room:
    """What a test of appraisals has at hand."""

    commission: Commission
    appraisal: Appraisal
    lead_body: Option
    alliance: Option
    reach: Criterion
    cost: Criterion
    scorer: Scorer


def open_commission(cast) -> Commission:
    return commissions.open_commission(
        title="Support", purpose="Even support.", authority=cast.council, owner=cast.carol, by=cast.carol
    )


def prepared(cast, commission: Commission | None = None) -> Room:
    """Two options on the short list, two criteria weighed 100 and 60, and Fred of the council who may score."""
    officer = cast.carol
    commission = commission or open_commission(cast)
    appraisal = commands.open_appraisal(commission=commission, by=officer)
    made = {
        name: options.add_option(appraisal=appraisal, name=name, description="", by=officer)
        for name in ("Lead body", "Alliance")
    }
    for option in appraisal.options.all():
        judge(option, "discounted" if option.kind != "other" else "carried", cast)
    found = {
        name: criteria.add_criterion(
            appraisal=appraisal, name=name, question="How much?", worst=Decimal(0), best=Decimal(100), by=officer
        )
        for name in SCORES
    }
    criteria.set_weights(
        appraisal=appraisal,
        basis="swing",
        weights={found["Reach"]: (Decimal(100), "It matters most."), found["Cost"]: (Decimal(60), "Less.")},
        by=officer,
    )
    appointed = scoring.appoint_scorer(appraisal=appraisal, user=cast.fred, capacity="Finance", by=officer)
    scoring.declare_interests(scorer=appointed, has_interest=False, by=cast.fred)
    return Room(commission, appraisal, made["Lead body"], made["Alliance"], found["Reach"], found["Cost"], appointed)


def judge(option: Option, fate: str, cast) -> None:
    verdicts = dict.fromkeys(option.appraisal.factors.all(), "meets")
    options.judge_option(option=option, verdicts=verdicts, fate=fate, reason="It was talked through.", by=cast.carol)


def score(room: Room, **changes: int) -> None:
    """The scorer scores everything; `changes` by option's name in one word: Alliance=80, for every criterion."""
    for criterion in (room.reach, room.cost):
        given = {
            option: (Decimal(changes.get(option.name, SCORES[criterion.name][option.name])), "As we found it.")
            for option in (room.lead_body, room.alliance)
        }
        scoring.score_options(scorer=room.scorer, criterion=criterion, scores=given, by=room.scorer.user)


def agree(room: Room, cast) -> None:
    for criterion in (room.reach, room.cost):
        given = {
            option: (Decimal(SCORES[criterion.name][option.name]), "As we all found it.")
            for option in (room.lead_body, room.alliance)
        }
        scoring.agree_scores(criterion=criterion, scores=given, dissent={}, by=cast.carol)


def give_money(room: Room, cast) -> None:
    for option, cost, reached in ((room.lead_body, "90000", 400), (room.alliance, "40000", 500)):
        options.set_money(
            option=option,
            yearly_value=Decimal("500000"),
            management_cost=Decimal(cost),
            organisations_reached=reached,
            is_illustrative=True,
            basis="An example.",
            by=cast.carol,
        )


def complete(cast) -> Room:
    """Everything that is needed before it can be concluded, the trial of weights too."""
    room = prepared(cast)
    score(room)
    agree(room, cast)
    give_money(room, cast)
    commands.try_weights(appraisal=room.appraisal, draws=2000, by=cast.carol)
    return room


def parts_of_addresses(room: Room) -> dict[str, int | str]:
    """What stands in the addresses of an appraisal's pages, for the access matrix."""
    return {
        "commissions version": "1",
        **{f"{name} number": room.alliance.pk for name in OF_AN_OPTION},
        "remove_factor number": room.appraisal.factors.first().pk,
        "remove_criterion number": room.reach.pk,
        "weigh_criteria_under number": room.cost.pk,
        "stand_down_scorer number": room.scorer.pk,
        "agree_scores number": room.reach.pk,
        "score_options number": room.reach.pk,
    }

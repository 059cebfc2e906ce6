"""The options appraisal of the demo: a long list of five, three models scored, and the Alliance preferred."""

from decimal import Decimal
from typing import Any

from trellis.accounts.models import User
from trellis.commissioning.budget import exact_value
from trellis.commissioning.commands import appraisal as commands
from trellis.commissioning.commands import appraisal_criteria as criteria
from trellis.commissioning.commands import appraisal_options as options
from trellis.commissioning.commands import appraisal_scoring as scoring
from trellis.commissioning.models import Appraisal, Commission, Criterion, Option, Scorer
from trellis.core import money
from trellis.demo.decide import on
from trellis.demo.names import read

Story = dict[str, Any]


def appraise(commission: Commission, officers: dict[str, User], *, baseline: Decimal, step_down: Decimal) -> Appraisal:
    """Go through the appraisal as the officer and the scorers would, each step on its day.

    `officers` are the council's people by the code of their role; the yearly value that each model has to work with is
    year 1 of the budget: `baseline` pounds a year less `step_down` percent.
    """
    story, officer = read("appraisal"), officers["commissioning-officer"]
    with on(story["opened_on"]):
        appraisal = commands.open_appraisal(commission=commission, is_illustrative=True, by=officer)
        listed = _list_options(appraisal, story, money.rounded(exact_value(baseline, step_down, 1)), officer)
        measured = _set_criteria(appraisal, story, officer)
    with on(story["scored_on"]):
        scorers = {row["role"]: _appoint(appraisal, row, officers, officer) for row in story["scorer"]}
        for row in story["score"]:
            _score(row, measured[row["criterion"]], listed, scorers)
    with on(story["agreed_on"]):
        for row in story["score"]:
            _agree(row, measured[row["criterion"]], listed, scorers, officer)
    with on(story["concluded_on"]):
        commands.try_weights(appraisal=appraisal, by=officer)
        commands.conclude_appraisal(
            appraisal=appraisal,
            preferred=listed[story["preferred"]],
            conclusion=story["conclusion"].strip(),
            by=officer,
        )
    return appraisal


def _list_options(appraisal: Appraisal, story: Story, value: Decimal, officer: User) -> dict[str, Option]:
    """Every option of the long list, judged, and with its money if it has any; by name."""
    factors, listed = list(appraisal.factors.all()), {}
    for row in story["option"]:
        option = _option(appraisal, row, officer)
        verdicts = dict(zip(factors, row["verdicts"], strict=True))
        options.judge_option(option=option, verdicts=verdicts, fate=row["fate"], reason=row["reason"], by=officer)
        if "management_cost" in row:
            options.set_money(
                option=option,
                yearly_value=value,
                management_cost=Decimal(str(row["management_cost"])),
                organisations_reached=row["organisations_reached"],
                is_illustrative=True,
                basis=story["basis"],
                by=officer,
            )
        listed[option.name] = option
    return listed


def _option(appraisal: Appraisal, row: Story, officer: User) -> Option:
    if "kind" not in row:
        return options.add_option(appraisal=appraisal, name=row["name"], description=row["description"], by=officer)
    option = appraisal.options.get(kind=row["kind"])
    options.describe_option(option=option, name=option.name, description=row["description"], by=officer)
    return option


def _set_criteria(appraisal: Appraisal, story: Story, officer: User) -> dict[str, Criterion]:
    """The tree of criteria, weighed level by level; by name."""
    made: dict[str, Criterion] = {}
    groups: dict[str, dict[Criterion, tuple[Decimal, str]]] = {}
    for row in story["criterion"]:
        above = row.get("under", "")
        made[row["name"]] = criteria.add_criterion(
            appraisal=appraisal,
            name=row["name"],
            question=row["question"],
            parent=made.get(above),
            worst=Decimal(row.get("worst", 0)),
            best=Decimal(row.get("best", 100)),
            unit=row.get("unit", "points"),
            by=officer,
        )
        groups.setdefault(above, {})[made[row["name"]]] = (Decimal(row["swing"]), row["reason"])
    for weights in groups.values():
        criteria.set_weights(appraisal=appraisal, basis=Criterion.Basis.SWING, weights=weights, by=officer)
    return made


def _appoint(appraisal: Appraisal, row: Story, officers: dict[str, User], officer: User) -> Scorer:
    person, interest = officers[row["role"]], row.get("interest", "")
    scorer = scoring.appoint_scorer(appraisal=appraisal, user=person, capacity=row["capacity"], by=officer)
    scoring.declare_interests(scorer=scorer, has_interest=bool(interest), interest=interest, by=person)
    return scorer


def _score(row: Story, criterion: Criterion, listed: dict[str, Option], scorers: dict[str, Scorer]) -> None:
    """Each scorer's own: what all gave, unless the story says that this one gave another."""
    for role, scorer in scorers.items():
        if not scorer.may_score:
            continue
        given = {}
        for option, cell in _cells(row, listed):
            own = next((other for other in cell.get("others", []) if other["role"] == role), cell)
            given[option] = (Decimal(own["score"]), own["reason"])
        scoring.score_options(scorer=scorer, criterion=criterion, scores=given, by=scorer.user)


def _agree(
    row: Story, criterion: Criterion, listed: dict[str, Option], scorers: dict[str, Scorer], officer: User
) -> None:
    cells = _cells(row, listed)
    dissent = {
        option: ([scorers[other["role"]] for other in cell["others"]], cell["dissent"])
        for option, cell in cells
        if "dissent" in cell
    }
    given = {option: (Decimal(cell["score"]), cell["reason"]) for option, cell in cells}
    scoring.agree_scores(criterion=criterion, scores=given, dissent=dissent, by=officer)


def _cells(row: Story, listed: dict[str, Option]) -> list[tuple[Option, Story]]:
    return [(listed[name], cell) for name, cell in row.items() if name != "criterion"]

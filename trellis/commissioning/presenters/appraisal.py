"""An appraisal in words and rows: its steps, its long list, its criteria, its scorers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Appraisal, Criterion, Judgement, Option, Scorer
from trellis.commissioning.presenters.commissions import Trail, trail
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.queries.appraisal import Level
from trellis.web.pieces import Task
from trellis.web.table import Column, Table
from trellis.web.words import counted

FATES = {"open": "grey", "carried": "blue", "discounted": "yellow", "preferred": "green"}
ILLUSTRATIVE = ("Illustrative", "yellow")


@dataclass(frozen=True)
class Branch:
    """A criterion on the page: its depth, its weight and scale in words, and where its siblings are weighed."""

    criterion: Criterion
    depth: int
    is_leaf: bool
    weight: str
    scale: str


def address(name: str, appraisal: Appraisal, **parts: Any) -> str:
    """The address of a page of this version."""
    where = {"reference": appraisal.commission.reference, "version": appraisal.version}
    return reverse(name, kwargs=where | parts)


def crumbs(appraisal: Appraisal, *further: tuple[str, str]) -> Trail:
    """Breadcrumbs down to a page of an appraisal."""
    here = ("Options appraisal", address("appraisal_version", appraisal))
    return trail(appraisal.commission, here, *further)


def page(
    appraisal: Appraisal, title: str, button: str, *, back: str = "appraisal_version", **more: Any
) -> dict[str, Any]:
    """The frame of a page that does one thing to an appraisal; `back` names the page that it comes from."""
    return {
        "title": title,
        "button": button,
        "cancel": address(back, appraisal),
        "breadcrumbs": crumbs(appraisal),
        "appraisal": appraisal,
        **more,
    }


def status(appraisal: Appraisal) -> tuple[str, str]:
    """The tag beside the heading."""
    return (appraisal.get_status_display(), "blue" if appraisal.is_draft else "green")


def tasks(appraisal: Appraisal) -> list[Task]:
    """The steps of an appraisal, each with how far it is."""
    options, levels = list(queries.long_list(appraisal)), queries.tree(appraisal)
    short, scorers = list(queries.short_list(appraisal)), list(queries.scorers(appraisal))
    judged = sum(option.fate != Option.Fate.OPEN for option in options)
    weighed = sum(level.criterion.swing is not None for level in levels)
    cells = len(short) * sum(level.is_leaf for level in levels)
    ids = {option.pk for option in short}
    agreed = sum(option in ids for _criterion, option in queries.agreed_scores(appraisal))
    money = sum(hasattr(option, "money") for option in options if option.pk in ids)
    tried = queries.current_trial(appraisal) is not None
    declared = sum(scorer.declared_on is not None for scorer in scorers)
    return [
        _task(appraisal, "Long list", "appraisal_options", judged, len(options), "option", "judged"),
        _task(appraisal, "Money of each option", "appraisal_options", money, len(short), "option", "with figures"),
        _task(appraisal, "Criteria and weights", "appraisal_criteria", weighed, len(levels), "criterion", "weighed"),
        _task(appraisal, "Scorers", "appraisal_scorers", declared, len(scorers), "scorer", "declared"),
        _task(appraisal, "Scores", "appraisal_scores", agreed, cells, "score", "agreed"),
        Task(
            "Result and sensitivity",
            "Done" if tried else "Not tried",
            address("appraisal_result", appraisal),
            "Other weights were tried, as it stands." if tried else "Values, and what would change the order.",
            "" if tried else "grey",
        ),
    ]


def _task(appraisal: Appraisal, name: str, page: str, done: int, whole: int, one: str, deed: str) -> Task:
    many = {"criterion": "criteria"}.get(one, "")
    state, colour = (
        ("Done", "") if whole and done == whole else ("Under way", "blue") if done else ("Not begun", "grey")
    )
    return Task(name, state, address(page, appraisal), f"{done} of {counted(whole, one, many)} {deed}.", colour)


def options_table(request: HttpRequest, appraisal: Appraisal, *, can_edit: bool) -> Table:
    """The long list: each option against each success factor, and what became of it."""
    return Table(
        request,
        list(queries.long_list(appraisal)),
        columns=[
            Column(
                "name",
                "Option",
                link=(lambda row: address("judge_option", appraisal, number=row.pk)) if can_edit else None,
            ),
            *(
                Column(f"factor{factor.pk}", factor.name, value=partial(_verdict, factor.pk))
                for factor in appraisal.factors.all()
            ),
            Column("fate", "Outcome", tag=lambda row: (row.get_fate_display(), FATES[row.fate])),
            Column("fate_reason", "Why"),
        ],
        caption="Long list",
        name="long-list",
    )


def _verdict(factor: int, option: Option) -> str:
    found = next((each for each in option.judgements.all() if each.factor_id == factor), None)
    return str(Judgement.Verdict(found.verdict).label) if found else ""


def money_table(request: HttpRequest, appraisal: Appraisal, *, can_edit: bool) -> Table:
    """What each option does with a year's money."""
    rows = {model.option: model for model in queries.money_models(appraisal)}
    options = list(queries.long_list(appraisal))
    return Table(
        request,
        options,
        columns=[
            Column(
                "name",
                "Option",
                link=(lambda row: address("option_money", appraisal, number=row.pk)) if can_edit else None,
            ),
            Column("value", "A year's value", value=lambda row: _pounds(row, rows, "yearly_value"), numeric=True),
            Column("cost", "Management", value=lambda row: _pounds(row, rows, "management_cost"), numeric=True),
            Column("left", "For support", value=lambda row: _pounds(row, rows, "reaches_organisations"), numeric=True),
            Column(
                "reached",
                "Organisations reached",
                value=lambda row: rows[row.name].organisations_reached if row.name in rows else None,
                numeric=True,
            ),
            Column("each", "Cost of each", value=lambda row: _pounds(row, rows, "cost_per_organisation"), numeric=True),
            Column("basis", "Where from", value=lambda row: _basis(row)),
        ],
        caption="A year's money",
        name="money",
        prefix="m-",
    )


def _pounds(option: Option, rows: dict[str, Any], what: str) -> str | None:
    amount = getattr(rows[option.name], what) if option.name in rows else None
    return None if amount is None else f"£{amount:,.2f}"


def _basis(option: Option) -> str | None:
    if not hasattr(option, "money"):
        return None
    return f"Illustrative. {option.money.basis}" if option.money.is_illustrative else option.money.basis


def branches(levels: Sequence[Level]) -> list[Branch]:
    """The tree of criteria, each with its part of the whole weight."""
    weights = _shares(levels)
    return [
        Branch(
            level.criterion,
            level.depth,
            level.is_leaf,
            f"{weights[level.criterion.pk]:.1%}" if level.criterion.pk in weights else "Not weighed",
            scale_words(level.criterion) if level.is_leaf else "The sum of those under it",
        )
        for level in levels
    ]


def _shares(levels: Sequence[Level]) -> dict[int, Decimal]:
    """Each criterion's part of the whole, where it, its siblings and all above them are weighed."""
    shares: dict[int, Decimal] = {}
    for parent, siblings in sibling_groups(levels):
        above = shares.get(parent.pk) if parent else Decimal(1)
        swings = [criterion.swing for criterion in siblings if criterion.swing is not None]
        if above is not None and len(swings) == len(siblings) and sum(swings) > 0:
            shares |= {each.pk: above * swing / sum(swings) for each, swing in zip(siblings, swings, strict=True)}
    return shares


def scale_words(criterion: Criterion) -> str:
    """How a criterion is scored."""
    if criterion.worst is None or criterion.best is None:
        return f"Relative: from the lowest score to the highest, in {criterion.unit}"
    less = " (less is better)" if criterion.worst > criterion.best else ""
    return f"From {plain(criterion.worst)} to {plain(criterion.best)} {criterion.unit}{less}"


def plain(number: Decimal) -> str:
    """15 or 15.5, without noughts that say nothing."""
    return f"{number.normalize():,f}"


def scorers_table(request: HttpRequest, appraisal: Appraisal, *, can_edit: bool) -> Table:
    """Who scores, what they declared, and how far they are."""
    cells = queries.short_list(appraisal).count() * len(queries.leaves(appraisal))
    return Table(
        request,
        list(queries.scorers(appraisal)),
        columns=[
            Column(
                "name",
                "Scorer",
                value=lambda row: str(row.user),
                link=(lambda row: address("stand_down_scorer", appraisal, number=row.pk)) if can_edit else None,
            ),
            Column("capacity", "For"),
            Column("declared_on", "Declared on", absent="Not yet"),
            Column("interest", "Interest", value=_interest),
            Column("given", "Scores given", value=lambda row: f"{row.given} of {cells}"),
        ],
        caption="Scorers",
        empty="Nobody scores yet. Appoint people who know the sector and have no interest in the choice.",
        name="scorers",
    )


def _interest(scorer: Scorer) -> str | None:
    return None if scorer.declared_on is None else (scorer.interest or "No interest")


def sibling_groups(levels: Sequence[Level]) -> Iterator[tuple[Criterion | None, list[Criterion]]]:
    """Criteria that stand side by side, under which they do; the top first."""
    parents = [None, *(level.criterion for level in levels if not level.is_leaf)]
    for parent in parents:
        siblings = [level.criterion for level in levels if level.criterion.parent_id == (parent.pk if parent else None)]
        if siblings:
            yield parent, siblings

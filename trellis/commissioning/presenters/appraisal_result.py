"""The result of an appraisal: charts whose titles say the finding, tables, and why in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from trellis.commissioning.appraisal import Appraised
from trellis.commissioning.appraisal.money import COST, OptionMoney, reasons
from trellis.commissioning.appraisal.sensitivity import Crossing, ends_of
from trellis.commissioning.models import WeightTrial
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.web.charts import Meeting, Stack, StackChart, Sweep, SweepChart
from trellis.web.table import Column, Table
from trellis.web.words import counted


@dataclass(frozen=True)
class Place:
    """An option's place: its rank, and its value from 0 to 100."""

    rank: int
    option: str
    value: float


@dataclass(frozen=True)
class Change:
    """A weight at which two options change places, beside the one that the criterion has; both from 0 to 1."""

    criterion: str
    between: str
    weight: float
    now: float
    concerns_first: bool


def places(found: Appraised) -> list[Place]:
    """The options from the best down."""
    worth = dict(zip(found.problem.options, found.totals, strict=True))
    return [Place(rank, option, float(worth[option])) for rank, option in enumerate(found.ranking, start=1)]


def finding(found: Appraised) -> str:
    """What the appraisal says, in a sentence."""
    first, *others = places(found)
    if others and others[0].value == first.value:
        return f"{first.option} and {others[0].option} share the first place with {first.value:.1f} of 100 points"
    return f"{first.option} comes first with {first.value:.1f} of 100 points"


def build_up(found: Appraised) -> StackChart:
    """What each criterion brings to each option's value, the best option first."""
    leaves = [leaf.name for leaf in found.problem.leaves]
    rows = dict(zip(found.problem.options, found.leaf_values, strict=True))
    worth = dict(zip(found.problem.options, found.totals, strict=True))
    stacks = [
        Stack(
            option,
            [float(weight * value) for weight, value in zip(found.weights, rows[option], strict=True)],
            f"{float(worth[option]):.1f}",
        )
        for option in found.ranking
    ]
    return StackChart(
        title=finding(found),
        description="Each bar is an option’s value out of 100. Its parts are what each criterion brings to it: the "
        "criterion’s weight × the option’s value on it.",
        parts=leaves,
        stacks=stacks,
        whole=100,
        label_heading="Option",
        value_heading="Value",
        write=lambda value: f"{float(value or 0):.1f}",
    )


def sweep(found: Appraised, leaf: int) -> SweepChart | None:
    """What becomes of the values as one weight goes from nothing to all; None for a leaf that has all of it."""
    if found.weights[leaf] == 1:
        return None
    name, options = found.problem.leaves[leaf].name, found.problem.options
    ends = ends_of(found.leaf_values, found.weights, leaf)
    lines = [Sweep(option, float(low), float(high)) for option, (low, high) in zip(options, ends, strict=True)]
    crossings = [each for each in found.crossings if each.leaf == leaf]
    return SweepChart(
        title=_holds(found, leaf, crossings),
        description=f"Each line is an option’s value as the weight of “{name}” goes from nothing to all and the other "
        f"weights keep their proportions. The dotted line is its weight now, {_percent(found.weights[leaf])}. "
        + (f"Rings mark {counted(len(crossings), 'place')} where two options change places." if crossings else
           "No two lines cross."),
        lines=lines,
        now=float(found.weights[leaf]),
        meetings=[
            Meeting(float(each.weight), lines[each.between[0]].at(float(each.weight)), _percent(each.weight))
            for each in crossings
        ],
        weight_name=name,
    )  # fmt: skip


def most_telling(found: Appraised) -> int:
    """The leaf whose weight need change least before another option is first; the heaviest when none would do."""
    first = found.problem.options.index(found.ranking[0])
    own = [each for each in found.crossings if first in each.between]
    if not own:
        return max(range(len(found.weights)), key=lambda leaf: found.weights[leaf])
    return min(own, key=lambda each: abs(each.weight - found.weights[each.leaf])).leaf


def _holds(found: Appraised, leaf: int, crossings: Sequence[Crossing]) -> str:
    """Between which weights of a leaf the option that is first stays first."""
    name, first = f"“{found.problem.leaves[leaf].name}”", found.ranking[0]
    place, now = found.problem.options.index(first), found.weights[leaf]
    own = [each.weight for each in crossings if place in each.between]
    low = max((weight for weight in own if weight <= now), default=None)
    high = min((weight for weight in own if weight > now), default=None)
    if low is None and high is None:
        return f"{first} stays first whatever the weight of {name}"
    if low is None or high is None:
        limit = f"less than {_percent(high)}" if high is not None else f"more than {_percent(low)}"
        return f"{first} stays first while {name} has {limit} of the weight"
    return f"{first} stays first while {name} has from {_percent(low)} to {_percent(high)} of the weight"


def ranks(trial: WeightTrial) -> StackChart:
    """How often each option had each rank when the weights were drawn."""
    shares, errors = trial.result["rank_acceptability"], trial.result["standard_error"]
    options = sorted(shares, key=lambda option: -shares[option][0])
    best = options[0]
    largest = max(error for row in errors.values() for error in row)
    return StackChart(
        title=f"{best} comes first in {_percent(shares[best][0])} of {trial.draws:,} sets of weights",
        description="Each bar shows how often an option came first, second and so on when the weights were drawn, each "
        f"set as likely as any other. Seed {trial.seed}; the standard error of a share is {largest:.2%} at most.",
        parts=[f"Rank {rank}" for rank in range(1, len(options) + 1)],
        stacks=[Stack(option, shares[option], f"first in {_percent(shares[option][0])}") for option in options],
        whole=1,
        label_heading="Option",
        value_heading="First",
        write=lambda value: f"{float(value or 0):.2%}",
    )


def changes_table(request: HttpRequest, found: Appraised) -> Table:
    """Each weight at which two options change places."""
    options, first = found.problem.options, found.ranking[0]
    rows = [
        Change(
            found.problem.leaves[each.leaf].name,
            " and ".join(options[place] for place in each.between),
            float(each.weight),
            float(found.weights[each.leaf]),
            first in (options[place] for place in each.between),
        )
        for each in found.crossings
    ]
    return Table(
        request,
        rows,
        columns=[
            Column("criterion", "Criterion", sort="criterion"),
            Column("between", "Change places"),
            Column("weight", "At a weight of", value=lambda row: _percent(row.weight), sort="weight", numeric=True),
            Column("now", "It has", value=lambda row: _percent(row.now), numeric=True),
            Column("concerns_first", "Concerns the first place"),
        ],
        caption="Where options change places",
        empty="No two options change places, whatever the weight of any one criterion.",
        name="changes",
        prefix="c-",
    )


def errors_table(request: HttpRequest, trial: WeightTrial) -> Table:
    """Each share of a trial with its standard error."""
    shares, errors = trial.result["rank_acceptability"], trial.result["standard_error"]
    rows = [
        {"option": option, "rank": rank, "share": share, "error": error}
        for option in shares
        for rank, (share, error) in enumerate(zip(shares[option], errors[option], strict=True), start=1)
    ]
    return Table(
        request,
        rows,
        columns=[
            Column("option", "Option", value=lambda row: row["option"]),
            Column("rank", "Rank", value=lambda row: row["rank"], numeric=True),
            Column("share", "Share of draws", value=lambda row: f"{row['share']:.3%}", numeric=True),
            Column("error", "Standard error", value=lambda row: f"{row['error']:.3%}", numeric=True),
        ],
        caption="Ranks under drawn weights",
        name="ranks",
        prefix="r-",
    )


def dominated_words(found: Appraised) -> list[str]:
    """Options that no weights can help."""
    options = found.problem.options
    if not found.dominated and len(options) > 1:
        return ["No option is dominated: each is better than any other somewhere."]
    return [
        f"{options[option]} is dominated by {options[by]}: it is nowhere better and somewhere worse."
        for option, by in found.dominated
    ]


def money_words(models: Sequence[OptionMoney]) -> list[tuple[str, list[str]]]:
    """Of each option, what becomes of a year's money and what that means beside the others."""
    why = reasons(models)
    return [
        (model.option, [_money(model), *(_reason(each) for each in why if each.option == model.option)])
        for model in models
    ]


def _money(model: OptionMoney) -> str:
    each = model.cost_per_organisation
    reach = f"It would reach {counted(model.organisations_reached, 'organisation')}"
    return (
        f"Running it takes {whole_pounds(model.management_cost)} of {whole_pounds(model.yearly_value)} a year "
        f"({model.management_share:.1f}%), so {whole_pounds(model.reaches_organisations)} reaches the sector. "
        + (f"{reach}, at {pounds_and_pence(each)} for each." if each is not None else f"{reach}.")
    )


def _reason(reason: Any) -> str:
    if reason.measure == COST:
        return (
            f"Its management costs {whole_pounds(reason.by)} a year more than that of {reason.best}: "
            "money that does not reach the sector."
        )
    return f"It reaches {int(reason.by):,} fewer organisations than {reason.best}."


def _percent(part: Any) -> str:
    return f"{float(part):.1%}"

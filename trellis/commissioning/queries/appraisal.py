"""Reads of options appraisals: scoped to the authority's people, or to the scorers they appointed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from trellis.accounts.models import User
from trellis.commissioning.appraisal import Appraised, appraise, reading
from trellis.commissioning.appraisal.money import OptionMoney
from trellis.commissioning.models import (
    AgreedScore,
    Appraisal,
    Commission,
    Criterion,
    MoneyModel,
    Option,
    Score,
    Scorer,
    WeightTrial,
)
from trellis.commissioning.queries.commissions import (
    Progress,
    commissions_editable_by,
    commissions_visible_to,
)
from trellis.web.words import counted

ON_SHORT_LIST = (Option.Fate.CARRIED, Option.Fate.PREFERRED)


@dataclass(frozen=True)
class Level:
    """A criterion of the tree and how deep it stands, from 0; a leaf is scored, others are the sum of theirs."""

    criterion: Criterion
    depth: int
    is_leaf: bool


def appraisals_visible_to(user: User) -> QuerySet[Appraisal]:
    """Those of the commissions that they may see."""
    return Appraisal.objects.filter(commission__in=commissions_visible_to(user)).select_related("commission")


def appraisals_editable_by(user: User) -> QuerySet[Appraisal]:
    """Those of the commissions that they may change."""
    return Appraisal.objects.filter(commission__in=commissions_editable_by(user)).select_related("commission")


def scorings_of(user: User) -> QuerySet[Scorer]:
    """What they are appointed to score, whoever they are."""
    return Scorer.objects.filter(user=user).select_related("appraisal__commission", "user")


def scorings_waiting_for(user: User) -> QuerySet[Scorer]:
    """Of these, where they have yet to declare their interests, or may score and have not begun."""
    open_ones = scorings_of(user).filter(appraisal__status=Appraisal.Status.DRAFT)
    return open_ones.filter(Q(declared_on=None) | Q(interest="", scores=None))


def latest(commission: Commission) -> Appraisal | None:
    """The newest version; None before the first."""
    return Appraisal.objects.filter(commission=commission).first()


def versions(commission: Commission) -> QuerySet[Appraisal]:
    """Every version, the newest first."""
    return Appraisal.objects.filter(commission=commission).select_related("preferred")


def long_list(appraisal: Appraisal) -> QuerySet[Option]:
    """Every option with its judgements and its money."""
    return appraisal.options.select_related("money").prefetch_related("judgements__factor")


def last_money(appraisal: Appraisal) -> MoneyModel | None:
    """The money of an option that was set down last."""
    return MoneyModel.objects.filter(option__appraisal=appraisal).order_by("-pk").first()


def short_list(appraisal: Appraisal) -> QuerySet[Option]:
    """The options that were carried forward or preferred, in their order."""
    return appraisal.options.filter(fate__in=ON_SHORT_LIST)


def tree(appraisal: Appraisal) -> list[Level]:
    """The criteria from the top down, each before those under it. One query."""
    under: dict[int | None, list[Criterion]] = {}
    for criterion in appraisal.criteria.select_related("parent"):
        under.setdefault(criterion.parent_id, []).append(criterion)

    def levels(parent: int | None, depth: int) -> Iterator[Level]:
        for criterion in under.get(parent, []):
            yield Level(criterion, depth, criterion.pk not in under)
            yield from levels(criterion.pk, depth + 1)

    return list(levels(None, 0))


def leaves(appraisal: Appraisal) -> list[Criterion]:
    """The criteria that are scored, from the top down."""
    return [level.criterion for level in tree(appraisal) if level.is_leaf]


def scorers(appraisal: Appraisal) -> QuerySet[Scorer]:
    """Who scores, with how many scores each has given (`given`)."""
    return appraisal.scorers.select_related("user").annotate(given=Count("scores"))


def agreed_scores(appraisal: Appraisal) -> dict[tuple[int, int], AgreedScore]:
    """What was agreed, by (criterion, option)."""
    rows = AgreedScore.objects.filter(criterion__appraisal=appraisal).prefetch_related("dissenters__user")
    return {(row.criterion_id, row.option_id): row for row in rows}


def scores_on(criterion: Criterion) -> QuerySet[Score]:
    """What each scorer gave on a criterion, in the order in which they were appointed."""
    return criterion.scores.select_related("scorer__user")


def account(email: str) -> User | None:
    """The account with an address; None where nobody has it, or it is closed."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def money_models(appraisal: Appraisal) -> list[OptionMoney]:
    """The money of each option of the long list that has any, in their order."""
    rows = MoneyModel.objects.filter(option__appraisal=appraisal).select_related("option").order_by("option__order")
    return [
        OptionMoney(row.option.name, row.yearly_value, row.management_cost, row.organisations_reached) for row in rows
    ]


def has_illustrative_money(appraisal: Appraisal) -> bool:
    """Whether any figure of the money is made up to show how this works."""
    return MoneyModel.objects.filter(option__appraisal=appraisal, is_illustrative=True).exists()


def document(appraisal: Appraisal) -> dict[str, Any]:
    """The appraisal in the shape that `trellis appraise` reads: the short list, and the agreed scores."""
    options, agreed = list(short_list(appraisal)), agreed_scores(appraisal)
    scored = leaves(appraisal)
    return {
        "options": [option.name for option in options],
        "criteria": _nodes(tree(appraisal), None),
        "scores": {
            option.name: {
                leaf.name: _number(agreed[leaf.pk, option.pk].score)
                for leaf in scored
                if (leaf.pk, option.pk) in agreed
            }
            for option in options
        },
    }


def analysis(appraisal: Appraisal) -> Appraised | None:
    """Weights, values, crossings and dominance as things stand now; None while a score or a weight lacks.

    Ranks under drawn weights come from a trial, which is kept; here they are of one draw, and say nothing.
    """
    if missing_to_weigh(appraisal):
        return None
    return appraise(reading.problem(document(appraisal)), draws=1)


def trials(appraisal: Appraisal) -> QuerySet[WeightTrial]:
    """Every trial of the weights, the newest first."""
    return appraisal.trials.all()


def current_trial(appraisal: Appraisal) -> WeightTrial | None:
    """The newest trial, if what went into it is what stands now."""
    newest = appraisal.trials.first()
    return newest if newest and newest.document == document(appraisal) else None


def missing_to_weigh(appraisal: Appraisal) -> list[str]:
    """What must be done before there are values, each as a sentence; empty when there is nothing."""
    levels, options = tree(appraisal), list(short_list(appraisal))
    found = []
    if len(options) < 2:
        found.append("Carry two options at least from the long list to the short list.")
    if not levels:
        found.append("Add a criterion.")
    if unweighed := [level.criterion.name for level in levels if level.criterion.swing is None]:
        found.append(f"Weigh {_listed(unweighed)}.")
    found += [f"Give one of {_listed(names)} a weight of more than 0." for names in _weightless(levels)]
    agreed = agreed_scores(appraisal)
    if lacking := sum((level.criterion.pk, option.pk) not in agreed
                      for level in levels if level.is_leaf for option in options):  # fmt: skip
        found.append(f"Agree {counted(lacking, 'score')} that {'is' if lacking == 1 else 'are'} missing.")
    return found


def missing_to_conclude(appraisal: Appraisal) -> list[str]:
    """What must be done before the appraisal can be concluded, the trial of weights aside."""
    options = list(long_list(appraisal))
    factors = appraisal.factors.count()
    open_ones = [
        option.name for option in options if option.fate == Option.Fate.OPEN or len(option.judgements.all()) < factors
    ]
    without = [option.name for option in options if option.fate in ON_SHORT_LIST and not hasattr(option, "money")]
    found = [f"Judge {_listed(open_ones)} on the long list."] if open_ones else []
    found += missing_to_weigh(appraisal)
    found += [f"Say what {_listed(without)} would do with a year's money."] if without else []
    return found


def progress(commission: Commission) -> Progress:
    """How the appraisal stands, for the thread of the commission."""
    appraisal = latest(commission)
    if appraisal is None:
        return Progress("appraisal", "Options appraisal", "plan", False, "", "Nothing has been appraised yet.")
    if not appraisal.is_draft:
        words = f"{appraisal.preferred} is preferred, of {counted(appraisal.options.count(), 'option')}."
        return Progress("appraisal", "Options appraisal", "plan", True, words)
    missing = missing_to_conclude(appraisal) or ["Try other weights, and conclude."]
    words = f"{counted(appraisal.options.count(), 'option')} on the long list, {short_list(appraisal).count()} short."
    return Progress("appraisal", "Options appraisal", "plan", False, words, missing[0])


def _nodes(levels: list[Level], parent: int | None) -> list[dict[str, Any]]:
    rows = []
    for level in (level for level in levels if level.criterion.parent_id == parent):
        criterion = level.criterion
        row: dict[str, Any] = {"name": criterion.name, "swing": _number(criterion.swing or Decimal(0))}
        if not level.is_leaf:
            row["children"] = _nodes(levels, criterion.pk)
        else:
            row["scale"] = criterion.scale
            if criterion.worst is not None and criterion.best is not None:
                row |= {"worst": _number(criterion.worst), "best": _number(criterion.best)}
        rows.append(row)
    return rows


def _weightless(levels: list[Level]) -> Iterator[list[str]]:
    """Siblings that are all weighed at 0: there is nothing to share out among them."""
    groups: dict[int | None, list[Criterion]] = {}
    for level in levels:
        groups.setdefault(level.criterion.parent_id, []).append(level.criterion)
    for siblings in groups.values():
        if all(criterion.swing == 0 for criterion in siblings):
            yield [criterion.name for criterion in siblings]


def _number(value: Decimal) -> int | float:
    """As JSON writes it: 100, not 100.00."""
    return int(value) if value == value.to_integral_value() else float(value)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

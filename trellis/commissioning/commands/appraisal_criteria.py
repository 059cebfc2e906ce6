"""Writes to the tree of criteria and its weights."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from trellis.commissioning.commands.appraisal_changes import record_change
from trellis.commissioning.models import Appraisal, Criterion, Score
from trellis.commissioning.rules import appraisal as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def add_criterion(
    *,
    appraisal: Appraisal,
    name: str,
    question: str,
    parent: Criterion | None = None,
    scale: str = Criterion.Scale.FIXED,
    worst: Decimal | None = None,
    best: Decimal | None = None,
    unit: str = "points",
    by: Actor,
) -> Criterion:
    """Add a criterion, at the top or under another. Its siblings are weighed again: it changes what each is worth."""
    rules.check_name(name)
    rules.check_scale(scale=scale, worst=worst, best=best)
    rules.check_level(_level(parent) + 1)
    record_change(appraisal=appraisal, verb="add_criterion", by=by, facts={"criterion": name})
    if parent and Score.objects.filter(criterion=parent).exists():
        raise RuleBroken(f"{parent} has scores, so it cannot be the sum of others.", field="parent")
    try:
        with transaction.atomic():
            made = Criterion.objects.create(
                appraisal=appraisal,
                parent=parent,
                name=name,
                question=question,
                scale=scale,
                worst=worst,
                best=best,
                unit=unit,
                order=(appraisal.criteria.aggregate(last=Max("order"))["last"] or 0) + 1,
            )
    except IntegrityError as error:
        raise RuleBroken(f"There is a criterion called “{name}” already.", field="name") from error
    _forget_weights(made)
    return made


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: Actor) -> None:
    """Take out a criterion and its scores. Its siblings are weighed again."""
    record_change(appraisal=criterion.appraisal, verb="remove_criterion", by=by, facts={"criterion": criterion.name})
    if criterion.children.exists():
        raise RuleBroken(f"Take out what stands under {criterion} first.")
    _forget_weights(criterion)
    Criterion.objects.filter(pk=criterion.pk).delete()


@transaction.atomic
def set_weights(
    *, appraisal: Appraisal, basis: str, weights: Mapping[Criterion, tuple[Decimal, str]], by: Actor
) -> None:
    """Weigh the criteria that stand side by side, each with its reason.

    `basis` is "swing", 100 for the swing that matters most, or "share", adding up to 100. All siblings are weighed at
    once: a weight says something only beside the others.
    """
    rules.check_weights(
        basis=basis,
        weights=[weight for weight, _reason in weights.values()],
        reasons=[reason for _weight, reason in weights.values()],
    )
    facts = {criterion.name: str(weight) for criterion, (weight, _reason) in weights.items()}
    record_change(appraisal=appraisal, verb="set_weights", by=by, facts={"basis": basis, "weights": facts})
    siblings = set(appraisal.criteria.filter(parent=next(iter(weights)).parent))
    if siblings != set(weights):
        raise RuleBroken("The criteria have changed since you opened this page. Weigh those that there are now.")
    for criterion, (weight, reason) in weights.items():
        Criterion.objects.filter(pk=criterion.pk).update(basis=basis, swing=weight, swing_reason=reason)


def _level(criterion: Criterion | None) -> int:
    return 1 + _level(criterion.parent) if criterion else 0


def _forget_weights(criterion: Criterion) -> None:
    siblings = Criterion.objects.filter(appraisal=criterion.appraisal_id, parent=criterion.parent_id)
    siblings.update(swing=None, swing_reason="")

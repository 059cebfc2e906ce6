"""A new version of an appraisal: everything that was said in the one before, to be changed from there."""

from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from trellis.audit import commands as audit
from trellis.commissioning.models import (
    AgreedScore,
    Appraisal,
    Criterion,
    Judgement,
    MoneyModel,
    Score,
)
from trellis.core.actors import Actor

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def copy_appraisal(*, source: Appraisal, target: Appraisal, by: Actor) -> None:
    """Give an empty version all that another holds, except its trials and its conclusion."""
    factors = {each: _again(each, appraisal=target) for each in source.factors.all()}
    options = {each: _again(each, appraisal=target) for each in source.options.all()}
    scorers = {each: _again(each, appraisal=target) for each in source.scorers.all()}
    criteria: dict[Criterion, Criterion] = {}
    _copy_criteria(source, None, target, criteria)
    for judgement in Judgement.objects.filter(option__appraisal=source):
        _again(judgement, option=options[judgement.option], factor=factors[judgement.factor])
    for money in MoneyModel.objects.filter(option__appraisal=source):
        _again(money, option=options[money.option])
    for score in Score.objects.filter(option__appraisal=source):
        _again(score, scorer=scorers[score.scorer], option=options[score.option], criterion=criteria[score.criterion])
    for agreed in AgreedScore.objects.filter(option__appraisal=source):
        who = [scorers[each] for each in agreed.dissenters.all()]
        _again(agreed, option=options[agreed.option], criterion=criteria[agreed.criterion]).dissenters.set(who)
    audit.record(
        by=by,
        action="commissioning.copy_appraisal",
        subject=f"commission {source.commission.reference}",
        facts={"from": source.version, "to": target.version},
    )


def _copy_criteria(
    source: Appraisal, parent: Criterion | None, target: Appraisal, made: dict[Criterion, Criterion]
) -> None:
    for each in source.criteria.filter(parent=parent):
        made[each] = _again(each, appraisal=target, parent=made[parent] if parent else None)
        _copy_criteria(source, each, target, made)


def _again(row: Row, **changes: Model | None) -> Row:
    """Another row like it, with some foreign keys changed."""
    fields = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)._default_manager.create(**{name: getattr(row, name) for name in fields} | changes)

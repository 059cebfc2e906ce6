"""Writes to the long list: options, success factors, what becomes of each option, and its money."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from trellis.commissioning.commands.appraisal_changes import record_change
from trellis.commissioning.models import Appraisal, Judgement, MoneyModel, Option, SuccessFactor
from trellis.commissioning.rules import appraisal as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

TAKEN = "There is one called “{0}” already: give this one another name."


@transaction.atomic
def add_option(*, appraisal: Appraisal, name: str, description: str, by: Actor) -> Option:
    """Put an option on the long list, after those there are."""
    rules.check_name(name)
    record_change(appraisal=appraisal, verb="add_option", by=by, facts={"option": name})
    order = (appraisal.options.aggregate(last=Max("order"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return Option.objects.create(appraisal=appraisal, name=name, description=description, order=order)
    except IntegrityError as error:
        raise RuleBroken(TAKEN.format(name), field="name") from error


@transaction.atomic
def describe_option(*, option: Option, name: str, description: str, by: Actor) -> None:
    """Say what an option is called and what it is."""
    rules.check_name(name)
    record_change(appraisal=option.appraisal, verb="describe_option", by=by, facts={"option": name, "was": option.name})
    try:
        with transaction.atomic():
            Option.objects.filter(pk=option.pk).update(name=name, description=description)
    except IntegrityError as error:
        raise RuleBroken(TAKEN.format(name), field="name") from error
    option.name, option.description = name, description


@transaction.atomic
def remove_option(*, option: Option, by: Actor) -> None:
    """Take an option off the long list, with all that was said of it. The two that every long list has stay."""
    rules.check_can_remove_option(option.kind)
    record_change(appraisal=option.appraisal, verb="remove_option", by=by, facts={"option": option.name})
    Option.objects.filter(pk=option.pk).delete()


@transaction.atomic
def judge_option(*, option: Option, verdicts: Mapping[SuccessFactor, str], fate: str, reason: str, by: Actor) -> None:
    """Hold an option against every success factor, and carry it, discount it or prefer it with a reason."""
    factors = option.appraisal.factors.count()
    rules.check_can_judge(fate=fate, reason=reason, judged=len(verdicts), factors=factors)
    record_change(appraisal=option.appraisal, verb="judge_option", by=by, facts={"option": option.name, "fate": fate})
    for factor, verdict in verdicts.items():
        Judgement.objects.update_or_create(option=option, factor=factor, defaults={"verdict": verdict})
    try:
        with transaction.atomic():
            Option.objects.filter(pk=option.pk).update(fate=fate, fate_reason=reason)
    except IntegrityError as error:
        raise RuleBroken("Another option is the preferred way forward: there is one at most.", field="fate") from error
    option.fate, option.fate_reason = fate, reason


@transaction.atomic
def add_factor(*, appraisal: Appraisal, name: str, question: str, by: Actor) -> SuccessFactor:
    """Add a critical success factor of the appraisal's own. Options judged before are to be judged again."""
    record_change(appraisal=appraisal, verb="add_factor", by=by, facts={"factor": name})
    order = (appraisal.factors.aggregate(last=Max("order"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return SuccessFactor.objects.create(appraisal=appraisal, name=name, question=question, order=order)
    except IntegrityError as error:
        raise RuleBroken(TAKEN.format(name), field="name") from error


@transaction.atomic
def remove_factor(*, factor: SuccessFactor, by: Actor) -> None:
    """Take a critical success factor out, with what was said of it. One stays at least."""
    record_change(appraisal=factor.appraisal, verb="remove_factor", by=by, facts={"factor": factor.name})
    if factor.appraisal.factors.count() == 1:
        raise RuleBroken("Keep one success factor at least.")
    SuccessFactor.objects.filter(pk=factor.pk).delete()


@transaction.atomic
def set_money(
    *,
    option: Option,
    yearly_value: Decimal,
    management_cost: Decimal,
    organisations_reached: int,
    is_illustrative: bool,
    basis: str,
    by: Actor,
) -> MoneyModel:
    """Say what an option does with a year's money, in pounds, and where the figures come from."""
    rules.check_money(yearly_value=yearly_value, management_cost=management_cost)
    record_change(
        appraisal=option.appraisal,
        verb="set_money",
        by=by,
        facts={"option": option.name, "yearly_value": str(yearly_value), "management_cost": str(management_cost),
               "organisations_reached": organisations_reached, "is_illustrative": is_illustrative},
    )  # fmt: skip
    model, _ = MoneyModel.objects.update_or_create(
        option=option,
        defaults={
            "yearly_value": yearly_value,
            "management_cost": management_cost,
            "organisations_reached": organisations_reached,
            "is_illustrative": is_illustrative,
            "basis": basis,
        },
    )
    return model

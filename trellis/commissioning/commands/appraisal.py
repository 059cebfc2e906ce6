"""Writes to an appraisal as a whole: opening it, trying its weights, concluding it, and a version after that."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning.appraisal import appraise, reading
from trellis.commissioning.appraisal.findings import DRAWS, SEED, as_json
from trellis.commissioning.commands.appraisal_changes import record_change
from trellis.commissioning.commands.appraisal_copying import copy_appraisal
from trellis.commissioning.models import Appraisal, Commission, Option, SuccessFactor, WeightTrial
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.rules import appraisal as rules
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

STANDING = (Option.Kind.AS_USUAL, Option.Kind.MINIMUM)


@transaction.atomic
def open_appraisal(
    *, commission: Commission, is_illustrative: bool = False, reason: str = "", models: Sequence[str] = (), by: Actor
) -> Appraisal:
    """Begin a commission's appraisal, or a new version of one that is concluded, for a `reason`.

    The first has the rulebook's success factors, business as usual, do-minimum and the options named in `models`; a
    later one begins as a copy.
    `is_illustrative`: its scores and weights only show how it is done, and every page says so.
    """
    last = Appraisal.objects.select_for_update().filter(commission=commission).first()
    rules.check_can_open_version(has_draft=bool(last and last.is_draft), is_first=last is None, reason=reason)
    try:
        with transaction.atomic():
            made = Appraisal.objects.create(
                commission=commission,
                version=last.version + 1 if last else 1,
                reason=reason,
                is_illustrative=is_illustrative,
                opened_on=clock.today(),
            )
    except IntegrityError as error:
        raise RuleBroken("Somebody opened a version just now: change that one.") from error
    if last:
        copy_appraisal(source=last, target=made, by=by)
    else:
        _begin(made, models)
    audit.record(
        by=by,
        action="commissioning.open_appraisal",
        subject=f"commission {commission.reference}",
        facts={"version": made.version, "reason": reason, "is_illustrative": is_illustrative},
    )
    return made


@transaction.atomic
def try_weights(*, appraisal: Appraisal, draws: int = DRAWS, seed: int = SEED, by: Actor) -> WeightTrial:
    """Rank the options under drawn weights, and keep what went in and what came out. RuleBroken while scores lack."""
    rules.check_can_try(draws=draws, missing=queries.missing_to_weigh(appraisal))
    record_change(appraisal=appraisal, verb="try_weights", by=by, facts={"draws": draws, "seed": seed})
    document = queries.document(appraisal)
    found = appraise(reading.problem(document), draws=draws, seed=seed)
    return WeightTrial.objects.create(
        appraisal=appraisal, draws=draws, seed=seed, run_on=clock.today(), document=document, result=as_json(found)
    )


@transaction.atomic
def conclude_appraisal(*, appraisal: Appraisal, preferred: Option, conclusion: str, by: Actor) -> None:
    """Record the option that is preferred and why; after this the version does not change.

    RuleBroken while anything is missing, when the weights were not tried as they are now, for an option that is not on
    the short list, and without reasons.
    """
    record_change(appraisal=appraisal, verb="conclude_appraisal", by=by, facts={"preferred": preferred.name})
    rules.check_can_conclude(
        missing=queries.missing_to_conclude(appraisal),
        is_tried=queries.current_trial(appraisal) is not None,
        is_on_short_list=queries.short_list(appraisal).filter(pk=preferred.pk).exists(),
        reasons=conclusion,
    )
    concluded = Appraisal.objects.filter(pk=appraisal.pk, status=Appraisal.Status.DRAFT).update(
        status=Appraisal.Status.CONCLUDED, preferred=preferred, conclusion=conclusion, concluded_on=clock.today()
    )
    if not concluded:
        raise RuleBroken("Somebody concluded it just now.")
    appraisal.refresh_from_db()


def _begin(appraisal: Appraisal, models: Sequence[str]) -> None:
    factors = rulebook.value("appraisal.success_factors", on=clock.today())
    for order, (name, question) in enumerate(factors.items(), start=1):
        SuccessFactor.objects.create(appraisal=appraisal, name=name, question=question, order=order)
    for order, kind in enumerate(STANDING, start=1):
        Option.objects.create(appraisal=appraisal, kind=kind, name=kind.label, order=order)
    for order, name in enumerate(dict.fromkeys(models), start=len(STANDING) + 1):
        rules.check_name(name)
        Option.objects.create(appraisal=appraisal, name=name, order=order)

"""Writes of what the authority wants and how it can tell."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from trellis.audit import commands as audit
from trellis.commissioning.models import Indicator, Outcome
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

TAKEN = "There is already an {0} called {1}, or another was set down at this moment: look at the list."


@transaction.atomic
def define_outcome(*, code: str, name: str, statement: str, by: Actor) -> Outcome:
    """Set down an outcome, after those there are. `statement` is the authority's own words."""
    try:
        with transaction.atomic():
            outcome = Outcome.objects.create(code=code, name=name, statement=statement, order=_next(Outcome))
    except IntegrityError as error:
        raise RuleBroken(TAKEN.format("outcome", code), field="code") from error
    audit.record(by=by, action="commissioning.define_outcome", subject=f"outcome {code}", facts={"name": name})
    return outcome


@transaction.atomic
def define_indicator(
    *, outcome: Outcome, code: str, name: str, definition: str, unit: str, decimals: int, polarity: str, by: Actor
) -> Indicator:
    """Set down how one can tell that an outcome is reached, after the indicators there are.

    `code` names the expression that computes it (performance.indicators); `decimals` is how many are shown;
    `polarity` is "higher" or "lower", whichever is better.
    """
    if polarity not in Indicator.Polarity.values:
        raise RuleBroken("Say whether higher or lower is better.", field="polarity")
    try:
        with transaction.atomic():
            indicator = Indicator.objects.create(
                outcome=outcome,
                code=code,
                name=name,
                definition=definition,
                unit=unit,
                decimals=decimals,
                polarity=polarity,
                order=_next(Indicator),
            )
    except IntegrityError as error:
        raise RuleBroken(TAKEN.format("indicator", code), field="code") from error
    audit.record(
        by=by,
        action="commissioning.define_indicator",
        subject=f"indicator {code}",
        facts={"outcome": outcome.code, "name": name, "unit": unit, "polarity": polarity},
    )
    return indicator


def _next(model: type[Outcome] | type[Indicator]) -> int:
    return (model.objects.aggregate(last=Max("order"))["last"] or 0) + 1

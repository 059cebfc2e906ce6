"""Writes of what the authority wants, how it can tell, and from where to where."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError

from trellis.audit import commands as audit
from trellis.commissioning.models import Commission, Indicator, Measure, Outcome
from trellis.commissioning.rules import outcomes as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@dataclass(frozen=True)
class MeasureLine:
    """A line of the table of measures, as it was filled in. `key` names it in refusals.

    `measure` is None for a line that is new; a line with nothing in it takes its measure out.
    """

    key: str
    indicator: Indicator
    measure: Measure | None
    name: str
    before: Decimal | None
    target: Decimal | None
    floor: Decimal | None
    source: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.name or self.source) and {self.before, self.target, self.floor} == {None}


TAKEN = "There is already an {0} with the code {1}, or another was set down at this moment: look at the list."


@transaction.atomic
def define_outcome(*, code: str, name: str, statement: str, commission: Commission | None = None, by: Actor) -> Outcome:
    """Set down an outcome, after those there are. `statement` is the authority's own words."""
    if commission and commission.outcomes.filter(name__iexact=name).exists():
        raise RuleBroken(f"There is an outcome called {name} already.", field="name")
    try:
        with transaction.atomic():
            outcome = Outcome.objects.create(
                code=code, name=name, statement=statement, commission=commission, order=_next(Outcome)
            )
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
    if outcome.indicators.filter(name__iexact=name).exists():
        raise RuleBroken(f"{outcome.name} has an indicator called {name} already.", field="name")
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


@transaction.atomic
def adopt_outcomes(*, commission: Commission, outcomes: Sequence[Outcome], by: Actor) -> None:
    """Say that outcomes which belong to no commission are this one's."""
    for outcome in outcomes:
        if not Outcome.objects.filter(pk=outcome.pk, commission__isnull=True).update(commission=commission):
            raise RuleBroken(f"{outcome.name} belongs to a commission already.")
        outcome.commission = commission
        _record(by, "adopt_outcome", outcome, commission=commission.reference)


@transaction.atomic
def change_outcome(*, outcome: Outcome, name: str, statement: str, by: Actor) -> None:
    """Correct an outcome's name or words. Reports that are signed keep the words that they were signed with."""
    outcome.name, outcome.statement = name, statement
    outcome.save(update_fields=["name", "statement"])
    _record(by, "change_outcome", outcome, name=name)


@transaction.atomic
def drop_outcome(*, outcome: Outcome, by: Actor) -> None:
    """Take out an outcome that has no indicators."""
    _delete(outcome, "It has indicators, or something cites it. Take those out first.")
    _record(by, "drop_outcome", outcome, name=outcome.name)


@transaction.atomic
def change_indicator(*, indicator: Indicator, name: str, definition: str, unit: str, polarity: str, by: Actor) -> None:
    """Correct an indicator's words. RuleBroken when bounds that are set would then run the wrong way."""
    for measure in indicator.measures.filter(target__isnull=False):
        _check(
            MeasureLine("", indicator, measure, measure.name, measure.before, measure.target, measure.floor, ""),
            higher_is_better=polarity == Indicator.Polarity.HIGHER,
        )
    indicator.name, indicator.definition, indicator.unit, indicator.polarity = name, definition, unit, polarity
    indicator.save(update_fields=["name", "definition", "unit", "polarity"])
    _record(by, "change_indicator", indicator.outcome, indicator=indicator.code, name=name)


@transaction.atomic
def drop_indicator(*, indicator: Indicator, by: Actor) -> None:
    """Take out an indicator that has neither measures nor targets of a contract."""
    _delete(indicator, "It has measures, or a contract is judged by it. Take those out first.")
    _record(by, "drop_indicator", indicator.outcome, indicator=indicator.code)


@transaction.atomic
def set_measures(*, commission: Commission, lines: Sequence[MeasureLine], by: Actor) -> int:
    """Take over the table of measures: all of it or, with the first line that is wrong, nothing. Returns the changes.

    RuleBroken names the line by its key and the column: "m12-floor".
    """
    changed = [change for line in lines if (change := _set(line))]
    if changed:
        audit.record(
            by=by,
            action="commissioning.set_measures",
            subject=f"commission {commission.reference}",
            facts={"measures": changed},
        )
    return len(changed)


def _set(line: MeasureLine) -> dict[str, str] | None:
    """Save a line, if it says anything new: what to tell the audit of it."""
    measure = line.measure
    if line.is_empty:
        if measure is None:
            return None
        measure.delete()
        return {"indicator": line.indicator.code, "measure": measure.name, "taken": "out"}
    _check(line, higher_is_better=line.indicator.polarity == Indicator.Polarity.HIGHER)
    said = {name: getattr(line, name) for name in ("name", "before", "target", "floor", "source")}
    if measure and all(getattr(measure, name) == value for name, value in said.items()):
        return None
    try:
        with transaction.atomic():
            if measure is None:
                Measure.objects.create(indicator=line.indicator, **said)
            else:
                Measure.objects.filter(pk=measure.pk).update(**said)
    except IntegrityError as error:
        raise RuleBroken("The indicator has a measure of this name already.", field=f"{line.key}-name") from error
    figures = {name: str(value) for name, value in said.items() if value is not None and name != "name"}
    return {"indicator": line.indicator.code, "measure": line.name, **figures}


def _check(line: MeasureLine, *, higher_is_better: bool) -> None:
    try:
        rules.check_measure(
            name=line.name,
            before=line.before,
            target=line.target,
            floor=line.floor,
            higher_is_better=higher_is_better,
        )
    except RuleBroken as refusal:
        raise RuleBroken(refusal.sentence, field=f"{line.key}-{refusal.field}") from refusal


def _delete(row: Outcome | Indicator, used: str) -> None:
    code = row.pk
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise RuleBroken(used) from error
    row.pk = code


def _record(by: Actor, verb: str, outcome: Outcome, **facts: str) -> None:
    audit.record(by=by, action=f"commissioning.{verb}", subject=f"outcome {outcome.code}", facts=facts)


def _next(model: type[Outcome] | type[Indicator]) -> int:
    return (model.objects.aggregate(last=Max("order"))["last"] or 0) + 1

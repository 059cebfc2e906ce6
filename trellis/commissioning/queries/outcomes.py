"""Reads of what the authority wants, how it can tell, and what a commission intends.

Definitions in force are public. Those of a commission that is still being decided are its own people's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, count

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from trellis.commissioning.models import Commission, Indicator, Measure, Outcome
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.rules.outcomes import DRAFTING_STAGES
from trellis.web.words import counted


@dataclass(frozen=True)
class IndicatorDefinition:
    """How one can tell: what counts, in which unit and with how many decimals, and which way is better."""

    code: str
    name: str
    definition: str
    unit: str
    decimals: int
    higher_is_better: bool


@dataclass(frozen=True)
class OutcomeDefinition:
    """What is to be different, in the authority's words, and the indicators that show it."""

    code: str
    name: str
    statement: str
    indicators: tuple[IndicatorDefinition, ...]


def outcomes(beside: Collection[str] = ()) -> tuple[OutcomeDefinition, ...]:
    """Every outcome in force, in the authority's order, each with its indicators. A handful of queries, however many.

    Those of a commission are in force from its decision on: until then they are drafts, which nobody is judged by.
    With `beside`, codes of indicators: the outcomes of the commissions that those belong to, and no other's.
    """
    rows = Outcome.objects.exclude(commission__stage__in=DRAFTING_STAGES).prefetch_related("indicators")
    if beside:
        belonging = Indicator.objects.filter(code__in=beside).values_list("outcome__commission", flat=True)
        commissions = set(belonging)
        of_none = Q(commission=None) if None in commissions else Q()
        rows = rows.filter(Q(commission__in=commissions - {None}) | of_none)
    return tuple(
        OutcomeDefinition(
            outcome.code,
            outcome.name,
            outcome.statement,
            tuple(_definition(indicator) for indicator in outcome.indicators.all()),
        )
        for outcome in rows
    )


def defined_among(codes: Collection[str]) -> set[str]:
    """Those of some codes that are an indicator's."""
    return set(Indicator.objects.filter(code__in=codes).values_list("code", flat=True))


def free_outcome_code(name: str) -> str:
    """A code made of a name, with a number behind it when another outcome, perhaps another commission's, has it."""
    return _free(Outcome.objects.all(), slugify(name) or "outcome", 40)


def free_indicator_code(name: str) -> str:
    """The same for an indicator."""
    return _free(Indicator.objects.all(), slugify(name) or "indicator", 60)


def _free(rows: QuerySet, wanted: str, length: int) -> str:
    taken = set(rows.filter(pk__startswith=wanted[: length - 4]).values_list("pk", flat=True))
    numbered = (f"{wanted[: length - 4]}-{number}" for number in count(2))
    return next(code for code in chain([wanted[:length]], numbered) if code not in taken)


def outcomes_of(commission: Commission) -> QuerySet[Outcome]:
    """A commission's outcomes with their indicators, measures and the commitments that they follow from."""
    return commission.outcomes.prefetch_related("indicators__measures", "commitments__policy")


def indicators_of(commission: Commission) -> QuerySet[Indicator]:
    """A commission's indicators, in the order of its outcomes."""
    rows = Indicator.objects.filter(outcome__commission=commission).select_related("outcome")
    return rows.prefetch_related("measures").order_by("outcome__order", "order")


def measures_of(commission: Commission) -> QuerySet[Measure]:
    """A commission's measures, in the order of its outcomes."""
    rows = Measure.objects.filter(indicator__outcome__commission=commission).select_related("indicator__outcome")
    return rows.order_by("indicator__outcome__order", "indicator__order", "id")


def progress(commission: Commission) -> Progress:
    """How far the theory of change has come: every outcome needs an indicator, every indicator a target and floor."""
    found = list(outcomes_of(commission))
    indicators = [indicator for outcome in found for indicator in outcome.indicators.all()]
    measures = [measure for indicator in indicators for measure in indicator.measures.all()]
    missing = _missing(found, indicators, measures)
    words = f"{counted(len(found), 'outcome')}, {counted(len(indicators), 'indicator')}." if found else ""
    done = bool(found) and not missing
    return Progress("commission_outcomes", "Outcomes and indicators", "plan", done, words, missing)


def _missing(found: list[Outcome], indicators: list[Indicator], measures: list[Measure]) -> str:
    if not found:
        return "No outcome is set."
    without = [outcome for outcome in found if not outcome.indicators.all()]
    if without:
        return f"{counted(len(without), 'outcome')} without an indicator."
    bounds = {one.indicator_id for one in measures if one.target is not None and one.floor is not None}
    loose = [indicator for indicator in indicators if indicator.pk not in bounds]
    return f"{counted(len(loose), 'indicator')} without a target and a floor." if loose else ""


def _definition(indicator: Indicator) -> IndicatorDefinition:
    return IndicatorDefinition(
        indicator.code,
        indicator.name,
        indicator.definition,
        indicator.unit,
        indicator.decimals,
        indicator.polarity == Indicator.Polarity.HIGHER,
    )

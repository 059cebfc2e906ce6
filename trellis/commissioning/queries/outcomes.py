"""Reads of what the authority wants and how it can tell. Definitions are public; nothing here is scoped by person."""

from dataclasses import dataclass

from trellis.commissioning.models import Indicator, Outcome


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


def outcomes() -> tuple[OutcomeDefinition, ...]:
    """Every outcome in the authority's order, each with its indicators in theirs. Two queries, however many."""
    return tuple(
        OutcomeDefinition(
            outcome.code,
            outcome.name,
            outcome.statement,
            tuple(_definition(indicator) for indicator in outcome.indicators.all()),
        )
        for outcome in Outcome.objects.prefetch_related("indicators")
    )


def indicators() -> tuple[IndicatorDefinition, ...]:
    """Every indicator, in the authority's order."""
    return tuple(_definition(indicator) for indicator in Indicator.objects.all())


def _definition(indicator: Indicator) -> IndicatorDefinition:
    return IndicatorDefinition(
        indicator.code,
        indicator.name,
        indicator.definition,
        indicator.unit,
        indicator.decimals,
        indicator.polarity == Indicator.Polarity.HIGHER,
    )

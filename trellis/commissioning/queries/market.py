"""Reads of market engagement: with names for those who work on it, counted and without names for everybody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet
from django.utils.timezone import localtime

from trellis.commissioning.models import (
    Commission,
    MarketAnswer,
    MarketEvent,
    MarketModel,
    MarketPublication,
    MarketQuestion,
    Provider,
)
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.rules import market as rules
from trellis.core import clock, rulebook
from trellis.web.words import counted

FEWEST = "findings.suppression_threshold"
NO_PREFERENCE = "No preference"


@dataclass(frozen=True)
class Preferences:
    """How many providers prefer each model: in all and by kind of provider. Inside the authority only."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    answered: int


@dataclass(frozen=True)
class Said:
    """What providers say to one statement, as counts by stance."""

    question: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class PublishedStatement:
    """A statement with what is published of the answers to it; no counts where too few answered."""

    question: str
    counts: tuple[rules.PublishedCount, ...]


@dataclass(frozen=True)
class PublishedMarket:
    """What everybody may read: no names, no count that speaks of fewer than `fewest` providers."""

    title: str
    published_on: date
    fewest: int
    answered: int
    preferences: tuple[rules.PublishedCount, ...]
    kinds: tuple[rules.PublishedCount, ...]
    statements: tuple[PublishedStatement, ...]
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    events: tuple[tuple[str, date, str], ...]
    is_illustrative: bool


def providers(commission: Commission) -> QuerySet[Provider]:
    """Whom the commission asks, by name."""
    rows = Provider.objects.filter(commission=commission)
    return rows.select_related("commission", "preferred", "organisation").prefetch_related("answers")


def events(commission: Commission) -> QuerySet[MarketEvent]:
    """Its meetings with providers, the first first."""
    rows = (
        MarketEvent.objects.filter(commission=commission).select_related("commission").annotate(came=Count("providers"))
    )
    return rows.order_by("held_on", "pk")


def last_answer_on(commission: Commission) -> date | None:
    """The day of the latest answer: many answer on one day, at one event."""
    return providers(commission).aggregate(last=Max("answered_on"))["last"]


def models(commission: Commission) -> QuerySet[MarketModel]:
    """The models that providers are asked about."""
    return MarketModel.objects.filter(commission=commission).select_related("commission")


def questions(commission: Commission) -> QuerySet[MarketQuestion]:
    """The statements that providers agree with or not."""
    return MarketQuestion.objects.filter(commission=commission).select_related("commission")


def preferences(commission: Commission) -> Preferences:
    """Who prefers what, with the small numbers."""
    rows = [row for row in providers(commission) if row.answered_on]
    names = [*(model.name for model in models(commission)), NO_PREFERENCE]
    kinds = [str(label) for label in Provider.Kind.labels]
    found = Counter((_preference(row), row.get_kind_display()) for row in rows)
    return Preferences(
        tuple(kinds),
        tuple(
            (name, tuple(found[name, kind] for kind in kinds), sum(found[name, kind] for kind in kinds))
            for name in names
        ),
        len(rows),
    )


def said(commission: Commission) -> tuple[Said, ...]:
    """What providers say to each statement."""
    rows = MarketAnswer.objects.filter(question__commission=commission).values_list("question_id", "stance")
    found = Counter(rows)
    return tuple(
        Said(question.text, {str(stance.label): found[question.pk, stance.value] for stance in MarketAnswer.Stance})
        for question in questions(commission)
    )


def published_market(reference: str) -> PublishedMarket | None:
    """What is published of a commission's market engagement; None while nothing is."""
    found = MarketPublication.objects.filter(commission__reference=reference).select_related("commission").first()
    return as_published(found.commission, on=localtime(found.published_at).date()) if found else None


def as_published(commission: Commission, *, on: date) -> PublishedMarket:
    """What would be published of it now."""
    fewest = rulebook.value(FEWEST, on=clock.today())
    rows = [row for row in providers(commission) if row.answered_on]
    found = preferences(commission)
    by_model = {name: total for name, _by_kind, total in found.rows}
    by_kind = Counter(row.get_kind_display() for row in rows)
    return PublishedMarket(
        title=commission.title,
        published_on=on,
        fewest=fewest,
        answered=len(rows),
        preferences=rules.published(by_model, fewest=fewest),
        kinds=rules.published({kind: by_kind[kind] for kind in found.kinds}, fewest=fewest),
        statements=tuple(
            PublishedStatement(one.question, rules.published(one.counts, fewest=fewest)) for one in said(commission)
        ),
        reasons=_reasons(rows, by_model, fewest),
        events=tuple((row.name, row.held_on, row.note) for row in events(commission)),
        is_illustrative=any(row.is_illustrative for row in rows),
    )


def progress(commission: Commission) -> Progress:
    """Whether the market was asked, has answered, and can read what it said."""
    asked, met = providers(commission).count(), events(commission).count()
    answered = providers(commission).filter(answered_on__isnull=False).count()
    is_published = MarketPublication.objects.filter(commission=commission).exists()
    words = f"{counted(met, 'event')}, {answered} of {counted(asked, 'provider')} answered." if asked or met else ""
    missing = (
        "No provider has been asked." if not asked else "Nobody has answered." if not answered else
        "" if is_published else "What they said is not published."
    )  # fmt: skip
    return Progress("market", "Market engagement", "plan", is_published, words, missing)


def _preference(row: Provider) -> str:
    return row.preferred.name if row.preferred else NO_PREFERENCE


def _reasons(rows: list[Provider], by_model: Mapping[str, int], fewest: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Reasons under the model that they speak for, each once, in the order of their words; those of few together."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        name = _preference(row)
        if row.public_reasons and by_model.get(name, 0):
            groups.setdefault(name if by_model[name] >= fewest else "Other views", []).append(row.public_reasons)
    return tuple((name, tuple(sorted(set(texts)))) for name, texts in groups.items())

"""Reads of findings with the evidence under them, as officers see them and as they may be published."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from trellis.commissioning.models import (
    Coding,
    Commission,
    Consultation,
    FieldNote,
    Finding,
    Quote,
    SurveyAnswer,
    SurveyResponse,
    Theme,
)
from trellis.commissioning.queries import themes as texts
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.rules import findings_suppression as suppression
from trellis.core import rulebook
from trellis.web.words import counted


@dataclass(frozen=True)
class FindingEvidence:
    """A finding as papers cite it. `people` answered so in consultations, `of` them in all; None where withheld.

    `heard` is how many interviews and workshops said it too.
    """

    number: int
    statement: str
    explanation: str
    people: int | None
    of: int
    heard: int
    quotes: tuple[str, ...]
    outcomes: tuple[str, ...]
    is_illustrative: bool


@dataclass(frozen=True)
class ThemeSaid:
    """A theme of one consultation: how many people spoke of it (None where withheld), and what was done."""

    theme: Theme
    people: int | None
    words: str
    quotes: tuple[str, ...]


def threshold(on: date) -> int:
    """The smallest number of people that is published on a day."""
    return rulebook.value("findings.suppression_threshold", on=on)


def findings(commission: Commission) -> QuerySet[Finding]:
    """Its findings, by their number."""
    return commission.findings.select_related("commission").prefetch_related("themes", "outcomes", "quotes")


def evidence(commission: Commission, on: date) -> tuple[FindingEvidence, ...]:
    """Every finding with its evidence, as it may be published on a day: small numbers are withheld."""
    of = _sent(commission).count()
    illustrative = commission.consultations.filter(is_illustrative=True).exists()
    return tuple(_evidence(finding, of, threshold(on), illustrative) for finding in findings(commission))


def people_behind(finding: Finding) -> int:
    """How many people's answers are coded to any of its themes, each person once."""
    return _people(Coding.objects.filter(theme__findings=finding))


def notes_behind(finding: Finding) -> int:
    """How many interviews and workshops are."""
    return FieldNote.objects.filter(codings__theme__findings=finding).distinct().count()


def texts_behind(finding: Finding) -> list[texts.Text]:
    """What may be quoted: answers and notes that are coded to its themes, notes first."""
    heard = FieldNote.objects.filter(codings__theme__findings=finding).distinct()
    written = SurveyAnswer.objects.filter(codings__theme__findings=finding).distinct().select_related("question")
    return [*heard, *written.order_by("pk")]


def quotes(finding: Finding) -> QuerySet[Quote]:
    """Its quotes."""
    return finding.quotes.select_related("finding__commission", "answer", "note")


def themes_of(consultation: Consultation) -> list[ThemeSaid]:
    """The themes that answers to a consultation are coded to, the most frequent first, as officers see them."""
    people = (
        Coding.objects.filter(answer__response__consultation=consultation, answer__response__status="sent")
        .values("theme")
        .annotate(people=Count("answer__response", distinct=True))
    )
    counts = {row["theme"]: row["people"] for row in people}
    replies = dict(consultation.replies.values_list("theme_id", "words"))
    themes = consultation.commission.themes.filter(pk__in=counts)
    said = [ThemeSaid(theme, counts[theme.pk], replies.get(theme.pk, ""), ()) for theme in themes]
    return sorted(said, key=lambda one: (-(one.people or 0), one.theme.name))


def you_said(consultation: Consultation, on: date) -> list[ThemeSaid]:
    """“You said, we did” as it may be published on a day: small numbers withheld, and quotes that a person edited."""
    of, least = sent_count(consultation), threshold(on)
    return [
        ThemeSaid(
            one.theme,
            suppression.publish_share(one.people or 0, of, threshold=least),
            one.words,
            _quotes_from(consultation, one.theme),
        )
        for one in themes_of(consultation)
    ]


def sent_count(consultation: Consultation) -> int:
    """How many answers count."""
    return consultation.responses.filter(status="sent").count()


def progress(commission: Commission) -> Progress:
    """How far findings are: their evidence, and whether people were told."""
    found, sent = commission.findings.count(), _sent(commission).count()
    untold = commission.consultations.exclude(status="told").count()
    has_begun = found or commission.consultations.exists() or commission.field_notes.exists()
    words = f"{counted(found, 'finding')} from {counted(sent, 'answer')} and {_heard(commission)}." if has_begun else ""
    missing = ""
    if not found:
        missing = "State what is wrong, from what people said."
    elif untold:
        missing = f"Tell people what became of {counted(untold, 'consultation')}."
    return Progress("findings", "Findings", "analyse", bool(found) and not untold, words, missing)


def _heard(commission: Commission) -> str:
    return counted(commission.field_notes.count(), "interview or workshop", "interviews and workshops")


def _sent(commission: Commission) -> QuerySet[SurveyResponse]:
    return SurveyResponse.objects.filter(consultation__commission=commission, status="sent")


def _people(codings: QuerySet[Coding]) -> int:
    sent = codings.filter(answer__response__status="sent")
    return sent.aggregate(people=Count("answer__response", distinct=True))["people"]


def _evidence(finding: Finding, of: int, least: int, is_illustrative: bool) -> FindingEvidence:
    parts = [_people(Coding.objects.filter(theme=theme)) for theme in finding.themes.all()]
    return FindingEvidence(
        number=finding.number,
        statement=finding.statement,
        explanation=finding.explanation,
        people=suppression.publish_union(people_behind(finding), parts, of, threshold=least),
        of=of,
        heard=notes_behind(finding),
        quotes=tuple(quote.words for quote in finding.quotes.all()),
        outcomes=tuple(outcome.name for outcome in finding.outcomes.all()),
        is_illustrative=is_illustrative,
    )


def _quotes_from(consultation: Consultation, theme: Theme) -> tuple[str, ...]:
    mine = Quote.objects.filter(answer__response__consultation=consultation, answer__codings__theme=theme)
    return tuple(dict.fromkeys(mine.order_by("pk").values_list("words", flat=True)))

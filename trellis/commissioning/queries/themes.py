"""Reads of notes, themes and of what still waits to be coded."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from trellis.commissioning.models import Coding, Commission, FieldNote, SurveyAnswer, Theme
from trellis.commissioning.rules import themes as rules
from trellis.commissioning.rules.themes import Suggestion

EXAMPLES = 60  # texts of a theme that a suggestion looks at, the latest first
Text = SurveyAnswer | FieldNote


@dataclass(frozen=True)
class Coded:
    """A text with its themes: an answer or a note, and from where it comes in words."""

    kind: str
    id: int
    text: str
    source: str
    themes: tuple[str, ...]


def notes(commission: Commission) -> QuerySet[FieldNote]:
    """What was heard in interviews and workshops."""
    return commission.field_notes.select_related("commission")


def themes(commission: Commission) -> QuerySet[Theme]:
    """Its themes, each with how many answers and notes are coded to it."""
    return commission.themes.select_related("commission").annotate(
        answers=Count("codings", filter=Q(codings__answer__isnull=False)),
        notes=Count("codings", filter=Q(codings__note__isnull=False)),
    )


def answers(commission: Commission) -> QuerySet[SurveyAnswer]:
    """What people wrote in their own words, to any consultation of the commission, of the answers that were sent."""
    return (
        SurveyAnswer.objects.filter(
            response__consultation__commission=commission, response__status="sent", question__kind="text"
        )
        .select_related("question__consultation")
        .prefetch_related("codings__theme")
        .order_by("pk")
    )


def text(commission: Commission, kind: str, number: int) -> Text | None:
    """An answer or a note by its number; None when it is not of this commission."""
    found: Text | None = None
    if kind == "answer":
        found = answers(commission).filter(pk=number).first()
    elif kind == "note":
        found = notes(commission).filter(pk=number).first()
    return found


def source_words(text: Text) -> str:
    """Where a text comes from, in words that name nobody."""
    return text.question.wording if isinstance(text, SurveyAnswer) else str(text)


def next_uncoded(commission: Commission, after: Text | None = None) -> tuple[str, int] | None:
    """The kind and number of the next text without a theme: notes first, then answers, after the one that was last."""
    start = after.pk if isinstance(after, SurveyAnswer) else 0
    if not isinstance(after, SurveyAnswer):
        older = notes(commission).filter(codings=None, pk__gt=after.pk if after else 0).order_by("pk").first()
        if older:
            return "note", older.pk
    found = answers(commission).filter(codings=None, pk__gt=start).first()
    return ("answer", found.pk) if found else None


def uncoded(commission: Commission) -> int:
    """How many texts have no theme yet."""
    return answers(commission).filter(codings=None).count() + notes(commission).filter(codings=None).count()


def themes_of(text: Text) -> list[Theme]:
    """The themes that a person coded a text to."""
    return [coding.theme for coding in text.codings.select_related("theme")]


def suggestions(commission: Commission, text: Text) -> tuple[Suggestion, ...]:
    """Which themes a text may be about, by what is alike; the text itself is no example of its own."""
    examples = {theme.pk: [theme.name, theme.description, *_examples(theme, text)] for theme in themes(commission)}
    return rules.suggest(text.text, examples)


def _examples(theme: Theme, but: Text) -> list[str]:
    mine = Q(answer=but) if isinstance(but, SurveyAnswer) else Q(note=but)
    latest = Coding.objects.filter(theme=theme).exclude(mine).select_related("answer", "note").order_by("-pk")
    found = (coding.answer or coding.note for coding in latest[:EXAMPLES])
    return [one.text for one in found if one]

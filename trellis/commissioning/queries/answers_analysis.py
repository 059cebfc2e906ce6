"""Answers counted by the database, for officers and, small numbers withheld, for everybody."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from trellis.commissioning.models import Consultation, SurveyAnswer, SurveyResponse
from trellis.commissioning.queries import answers, findings, surveys
from trellis.commissioning.rules import answers_counts as rules
from trellis.commissioning.rules.answers_counts import Group, QuestionCounts

ON_OUR_PAGES, IN_A_FILE = "pages", "file"


@dataclass(frozen=True)
class Narrowed:
    """Whose answers are looked at: of those who chose something, or whose answers came one way. Empty: everybody's."""

    choice: int | None = None
    came: str = ""


@dataclass(frozen=True)
class Analysis:
    """Every question with its figures. `total` is how many people's answers are looked at; None where withheld."""

    total: int | None
    questions: tuple[QuestionCounts, ...]


def analysis(consultation: Consultation, narrowed: Narrowed | None = None) -> Analysis:
    """The figures as they are: for officers. Five queries, however many answers and questions."""
    people = responses(consultation, narrowed or Narrowed())
    total = people.count()
    asked = surveys.asked(consultation)
    rows = SurveyAnswer.objects.filter(question__in=[one.id for one in asked], response__in=people)
    groups: dict[int, list[Group]] = defaultdict(list)
    for question, *group in (
        rows.order_by().values_list("question", "choice", "row", "number").annotate(people=Count("pk"))
    ):
        groups[question].append(tuple(group))
    answered = _answered(rows, [one.id for one in asked if one.kind in ("many", "rank", "matrix")])
    counted = tuple(
        rules.count(one, groups[one.id], answered.get(one.id, sum(group[3] for group in groups[one.id])), total)
        for one in asked
    )
    return Analysis(total, counted)


def published(consultation: Consultation, on: date) -> Analysis:
    """The figures as they may be published on a day: small numbers withheld, and no filters to take them apart by."""
    found, least = analysis(consultation), findings.threshold(on)
    total = found.total or 0
    counts = tuple(rules.published(one, total, threshold=least) for one in found.questions)
    return Analysis(None if 0 < total < least else total, counts)


def responses(consultation: Consultation, narrowed: Narrowed) -> QuerySet[SurveyResponse]:
    """The answers that count, of the people who are looked at."""
    found = answers.sent(consultation).order_by()
    if narrowed.came:
        found = found.filter(file__isnull=narrowed.came == ON_OUR_PAGES)
    if narrowed.choice:
        chose = SurveyAnswer.objects.filter(choice=narrowed.choice, question__consultation=consultation)
        found = found.filter(pk__in=chose.values("response"))
    return found


def _answered(rows: QuerySet[SurveyAnswer], questions: list[int]) -> dict[int, int]:
    """How many people answered any part of each of some questions: those whose answers have several rows."""
    several = rows.filter(question__in=questions).order_by().values_list("question")
    return dict(several.annotate(people=Count("response", distinct=True)))

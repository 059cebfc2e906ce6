"""Answers counted by the database, for officers and, small numbers withheld, for everybody."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from trellis.commissioning.models import Consultation, SurveyAnswer, SurveyResponse
from trellis.commissioning.queries import answers, findings, surveys
from trellis.commissioning.rules import answers_counts as rules
from trellis.commissioning.rules.answers import Asked
from trellis.commissioning.rules.answers_counts import Group, QuestionCounts

ON_OUR_PAGES, IN_A_FILE = "pages", "file"
Taken = Sequence[tuple[QuerySet[SurveyAnswer], int]]  # rows, and whether they are added or taken off


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
    """The figures as they are: for officers. A handful of queries, however many answers and questions."""
    narrowed = narrowed or Narrowed()
    people = responses(consultation, narrowed)
    total = people.count()
    asked = surveys.asked(consultation)
    rows = SurveyAnswer.objects.filter(question__in=[one.id for one in asked]).order_by()
    # everybody's are counted off the index of answers alone, and the few that are not sent are taken off again
    taken = [(rows, 1), (rows.filter(response__in=answers.begun(consultation)), -1)]
    if narrowed != Narrowed():
        taken = [(rows.filter(response__in=people), 1)]
    groups = _groups(taken)
    answered = _answered(taken, [one.id for one in asked if one.kind in ("many", "matrix")])
    counted = tuple(
        rules.count(one, groups[one.id], answered.get(one.id, _people(one, groups[one.id])), total) for one in asked
    )
    return Analysis(total, counted)


def published(consultation: Consultation, on: date) -> Analysis:
    """The figures as they may be published on a day: small numbers withheld, and no filters to take them apart by."""
    found, least = analysis(consultation), findings.threshold(on)
    total = found.total or 0
    themes = [one.people for one in findings.you_said(consultation, on)]
    counts = tuple(rules.published(one, total, threshold=least, themes=themes) for one in found.questions)
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


def _groups(taken: Taken) -> dict[int, list[Group]]:
    """How many answers there are by question, and in it by choice, row and number."""
    counts = Counter[tuple[int | None, ...]]()
    for rows, sign in taken:
        for *group, people in rows.values_list("question", "choice", "row", "number").annotate(people=Count("pk")):
            counts[tuple(group)] += sign * people
    groups: dict[int, list[Group]] = defaultdict(list)
    for (question, choice, row, number), people in counts.items():
        groups[question or 0].append((choice, row, number, people))
    return groups


def _answered(taken: Taken, questions: list[int]) -> dict[int, int]:
    """How many people answered any part of each of some questions: those whose answers have several rows."""
    counts = Counter[int]()
    for rows, sign in taken:
        several = rows.filter(question__in=questions).values_list("question")
        for question, people in several.annotate(people=Count("response", distinct=True)):
            counts[question] += sign * people
    return {question: counts[question] for question in questions}


def _people(question: Asked, groups: list[Group]) -> int:
    """How many people answered, where each has one row; of a list in order, the row of its first place."""
    is_rank = question.kind == "rank"
    return sum(people for _, _, number, people in groups if number == 1 or not is_rank)

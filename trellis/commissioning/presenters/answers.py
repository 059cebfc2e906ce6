"""Answers as figures, charts and rows."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Consultation, SurveyAnswer
from trellis.commissioning.queries.answers_analysis import Analysis
from trellis.commissioning.rules.answers_counts import QuestionCounts, Tally
from trellis.commissioning.rules.findings_suppression import WORDS as WITHHELD
from trellis.web.charts import Bar, BarChart
from trellis.web.table import Column, Table
from trellis.web.words import counted

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Shown:
    """A question with its charts; `words` say how many answered."""

    counts: QuestionCounts
    number: int
    words: str
    charts: tuple[BarChart, ...]


def shown(analysis: Analysis) -> list[Shown]:
    """Every question with its charts."""
    return [
        Shown(counts, number, _answered(counts, analysis.total), _charts(counts, number))
        for number, counts in enumerate(analysis.questions, 1)
    ]


def csv_rows(analysis: Analysis) -> list[list[str | int]]:
    """All figures as a file: question, part, answer, people. Never what anybody wrote."""
    rows: list[list[str | int]] = [["Question", "Part", "Answer", "People"]]
    for counts in analysis.questions:
        wording = counts.asked.wording
        if not counts.tallies:
            rows.append([wording, "", "Answered", _figure(counts.answered)])
        for tally in counts.tallies:
            rows += [[wording, tally.row, cell.words, _figure(cell.people)] for cell in tally.cells]
            rows.append([wording, tally.row, "No answer", _figure(tally.unanswered)])
    return rows


def texts_table(request: HttpRequest, consultation: Consultation, rows: QuerySet[SurveyAnswer]) -> Table:
    """What people wrote, page by page, with the themes that a person coded it to."""
    reference = consultation.commission.reference
    return Table(
        request,
        rows,
        columns=[
            Column("text", "Answer", link=lambda row: reverse("code_text", args=[reference, "answer", row.pk])),
            Column("themes", "Themes", value=_theme_names, absent="None yet"),
        ],
        caption="What people wrote",
        empty="Nobody has written anything here yet.",
        name="texts",
    )


def _theme_names(answer: SurveyAnswer) -> str:
    return ", ".join(coding.theme.name for coding in answer.codings.all())


def _figure(people: int | None) -> str | int:
    return WITHHELD if people is None else people


def _answered(counts: QuestionCounts, total: int | None) -> str:
    if counts.answered is None or total is None:
        return f"How many answered is {WITHHELD.lower()}."
    return f"{counts.answered:,} of {counted(total, 'person', 'people')} answered."


def _charts(counts: QuestionCounts, number: int) -> tuple[BarChart, ...]:
    several = len(counts.tallies) > 1
    return tuple(
        _chart(counts, tally, f"{number}{LETTERS[place % len(LETTERS)] if several else ''}")
        for place, tally in enumerate(counts.tallies)
    )


def _chart(counts: QuestionCounts, tally: Tally, number: str) -> BarChart:
    is_rank = counts.asked.kind == "rank"
    bars = [Bar(cell.words, cell.people, _bar_words(cell.people, cell.place)) for cell in tally.cells]
    if tally.unanswered != 0:
        bars.append(
            Bar("No first place" if is_rank else "No answer", tally.unanswered, _bar_words(tally.unanswered, None))
        )
    return BarChart(
        title=f"{number}. {_finding(tally, is_rank)}",
        description=f"{tally.row or counts.asked.wording}: how many people "
        f"{'put each first' if is_rank else 'gave each answer'}.",
        bars=bars,
        value_heading="People",
        label_heading="Answer",
    )


def _bar_words(people: int | None, place: float | None) -> str:
    if people is None:
        return WITHHELD
    return f"{people:,} (mean place {place:.1f})" if place else f"{people:,}"


def _finding(tally: Tally, is_rank: bool) -> str:
    """What the chart shows, in a few words: the answer that most gave, or that none stands out."""
    words = _what_stands_out(tally, is_rank)
    return f"{tally.row}: {words}" if tally.row else f"{words[0].upper()}{words[1:]}"


def _what_stands_out(tally: Tally, is_rank: bool) -> str:
    if tally.mean is not None:
        return f"{tally.mean:.1f} on average"
    if any(cell.people is None for cell in tally.cells):
        return "some figures are withheld"
    most = max(cell.people or 0 for cell in tally.cells)
    if not most:
        return "no answers"
    first = [cell.words for cell in tally.cells if cell.people == most]
    verb = "put first" if is_rank else "said"
    return f"most {verb} “{first[0]}”" if len(first) == 1 else "no one answer was given most"

"""Answers counted: each question's figures from rows that the database grouped, and as they may be published. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trellis.commissioning.rules import findings_suppression as suppression
from trellis.commissioning.rules.answers import Asked

Group = tuple[int | None, int | None, int | None, int]  # choice, row, number, how many


@dataclass(frozen=True)
class Cell:
    """How many gave one answer; None where withheld. `place` is the mean place of something put in order."""

    words: str
    people: int | None
    place: float | None = None


@dataclass(frozen=True)
class Tally:
    """The figures of a question, or of one row of a matrix, which `row` names.

    `unanswered` is how many left it out. `mean` is of a scale. Where `is_split` is true, each person is in one cell or
    left it out, so the cells add up.
    """

    row: str
    cells: tuple[Cell, ...]
    unanswered: int | None
    is_split: bool = True
    mean: float | None = None


@dataclass(frozen=True)
class QuestionCounts:
    """A question with its figures. `answered` is how many people answered any part of it; None where withheld."""

    asked: Asked
    answered: int | None
    tallies: tuple[Tally, ...]


def count(question: Asked, groups: Iterable[Group], answered: int, total: int) -> QuestionCounts:
    """The figures of a question, of `total` people whose answers count."""
    found = list(groups)
    by_choice: dict[int | None, int] = defaultdict(int)
    for choice, _, _, people in found:
        by_choice[choice] += people
    tallies: tuple[Tally, ...] = ()
    if question.kind in ("one", "many"):
        cells = tuple(Cell(one.words, by_choice[one.id]) for one in question.choices)
        tallies = (Tally("", cells, total - answered, question.kind == "one"),)
    elif question.kind == "scale":
        tallies = (_scale(question, {number: people for _, _, number, people in found}, total - answered),)
    elif question.kind == "rank":
        tallies = (_rank(question, found, total),)
    elif question.kind == "matrix":
        cells_of = {(row, choice): people for choice, row, _, people in found}
        tallies = tuple(_row(question, row.id, row.words, cells_of, total) for row in question.rows)
    return QuestionCounts(question, answered, tallies)


def published(
    counts: QuestionCounts, total: int, *, threshold: int, themes: Sequence[int | None] = ()
) -> QuestionCounts:
    """The same figures as they may be published beside the `total` of answers.

    `themes` is how many people said each theme, as that is published: what people wrote is told by themes.
    """
    answered = suppression.publish_share(counts.answered or 0, total, threshold=threshold)
    tallies = tuple(_published(tally, total, threshold) for tally in counts.tallies)
    parts: list[Sequence[int | None]] = [_given(tally, total) for tally in tallies] or [themes]
    if any(tally.unanswered is None for tally in tallies) or any(
        _tell(counts.answered or 0, part, threshold) for part in parts
    ):
        answered = None
        tallies = tuple(tally if tally.is_split else replace(tally, unanswered=None) for tally in tallies)
    return QuestionCounts(counts.asked, answered, tallies)


def _given(tally: Tally, total: int) -> Sequence[int | None]:
    """How many people stand behind each thing that is shown of a question, beside all who answered it."""
    if tally.is_split:
        return [None if tally.unanswered is None else total - tally.unanswered]
    return [cell.people for cell in tally.cells]


def _tell(answered: int, parts: Sequence[int | None], threshold: int) -> bool:
    """Whether how many answered would tell a small number beside parts of them, which may overlap.

    Those who ticked something but not one of the choices, those who answered another row of a matrix but not this, or
    wrote something but not of this theme, are what is left of them; and all who are in no part that is shown are in one
    that is withheld.
    """
    shown = [people for people in parts if people is not None]
    if len(shown) < len(parts) and sum(shown) < answered:
        return True
    return any(0 < answered - people < threshold for people in shown)


def _published(tally: Tally, total: int, threshold: int) -> Tally:
    numbers = [cell.people or 0 for cell in tally.cells]
    if tally.is_split:
        *shown, unanswered = suppression.publish([*numbers, tally.unanswered or 0], threshold=threshold).counts
    else:
        shown = [suppression.publish_share(number, total, threshold=threshold) for number in numbers]
        unanswered = suppression.publish_share(tally.unanswered or 0, total, threshold=threshold)
    withheld = None in (*shown, unanswered)
    cells = tuple(
        # a mean place stands on however few gave one
        replace(cell, people=people, place=None)
        for cell, people in zip(tally.cells, shown, strict=True)
    )
    return replace(tally, cells=cells, unanswered=unanswered, mean=None if withheld else tally.mean)


def _scale(question: Asked, people: Mapping[int | None, int], unanswered: int) -> Tally:
    cells = tuple(Cell(question.step_words(step), people.get(step, 0)) for step in question.steps)
    answered = sum(people.values())
    total = sum(step * people.get(step, 0) for step in question.steps)
    return Tally("", cells, unanswered, mean=total / answered if answered else None)


def _rank(question: Asked, groups: Iterable[Group], total: int) -> Tally:
    """What each was put first by, and its mean place among those who gave it one."""
    first: dict[int | None, int] = defaultdict(int)
    given: dict[int | None, int] = defaultdict(int)
    places: dict[int | None, int] = defaultdict(int)
    for choice, _, place, people in groups:
        given[choice] += people
        places[choice] += (place or 0) * people
        first[choice] += people if place == 1 else 0
    cells = tuple(
        Cell(one.words, first[one.id], places[one.id] / given[one.id] if given[one.id] else None)
        for one in question.choices
    )
    return Tally("", cells, total - sum(first.values()))


def _row(
    question: Asked, row: int, words: str, people: Mapping[tuple[int | None, int | None], int], total: int
) -> Tally:
    cells = tuple(Cell(one.words, people.get((row, one.id), 0)) for one in question.choices)
    return Tally(words, cells, total - sum(cell.people or 0 for cell in cells))

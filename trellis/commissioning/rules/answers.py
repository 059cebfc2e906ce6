"""What counts as an answer to each kind of question, and the parts it is kept in. Pure.

An answer's value is a text, a number (of a scale, or the id of a choice), ids of choices, or, for a list in order and
a matrix, a mapping: choice → place, row → choice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.core.errors import RuleBroken

LONGEST_TEXT = 4000  # characters
SENT = "You have sent your answer already. Each person's answer counts once."


@dataclass(frozen=True)
class Offered:
    """One thing on a list: its id and its words."""

    id: int
    words: str


@dataclass(frozen=True)
class Asked:
    """A question as it is put to people."""

    id: int
    code: str
    kind: str
    wording: str
    hint: str = ""
    section: str = ""
    is_required: bool = False
    choices: tuple[Offered, ...] = ()
    rows: tuple[Offered, ...] = ()
    lowest: int = 0
    highest: int = 0
    lowest_words: str = ""
    highest_words: str = ""

    @property
    def steps(self) -> range:
        """The numbers of its scale."""
        return range(self.lowest, self.highest + 1)

    def step_words(self, number: int) -> str:
        """A number of the scale as people read it: “1, not at all”."""
        end = {self.lowest: self.lowest_words, self.highest: self.highest_words}.get(number, "")
        return f"{number}, {end[:1].lower()}{end[1:]}" if end else str(number)


@dataclass(frozen=True)
class Part:
    """A row of an answer as it is kept."""

    slot: int = 0
    choice: int | None = None
    row: int | None = None
    number: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Section:
    """The questions of one page."""

    number: int
    title: str
    questions: tuple[Asked, ...]


def sections(questions: Sequence[Asked]) -> tuple[Section, ...]:
    """Questions that follow each other under one heading, page by page; numbers count from 1."""
    pages: list[list[Asked]] = []
    for question in questions:
        if not pages or pages[-1][0].section != question.section:
            pages.append([])
        pages[-1].append(question)
    return tuple(Section(number, page[0].section, tuple(page)) for number, page in enumerate(pages, 1))


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    return value is None or value == "" or (isinstance(value, Sequence | Mapping) and not value)


def check_required(question: Asked, value: Any) -> None:
    """A question that must be answered is; of a matrix, every row. RuleBroken otherwise."""
    lacks_rows = question.kind == "matrix" and isinstance(value, Mapping) and len(value) < len(question.rows)
    if question.is_required and (is_empty(value) or lacks_rows):
        raise RuleBroken(f"Answer “{question.wording}”")


def parts_of(question: Asked, value: Any) -> tuple[Part, ...]:
    """The rows that keep an answer, none for no answer. RuleBroken when the question does not offer what it says."""
    return () if is_empty(value) else PARTS[question.kind](question, value)


def value_of(question: Asked, parts: Sequence[Part]) -> Any:
    """The answer again from its rows; None without any. The other way round from `parts_of`."""
    if not parts:
        return None
    first = parts[0]
    values: dict[str, Any] = {"text": first.text, "one": first.choice, "scale": first.number}
    if question.kind in values:
        return values[question.kind]
    if question.kind == "many":
        return tuple(part.choice for part in parts)
    if question.kind == "rank":
        return {part.choice: part.number for part in sorted(parts, key=lambda part: part.number or 0)}
    return {part.row: part.choice for part in parts}


def words_of(question: Asked, value: Any) -> list[str]:
    """An answer in words, a line for each part of it; none for no answer."""
    if is_empty(value):
        return []
    words = {one.id: one.words for one in (*question.choices, *question.rows)}
    if question.kind == "text":
        return [value]
    if question.kind == "scale":
        return [question.step_words(value)]
    if question.kind == "one":
        return [words[value]]
    if question.kind == "many":
        return [words[one] for one in value]
    if question.kind == "rank":
        return [f"{place}. {words[one]}" for one, place in sorted(value.items(), key=lambda item: item[1])]
    return [f"{words[row]}: {words[choice]}" for row, choice in value.items()]


def _text(question: Asked, value: str) -> tuple[Part, ...]:
    if len(value) > LONGEST_TEXT:
        raise RuleBroken(f"The answer to “{question.wording}” is longer than {LONGEST_TEXT:,} characters.")
    return (Part(text=value),)


def _one(question: Asked, value: int) -> tuple[Part, ...]:
    _check_offered(question, question.choices, [value])
    return (Part(choice=value),)


def _many(question: Asked, value: Sequence[int]) -> tuple[Part, ...]:
    _check_offered(question, question.choices, value)
    return tuple(Part(slot=slot, choice=one.id) for slot, one in enumerate(question.choices) if one.id in value)


def _scale(question: Asked, value: int) -> tuple[Part, ...]:
    if value not in question.steps:
        raise RuleBroken(f"“{question.wording}” takes a number from {question.lowest} to {question.highest}.")
    return (Part(number=value),)


def _rank(question: Asked, value: Mapping[int, int]) -> tuple[Part, ...]:
    _check_offered(question, question.choices, list(value))
    if sorted(value.values()) != list(range(1, len(value) + 1)):
        raise RuleBroken(f"Give each place once in “{question.wording}”, and begin with 1.")
    return tuple(
        Part(slot=slot, choice=one.id, number=value[one.id])
        for slot, one in enumerate(question.choices)
        if one.id in value
    )


def _matrix(question: Asked, value: Mapping[int, int]) -> tuple[Part, ...]:
    _check_offered(question, question.rows, list(value))
    _check_offered(question, question.choices, list(value.values()))
    return tuple(
        Part(slot=slot, row=row.id, choice=value[row.id]) for slot, row in enumerate(question.rows) if row.id in value
    )


def _check_offered(question: Asked, offered: Sequence[Offered], chosen: Sequence[int]) -> None:
    if set(chosen) - {one.id for one in offered}:
        raise RuleBroken(f"“{question.wording}” does not offer that.")


PARTS: Mapping[str, Callable[[Asked, Any], tuple[Part, ...]]] = {
    "text": _text,
    "one": _one,
    "many": _many,
    "scale": _scale,
    "rank": _rank,
    "matrix": _matrix,
}

"""Answers in a file: what its columns mean, and each cell as the value of an answer. Pure.

Two shapes are read. One line a person: a column for each question, called by its code or its wording; for a list in
order and a matrix a column for each part, as “Wording: part”. Or one line an answer, with the columns person, question
and answer.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trellis.commissioning.rules.answers import Asked, Offered, check_required, parts_of
from trellis.core.errors import RuleBroken

PERSON = ("person", "respondent", "respondent id", "response id", "id")
QUESTION, ANSWER = ("question",), ("answer", "response", "reply")
BETWEEN_CHOICES = re.compile(r"\s*[;|]\s*")
Line = tuple[int, Sequence[str]]


@dataclass
class Person:
    """What a file says of one person: the line where it begins, who they are to the file, their answers by question."""

    line: int
    name: str
    values: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """What could not be taken, and why."""

    line: int
    reason: str


Cell = tuple[int, str, str, str]  # line, person, column or question, answer


def folded(words: str) -> str:
    """Words as headings are compared."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def is_heading(cell: str, questions: Sequence[Asked]) -> bool:
    """Whether a cell is the name of a column that means something here."""
    return folded(cell) in {*PERSON, *QUESTION, *ANSWER} or folded(cell) in _columns(questions)


def read(
    heading: Sequence[str], lines: Iterable[Line], questions: Sequence[Asked]
) -> tuple[list[Person], list[Refusal]]:
    """What each person answered, and what was refused, line by line; whatever is not refused is kept.

    Raises RuleBroken when the columns do not say who gave which answer.
    """
    people: dict[str, Person] = {}
    refusals: list[Refusal] = []
    columns = _columns(questions)
    for line, name, asked, answer in _cells(heading, lines, refusals):
        person = people.setdefault(name, Person(line, name))
        try:
            _take(person, columns, asked, answer)
        except RuleBroken as refusal:
            refusals.append(Refusal(line, refusal.sentence))
    kept = [person for person in people.values() if _is_whole(person, questions, refusals)]
    return kept, sorted(refusals, key=lambda refusal: refusal.line)


def _cells(heading: Sequence[str], lines: Iterable[Line], refusals: list[Refusal]) -> Iterator[Cell]:
    """Each answer of the file, whichever shape it has."""
    places = {folded(name): place for place, name in reversed(list(enumerate(heading)))}
    who, asked, answer = (
        next((places[name] for name in names if name in places), None) for names in (PERSON, QUESTION, ANSWER)
    )
    rows = ((line, [*cells, *[""] * (len(heading) - len(cells))]) for line, cells in lines)
    if asked is None or answer is None:
        yield from _line_a_person(heading, rows, who, refusals)
        return
    if who is None:
        raise RuleBroken("The file has a line for each answer: it needs a column “person” to put them together.")
    for line, row in rows:
        if not row[who]:
            refusals.append(Refusal(line, "It does not say which person the answer is of."))
        elif row[answer]:
            yield line, row[who], row[asked], row[answer]


def _line_a_person(
    heading: Sequence[str], rows: Iterable[tuple[int, list[str]]], who: int | None, refusals: list[Refusal]
) -> Iterator[Cell]:
    """Without a name for the person, the line itself is one; lines that are alike are told apart by their number."""
    seen = Counter[str]()
    for line, row in rows:
        name = row[who] if who is not None else ""
        key = name or hashlib.sha256("\t".join(row).encode()).hexdigest()
        seen[key] += 1
        if name and seen[key] > 1:
            refusals.append(Refusal(line, "This person has a line already."))
            continue
        for place, column in enumerate(heading):
            if place != who and row[place]:
                yield line, name or f"{key} {seen[key]}", column, row[place]


def _columns(questions: Sequence[Asked]) -> dict[str, tuple[Asked, Offered | None]]:
    """Every name that a column may have: the question and, of a list in order or a matrix, the part."""
    found: dict[str, tuple[Asked, Offered | None]] = {}
    for question in questions:
        for name in (question.code, question.wording):
            parts = {"rank": question.choices, "matrix": question.rows}.get(question.kind)
            if parts is None:
                found[folded(name)] = (question, None)
            for part in parts or ():
                found[folded(f"{name} {part.words}")] = (question, part)
    return found


def _take(person: Person, columns: Mapping[str, tuple[Asked, Offered | None]], asked: str, answer: str) -> None:
    known = columns.get(folded(asked))
    if known is None:
        raise RuleBroken(f"The consultation has no question “{asked[:100]}”.")
    question, part = known
    before = person.values.get(question.id)
    if before is not None and (part is None or part.id in before):
        raise RuleBroken(f"This person has answered “{asked[:100]}” already.")
    if part is None:
        value = VALUES[question.kind](question, answer)
        parts_of(question, value)
        person.values[question.id] = value
        return
    inside = _number(question, answer) if question.kind == "rank" else _choice(question, answer)
    person.values.setdefault(question.id, {})[part.id] = inside


def _is_whole(person: Person, questions: Sequence[Asked], refusals: list[Refusal]) -> bool:
    """Take out answers that make no sense together, and say whether enough is left to count."""
    for question in questions:
        if question.id in person.values:
            try:
                parts_of(question, person.values[question.id])
            except RuleBroken as refusal:
                del person.values[question.id]
                refusals.append(Refusal(person.line, refusal.sentence))
    for question in questions:
        try:
            check_required(question, person.values.get(question.id))
        except RuleBroken:
            refusals.append(Refusal(person.line, f"There is no answer to “{question.wording}”, which must have one."))
            return False
    return bool(person.values)


def _choice(question: Asked, answer: str) -> int:
    for one in question.choices:
        if folded(one.words) == folded(answer):
            return one.id
    raise RuleBroken(f"“{question.wording}” offers no such choice.")  # the answer itself is not repeated


def _choices(question: Asked, answer: str) -> tuple[int, ...]:
    whole = [one.id for one in question.choices if folded(one.words) == folded(answer)]
    return tuple(whole) or tuple(_choice(question, one) for one in BETWEEN_CHOICES.split(answer) if one)


def _number(question: Asked, answer: str) -> int:
    if not re.fullmatch(r"-?\d{1,4}", answer.strip()):
        raise RuleBroken(f"“{question.wording}” takes a number.")
    return int(answer)


def _scale(question: Asked, answer: str) -> int:
    for step in question.steps:
        if folded(answer) in (folded(question.step_words(step)), str(step)):
            return step
    return _number(question, answer)


def _text(_question: Asked, answer: str) -> str:
    return answer


VALUES = {"text": _text, "one": _choice, "many": _choices, "scale": _scale}

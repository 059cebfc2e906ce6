"""The questions of a consultation as a form: one page of them at a time."""

from dataclasses import dataclass
from typing import Any, cast

from trellis.commissioning.rules.answers import LONGEST_TEXT, Asked, Section, check_required, is_empty, parts_of
from trellis.core.errors import RuleBroken
from trellis.web import fields
from trellis.web.forms import Form
from trellis.web.questions import Question


@dataclass(frozen=True)
class Group:
    """A question with the fields that ask it: several for a list in order and for a matrix, under one heading."""

    asked: Asked
    fields: list[Question]

    @property
    def has_heading(self) -> bool:
        """Whether its wording stands over several fields."""
        return self.asked.kind in ("rank", "matrix")


class SectionForm(Form):
    """One page of questions. `values` is what was answered so far; with `may_wait`, nothing need be answered yet."""

    says_optional = False  # the labels say it themselves

    def __init__(self, *arguments, section: Section, values: dict[int, Any], may_wait: bool = False, **options):
        super().__init__(*arguments, **options)
        self.section, self.may_wait = section, may_wait
        for question in section.questions:
            self.fields |= _fields(question, values.get(question.id), is_required=question.is_required and not may_wait)

    @property
    def groups(self) -> list[Group]:
        """The questions, each with its fields."""
        return [
            Group(question, [cast(Question, self[name]) for name in self.fields if _belongs(name, question)])
            for question in self.section.questions
        ]

    @property
    def values(self) -> dict[int, Any]:
        """What was answered, by the question's id; questions without an answer are left out."""
        found = {question.id: self._value(question) for question in self.section.questions}
        return {question: value for question, value in found.items() if not is_empty(value)}

    def clean(self) -> dict[str, Any]:
        """What belongs together makes sense together."""
        cleaned = super().clean() or {}
        for question in self.section.questions:
            names = [name for name in self.fields if _belongs(name, question)]
            if question.kind == "rank" and not any(name in self.errors for name in names):
                try:
                    parts_of(question, self._value(question))
                    if not self.may_wait:
                        check_required(question, self._value(question))
                except RuleBroken as refusal:
                    self.add_error(names[0], refusal.sentence)
        return cleaned

    def _value(self, question: Asked) -> Any:
        name = _name(question)
        given = self.cleaned_data.get(name)
        if question.kind in ("one", "scale"):
            return int(given) if given else None
        if question.kind == "many":
            return tuple(int(one) for one in given or ())
        if question.kind in ("rank", "matrix"):
            parts = question.choices if question.kind == "rank" else question.rows
            chosen = {one.id: self.cleaned_data.get(f"{name}_{one.id}") for one in parts}
            return {part: int(value) for part, value in chosen.items() if value}
        return given


def _name(question: Asked) -> str:
    return f"q{question.id}"


def _belongs(name: str, question: Asked) -> bool:
    return name == _name(question) or name.startswith(f"{_name(question)}_")


def _fields(question: Asked, value: Any, *, is_required: bool) -> dict[str, Any]:
    """The fields that ask a question, with what was answered so far."""
    name, choices = _name(question), [(one.id, one.words) for one in question.choices]
    common = {
        "label": question.wording if question.is_required else f"{question.wording} (optional)",
        "hint": question.hint,
        "required": is_required,
        "missing": f"Answer “{question.wording}”",
        "initial": value,
    }
    if question.kind == "text":
        return {name: fields.TextArea(rows=6, max_length=LONGEST_TEXT, **common)}
    if question.kind == "many":
        return {name: fields.Checkboxes(choices=choices, **common)}
    if question.kind == "one":
        return {name: fields.Radios(choices=choices, **common)}
    if question.kind == "scale":
        return {name: fields.Radios(choices=[(step, question.step_words(step)) for step in question.steps], **common)}
    if question.kind == "rank":
        return {f"{name}_{one.id}": _place(question, one, (value or {}).get(one.id)) for one in question.choices}
    return {
        f"{name}_{row.id}": fields.Radios(
            label=row.words, choices=choices, required=is_required, missing=f"Answer “{row.words}”",
            initial=(value or {}).get(row.id),
        )
        for row in question.rows
    }  # fmt: skip


def _place(question: Asked, choice: Any, value: int | None) -> fields.Select:
    places = [(place, str(place)) for place in range(1, len(question.choices) + 1)]
    return fields.Select(label=choice.words, choices=places, blank="No place", required=False, initial=value)

"""The questions asked before an organisation joins an alliance and before it has left: data, in checklists.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Question:
    """One question, and where to look for the answer."""

    question: str
    hint: str


@cache
def questions(kind: str) -> tuple[Question, ...]:
    """The questions of a checklist, in order: "due-diligence" or "handover"."""
    return tuple(Question(**row) for row in tomllib.loads(FILE.read_text())[kind.replace("-", "_")])

"""Small things that pages show: tasks, events, steps."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Task:
    """A line of a task list. Without a `url` it cannot be started yet. `colour` of the status; none is plain text."""

    name: str
    status: str
    url: str | None = None
    hint: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened: what, when, who did it and, if need be, a note."""

    what: str
    when: date | datetime
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class Step:
    """A part of long work: `state` is "done", "now", "next" or "failed"; `note` may say how many."""

    name: str
    state: str
    note: str = ""

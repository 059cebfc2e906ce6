"""The plans that a contract is begun and ended by, as data: what is to be done, by whom, when, and what waits for what.

Each `[[task]]` of a file has a code, a title, what it means, the kind of member that sees to it (`authority`, or
`partner` for every partner's part together), the day from which it counts (`award`, `start` or `end`) and how many days
before (less than nought) or after that it is due. `after` names tasks that must be done first, `page` a page of the
contract on which it is done.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class TaskTemplate:
    """One thing to be done in a plan of this kind."""

    code: str
    title: str
    means: str
    owner: str
    counts_from: str
    days: int
    after: tuple[str, ...] = ()
    page: str = ""


@cache
def template(kind: str) -> tuple[TaskTemplate, ...]:
    """The tasks of a kind of plan, in the order of the work; `kind` is the name of a file without its end."""
    rows = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))["task"]
    return tuple(TaskTemplate(**row | {"after": tuple(row.get("after", ()))}) for row in rows)

"""What a partner may have left out of its interests: questions that lists suggest, never findings. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from trellis.core.periods import add_months

REGISTER, GRANT = "register", "grant"
# Few grants run longer: one whose list says no last day is taken to pay for three years from its award.
MONTHS_OF_A_GRANT = 36


@dataclass(frozen=True)
class Hint:
    """One thing that points at a kind of service: where from (REGISTER or GRANT), and its words."""

    kind: str
    source: str
    words: str


def still_pays(*, awarded_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a grant pays for something on a day; what it paid for long ago says nothing of today."""
    return awarded_on <= on <= (ends_on or add_months(awarded_on, MONTHS_OF_A_GRANT))


def open_questions(
    hints: Iterable[Hint], *, declared_here: Collection[str], declared: Collection[str], answered: Collection[str]
) -> dict[str, list[Hint]]:
    """The hints that are neither declared nor answered, by the code of the kind of service, in the order they came.

    The register says where a partner is based, so only a declaration there (`declared_here`) answers it. A grant does
    not say where its work is, so one in any district (`declared`) does.
    """
    enough = {REGISTER: declared_here, GRANT: declared}
    found: dict[str, list[Hint]] = {}
    for hint in hints:
        if hint.kind not in answered and hint.kind not in enough[hint.source]:
            found.setdefault(hint.kind, []).append(hint)
    return found

"""A quarter that was paid in advance, put right by the shares that held when it came. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.core.money import pounds_and_pence
from trellis.web.words import day

NOTHING = Decimal("0.00")
Part = tuple[str, str]  # a partner’s reference, and the source of funding


@dataclass(frozen=True)
class Advance:
    """What an earlier statement stated of one part of a quarter before it was delivered, in pounds."""

    part: Part
    amount: Decimal
    statement: str
    on: date


@dataclass(frozen=True)
class Correction:
    """What one part has to be given (below nought: has to give back), in pounds: `due` less `paid`."""

    part: Part
    due: Decimal
    paid: Decimal

    @property
    def amount(self) -> Decimal:
        """In pounds."""
        return self.due - self.paid


def corrections(due: Mapping[Part, Decimal], advances: Iterable[Advance]) -> list[Correction]:
    """What puts each part right, those that are right left out; together, what is due less what was paid.

    `due` is what the quarter’s own shares give, in pounds, in the order of the lines; who has no share any more comes
    after those who have.
    """
    paid: dict[Part, Decimal] = {}
    for one in advances:
        paid[one.part] = paid.get(one.part, NOTHING) + one.amount
    parts = [*due, *(part for part in paid if part not in due)]
    found = [Correction(part, due.get(part, NOTHING), paid.get(part, NOTHING)) for part in parts]
    return [one for one in found if one.amount]


def words(one: Correction, first: Advance, *, period: str, shares_from: date) -> str:
    """What a line corrects, and why; `first` says when and by which statement the quarter was paid in advance."""
    then = pounds_and_pence(one.paid) if one.paid else "nothing"
    now = pounds_and_pence(one.due) if one.due else "nothing"
    return (
        f"Paid in advance on {day(first.on)} ({first.statement}), by the shares of that day: {then}. "
        f"The shares from {day(shares_from)} give {now} for {period}"
    )

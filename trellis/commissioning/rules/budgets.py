"""How a figure that a document quotes relates to the figures of a budget. Pure.

The report of decision 16/00051 quotes a saving of £166,744 "over the life of the contract". That is the annual saving
in year 3; the cumulative saving over the three years is £345,178.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from trellis.commissioning.budget import Budget
from trellis.core.errors import RuleBroken

MOST_COMPARED = 4
SAME_WITHIN = Decimal(1)  # pounds: documents quote whole pounds, rounded or cut
YEAR, WHOLE, UNSAID = "year", "whole", "unsaid"
OF_A_YEAR = {"baseline", "value", "annual saving"}


@dataclass(frozen=True)
class ModelFigure:
    """One figure of a budget, in pounds: `kind` says what it is, `years` which contract year or how many of them.

    Kinds: baseline, value and annual saving are of one year; total and cumulative saving of several.
    """

    kind: str
    years: int
    amount: Decimal

    @property
    def span(self) -> str:
        """Whether it is of one year or of the whole contract."""
        return YEAR if self.kind in OF_A_YEAR else WHOLE

    @property
    def words(self) -> str:
        """What it is, as the end of a sentence."""
        return {
            "baseline": "the baseline: a year before the contract",
            "value": f"the value of year {self.years}",
            "annual saving": f"the annual saving in year {self.years}",
            "total": f"the value over {self.years} years",
            "cumulative saving": f"the cumulative saving over {self.years} years",
        }[self.kind]


@dataclass(frozen=True)
class Relation:
    """How a quoted figure relates to the model.

    `match` is the figure of the model that it is, None when none is within £1; `nearest` the closest there is;
    `other` the figure that it could be taken for: the cumulative saving beside an annual one, and so on; `agrees` is
    whether what the document says it is of is what it is of.
    """

    match: ModelFigure | None
    nearest: ModelFigure
    other: ModelFigure | None
    agrees: bool


def figures_of(budget: Budget) -> tuple[ModelFigure, ...]:
    """Every figure of a budget that a document may quote, in the order of the years."""
    return tuple(_figures(budget))


def relate(amount: Decimal, span: str, budget: Budget) -> Relation:
    """Find the figure of a budget that a quoted `amount` is, within £1.

    `span` is what the document says that it is of: "year", "whole" or "unsaid". Of several that match, the one of that
    span comes first, then the closest.
    """
    figures = figures_of(budget)
    nearest = min(figures, key=lambda one: abs(one.amount - amount))
    matches = [one for one in figures if abs(one.amount - amount) <= SAME_WITHIN]
    if not matches:
        return Relation(None, nearest, None, agrees=False)
    match = min(matches, key=lambda one: (one.span != span, abs(one.amount - amount)))
    return Relation(match, nearest, _other(match, figures, budget.term), agrees=span in (match.span, UNSAID))


def check_can_compare(scenarios: Sequence[object]) -> None:
    """Refuse more scenarios side by side than a page can hold."""
    if len(scenarios) > MOST_COMPARED:
        raise RuleBroken(f"Choose at most {MOST_COMPARED} scenarios to compare.", field="scenarios")


def check_can_drop(*, is_proposed: bool, others: int) -> None:
    """The proposed scenario stays while there are others: a commission that has scenarios proposes one."""
    if is_proposed and others:
        raise RuleBroken("This is the proposed scenario. Propose another one first.")


def _figures(budget: Budget) -> Iterator[ModelFigure]:
    yield ModelFigure("baseline", 0, budget.baseline)
    totals = accumulate(year.value for year in budget.years)
    for year, total in zip(budget.years, totals, strict=True):
        yield ModelFigure("value", year.year, year.value)
        yield ModelFigure("annual saving", year.year, year.annual_saving)
        if year.year > 1:
            yield ModelFigure("total", year.year, total)
            yield ModelFigure("cumulative saving", year.year, year.cumulative_saving)


def _other(match: ModelFigure, figures: Iterable[ModelFigure], term: int) -> ModelFigure | None:
    """What a figure could be taken for: the same of the other span, over the same years if there are any."""
    pair = {"annual saving": "cumulative saving", "value": "total"}
    back = {many: one for one, many in pair.items()}
    kind = (pair | back).get(match.kind)
    wanted = match.years if match.years > 1 else term
    return next((one for one in figures if one.kind == kind and one.years == wanted), None)

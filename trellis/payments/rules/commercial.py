"""What commercial terms may say, and the document that a year is shared out from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from trellis.core.errors import RuleBroken

WHOLE = Decimal(1)
FRACTIONS = {
    "gate": "The gate",
    "overshoot": "The overshoot",
    "gain_ratio": "The partners’ part of a gain",
    "pain_ratio": "The partners’ part of a loss",
    "overhead_ceiling": "The ceiling of overheads",
    "credit_cap_quarter": "The cap of a quarter’s credits",
    "credit_cap_year": "The cap of a year’s credits",
}


@dataclass(frozen=True)
class Agreed:
    """The terms of a contract year as they are agreed. Money in pounds, everything else a fraction.

    `weights` by indicator code; `pain_caps` and `shares` by the partner organisation's reference (no shares: those of
    the contract's money); `budgets` by (reference, category code), in pounds a year; `credits` by indicator code: a
    (kind, figure) of "amount" in pounds or "fraction" of the quarter's value.
    """

    target_cost: Decimal
    gate: Decimal
    gain_ratio: Decimal
    pain_ratio: Decimal
    overhead_ceiling: Decimal
    weights: Mapping[str, Decimal]
    pain_caps: Mapping[str, Decimal]
    overshoot: Decimal = Decimal(0)
    reinvest: bool = False
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    budgets: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    credits: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    credit_cap_quarter: Decimal = Decimal(0)
    credit_cap_year: Decimal = Decimal(0)
    earn_back_quarters: int = 0
    is_illustrative: bool = False


def check_agreed(agreed: Agreed, *, partners: Sequence[str], indicators: Sequence[str]) -> None:
    """Refuse terms that are no fractions, whose weights or shares do not sum to 1, or that leave a partner out.

    `partners` are the references of those who are members; `indicators` the codes that have a floor and a target.
    """
    if agreed.target_cost < 0:
        raise RuleBroken("The target cost cannot be less than nothing.", field="target_cost")
    for name, words in FRACTIONS.items():
        value = getattr(agreed, name)
        if value is not None and not 0 <= value <= WHOLE:
            raise RuleBroken(f"{words} must be from 0% to 100%.", field=name)
    _check_weights(agreed.weights, indicators)
    _check_partners(agreed, partners)
    _check_budgets(agreed, partners)
    _check_credits(agreed.credits, indicators)


def _check_weights(weights: Mapping[str, Decimal], indicators: Sequence[str]) -> None:
    for code, weight in weights.items():
        if code not in indicators:
            raise RuleBroken(f"{code} has no floor and target in the contract yet, so it cannot count.")
        if weight < 0:
            raise RuleBroken("A weight cannot be less than nothing.")
    total = sum(weights.values(), Decimal(0))
    if total != WHOLE:
        raise RuleBroken(f"The measures’ weights add up to {total * 100:f}%. They must add up to 100% exactly.")


def _check_partners(agreed: Agreed, partners: Sequence[str]) -> None:
    if set(agreed.pain_caps) != set(partners):
        raise RuleBroken("Say for each partner, and for nobody else, what it can lose at most. Nothing is 0.")
    if any(cap < 0 for cap in agreed.pain_caps.values()):
        raise RuleBroken("The most that a partner can lose cannot be less than nothing.")
    if not agreed.shares:
        return
    if set(agreed.shares) != set(partners) or any(share < 0 for share in agreed.shares.values()):
        raise RuleBroken("Say each partner’s part, none of them less than nothing, or leave all out.")
    total = sum(agreed.shares.values(), Decimal(0))
    if total != WHOLE:
        raise RuleBroken(f"The partners’ parts add up to {total * 100:f}%. They must add up to 100% exactly.")


def _check_budgets(agreed: Agreed, partners: Sequence[str]) -> None:
    if any(amount < 0 for amount in agreed.budgets.values()):
        raise RuleBroken("A budget cannot be less than nothing.")
    if any(reference not in partners for reference, _category in agreed.budgets):
        raise RuleBroken("Only a partner of the contract has a budget in it.")
    total = sum(agreed.budgets.values(), Decimal(0))
    if agreed.budgets and total != agreed.target_cost:
        raise RuleBroken(
            f"The budgets add up to £{total:,.2f}, and the target cost is £{agreed.target_cost:,.2f}. "
            "They must be the same.",
            field="target_cost",
        )


def _check_credits(credits: Mapping[str, tuple[str, Decimal]], indicators: Sequence[str]) -> None:
    for code, (kind, figure) in credits.items():
        if code not in indicators:
            raise RuleBroken(f"{code} has no floor in the contract yet, so it can cost no credit.")
        if figure < 0 or (kind == "fraction" and figure > WHOLE):
            raise RuleBroken("A service credit is an amount, or from 0% to 100% of the quarter’s value.")


def check_can_set(*, may: bool, has_begun: bool, has_terms: bool, is_settled: bool, has_books: bool) -> None:
    """Refuse to change the terms of a year that has begun: nobody may move the goal once the game is on.

    A year that has no terms yet may be given some, as long as no member has submitted its books for it.
    """
    if not may:
        raise RuleBroken("Only the contract manager of this contract can set its commercial terms.")
    if is_settled:
        raise RuleBroken("This year has been settled, so its terms stay as they were.")
    if has_begun and has_terms:
        raise RuleBroken("This year has begun, so its terms stay as they are. Agree them for a later year.")
    if has_books:
        raise RuleBroken("Books have been submitted for this year, so it is too late to agree what they count for.")


def check_can_leave_unshared(
    *, may: bool, has_terms: bool, is_settled: bool, is_over: bool, is_ready: bool, reason: str
) -> None:
    """Refuse to leave a year as it is that runs, that can be settled or is, or without a reason.

    Nobody gains or loses by it, so it may not be a way round a loss: a year of which nothing is missing is settled.
    """
    if not may:
        raise RuleBroken("Only the contract manager of this contract can leave a year as it is.")
    if not has_terms:
        raise RuleBroken("No commercial terms were agreed for this year, so there is nothing to share.")
    if is_settled:
        raise RuleBroken("This year has already been settled, or was left as it is.")
    if not is_over:
        raise RuleBroken("This year is not over, so what is missing may still come.")
    if is_ready:
        raise RuleBroken("Nothing is missing: settle the year.")
    if not reason.strip():
        raise RuleBroken("Say why it cannot be settled.", field="reason")


def check_can_settle(
    *,
    may: bool,
    has_terms: bool,
    is_settled: bool,
    missing: Sequence[str],
    unmeasured: Sequence[str],
    is_left: bool = False,
) -> None:
    """Refuse to share a year out before every book of it is accepted, or twice.

    `missing` names the returns that are not accepted yet, `unmeasured` the measures without any reading.
    """
    if not may:
        raise RuleBroken("Only the contract manager of this contract can settle a year.")
    if not has_terms:
        raise RuleBroken("No commercial terms were agreed for this year, so there is nothing to share.")
    if is_settled:
        raise RuleBroken("This year has already been settled.")
    if is_left:
        raise RuleBroken("This year was left as it is: nothing of it is shared out.")
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise RuleBroken(f"Every return of the year must be accepted first. Not yet: {missing[0]}{more}.")
    if unmeasured:
        raise RuleBroken(f"There is no reading of “{unmeasured[0]}” in the year, so its quality has no score.")

"""What is due, when, and who may say so. Pure: no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.core.money import pounds_and_pence, split, whole_pounds
from trellis.payments.models import Statement
from trellis.performance.report import QuarterlyReport

Status = Statement.Status
TRANSITIONS: dict[tuple[str, str], str] = {
    (Status.DRAFT, "certify"): Status.CERTIFIED,
    (Status.CERTIFIED, "authorise"): Status.AUTHORISED,
    (Status.CERTIFIED, "return"): Status.DRAFT,
}


@dataclass(frozen=True)
class Line:
    """One partner's part, in pounds. `organisation` is its reference."""

    organisation: str
    name: str
    share: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Due:
    """What the authority owes the alliance for a quarter, in pounds, and each partner's part of it."""

    contract: str
    quarter: str
    amount: Decimal
    lines: tuple[Line, ...]


def statement(report: QuarterlyReport) -> Due:
    """What is due for a quarter: its value, split by the shares that the same report froze.

    Nothing else comes in, so the money cannot disagree with what the partners signed. The parts sum to the value to
    the penny (largest remainder, ties to the partner first by name).
    """
    return due(
        report.contract,
        report.quarter,
        report.value,
        {one.organisation: (one.name, one.share) for one in report.shares},
    )


def due(contract: str, quarter: str, value: Decimal, shares: Mapping[str, tuple[str, Decimal]]) -> Due:
    """Pounds split by shares, which map an organisation's reference to its name and its fraction of the whole."""
    order = sorted(shares, key=lambda one: (shares[one][0], one))  # so that their order changes nothing
    parts = dict(zip(order, split(value, [shares[one][1] for one in order]), strict=True))
    lines = tuple(Line(one, name, share, parts[one]) for one, (name, share) in shares.items())
    return Due(contract, quarter, value, lines)


def due_on(certified_on: date, days_to_pay: int) -> date:
    """The last day on which the money may be paid: so many calendar days after certification."""
    return certified_on + timedelta(days=days_to_pay)


def check_can_draw_up(*, is_signed: bool, is_drawn_up: bool, unsettled: Sequence[int] = ()) -> None:
    """Refuse a statement from a report that waits for signatures, or a second one from the same report.

    `unsettled` are the years that no later statement could pay: a gain or loss must not be lost with the contract.
    """
    if not is_signed:
        raise RuleBroken("Every partner must sign the report, or the quarter be closed, before it has a statement.")
    if is_drawn_up:
        raise RuleBroken("The statement for this quarter has already been drawn up.")
    if unsettled:
        raise RuleBroken(
            f"This is the contract’s last statement, and year {unsettled[0]} is not settled yet. Settle it first, so "
            "that its gain or loss is paid. If what it waits for will not come, say so with the year."
        )


def check_can_certify(*, status: str, may: bool) -> None:
    """Refuse to certify what is certified, or for somebody else's contract."""
    if not may:
        raise RuleBroken("Only the contract manager of this contract can certify its statements.")
    if (status, "certify") not in TRANSITIONS:
        raise RuleBroken("This statement has already been certified.")


def check_within_limit(amount: Decimal, *, limit: Decimal, able: Sequence[str]) -> None:
    """Refuse an amount above what somebody may authorise, in pounds. `able` are the names of those who may."""
    if amount <= limit:
        return
    who = f"{' or '.join(able)} may authorise it." if able else "Nobody has a limit that high."
    raise RuleBroken(
        f"The statement is for {pounds_and_pence(amount)}, and you may authorise up to {whole_pounds(limit)}. {who}"
    )


def check_can_authorise(*, status: str, may: bool, certified_it: bool) -> None:
    """Refuse to authorise before certification, twice, or for whoever certified it."""
    if not may:
        raise RuleBroken("Only the finance team of the authority can authorise its statements.")
    if status == Status.AUTHORISED:
        raise RuleBroken("This statement has already been authorised.")
    if (status, "authorise") not in TRANSITIONS:
        raise RuleBroken("This statement has not been certified yet.")
    if certified_it:
        raise RuleBroken("You certified this statement, so somebody else must authorise it.")


def check_can_return(*, status: str, may: bool, reason: str) -> None:
    """Refuse to send back what is not certified, or is authorised, or without saying why."""
    if not may:
        raise RuleBroken("Only the contract manager or the finance team can send a statement back.")
    if (status, "return") not in TRANSITIONS:
        raise RuleBroken("Only a statement that is certified and not yet authorised can be sent back.")
    if not reason.strip():
        raise RuleBroken("Say why you are sending it back.", field="reason")

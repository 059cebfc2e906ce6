"""When a line may be disputed, settled and put right. Pure."""

from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.payments.models import Dispute

Status = Dispute.Status
TRANSITIONS: dict[tuple[str, str], str] = {
    (Status.OPEN, "settle"): Status.SETTLED,
    (Status.OPEN, "uphold"): Status.CLOSED,
    (Status.SETTLED, "release"): Status.CLOSED,
}


def check_can_dispute(*, may: bool, is_held: bool, is_exported: bool, reason: str) -> None:
    """Refuse to dispute what is disputed, or has been sent to be paid, or without saying why."""
    if not may:
        raise RuleBroken(
            "Only the council’s contract manager and finance, or the partner whose line it is, can do this."
        )
    if is_exported:
        raise RuleBroken("This line has been sent to be paid. Ask for an adjustment of a later statement instead.")
    if is_held:
        raise RuleBroken("This line is in dispute already.")
    if not reason.strip():
        raise RuleBroken("Say what is wrong with the line.", field="reason")


def check_can_settle(*, may: bool, status: str, outcome: str) -> None:
    """Refuse to settle what is settled, or without saying what was agreed."""
    if not may:
        raise RuleBroken("Only the contract manager of this contract can settle its disputes.")
    if status != Status.OPEN:
        raise RuleBroken("This dispute has been settled already.")
    if not outcome.strip():
        raise RuleBroken("Say what was agreed, and why.", field="outcome")


def check_can_adjust(*, may: bool, amount: Decimal, reason: str, is_partner: bool) -> None:
    """Refuse an adjustment of nothing, without its reason, or of somebody who is no partner."""
    if not may:
        raise RuleBroken("Only the contract manager of this contract can adjust its statements.")
    if not amount:
        raise RuleBroken("An adjustment of nothing changes nothing. Write an amount.", field="amount")
    if not reason.strip():
        raise RuleBroken("Say what this puts right.", field="reason")
    if not is_partner:
        raise RuleBroken("That is not a partner of this contract.", field="partner")

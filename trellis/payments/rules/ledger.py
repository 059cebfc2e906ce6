"""How money moves between the accounts of a contract. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trellis.payments.models import Account, StatementLine

Kind = StatementLine.Kind
# Where the money of each kind of line comes from; a line below nought goes back there.
COMES_FROM: dict[str, str] = {
    Kind.BASE: Account.SCHEDULE,
    Kind.CREDIT: Account.CREDITS,
    Kind.SHARE: Account.SHARE,
    Kind.ADJUSTMENT: Account.ADJUSTMENTS,
    Kind.INTEREST: Account.INTEREST,
}
# The accounts that hold money of the contract: what they hold together is what the others gave.
HOLDING = (Account.SCHEDULE, Account.PAYABLE, Account.DISPUTED, Account.SENT, Account.PAID)
GIVING = (Account.CONTRACT, Account.SHARE, Account.ADJUSTMENTS, Account.INTEREST, Account.CREDITS, Account.VAT)


@dataclass(frozen=True)
class Entry:
    """A move of pounds, more than nought, from `credit` to `debit`. `source` names the deed, once and for all."""

    debit: str
    credit: str
    amount: Decimal
    source: str
    partner: int | None = None
    quarter: str = ""


def move(
    amount: Decimal, *, to: str, out_of: str, source: str, partner: int | None = None, quarter: str = ""
) -> list[Entry]:
    """The entry for an amount; below nought it goes the other way, and for nothing there is none."""
    if not amount:
        return []
    debit, credit = (to, out_of) if amount > 0 else (out_of, to)
    return [Entry(debit, credit, abs(amount), source, partner, quarter)]


def balances(moves: Iterable[tuple[str, str, Decimal]]) -> dict[str, Decimal]:
    """What each account holds after these moves (debit, credit, pounds); below nought, what it gave."""
    found: dict[str, Decimal] = {account: Decimal("0.00") for account in Account.values}
    for debit, credit, amount in moves:
        found[debit] += amount
        found[credit] -= amount
    return found


def held(balance: Mapping[str, Decimal]) -> Decimal:
    """What is paid and what is outstanding, together."""
    return sum((balance[account] for account in HOLDING), Decimal("0.00"))


def given(balance: Mapping[str, Decimal]) -> Decimal:
    """The contract's value, less credits, with shares, adjustments, interest and VAT."""
    return -sum((balance[account] for account in GIVING), Decimal("0.00"))

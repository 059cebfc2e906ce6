"""What the alliance agreement says of shares. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from trellis.core.errors import RuleBroken
from trellis.web.words import day, percent

WHOLE = Decimal(1)


def check_shares(shares: Mapping[str, Decimal]) -> None:
    """Refuse shares that do not sum to 1: money that belongs to nobody, or twice to somebody.

    `shares` maps a partner's name to its fraction of the contract's value.
    """
    if any(share < 0 for share in shares.values()):
        raise RuleBroken("A share cannot be less than nothing.", field="shares")
    total = sum(shares.values(), Decimal(0))
    if total != WHOLE:
        raise RuleBroken(
            f"The partners’ shares add up to {percent(total)}. They must add up to 100% exactly.", field="shares"
        )


def check_can_restate(
    *, starts_on: date, quarter_starts: Sequence[date], today: date, missing: Sequence[str], strangers: Sequence[str]
) -> None:
    """Refuse shares from a day within a quarter, from a day that has come, or that leave somebody out.

    A quarter is paid by one set of shares, and what was paid stays as it was.
    """
    if starts_on <= today or starts_on not in quarter_starts:
        first = next((start for start in quarter_starts if start > today), None)
        if first is None:
            raise RuleBroken("The last quarter of this contract has begun: its shares stay as they are.")
        raise RuleBroken(
            f"Shares change at the start of a quarter that has not begun. The next one is {day(first)}.",
            field="starts_on",
        )
    if missing:
        raise RuleBroken(f"Say the share of {missing[0]} too, even if it is 0.")
    if strangers:
        raise RuleBroken(f"{strangers[0]} is not a partner on that day, so it has no share.")


def check_can_enter_on_paper(*, is_of_contract: bool, in_hand: str, set_by: str, set_from: date | None) -> None:
    """Refuse what was agreed on paper without its document, or over the heads of those who decide by a proposal.

    `in_hand` is a proposal about these shares that is not finished; `set_by` one that was carried, for `set_from`.
    """
    if not is_of_contract:
        raise RuleBroken("Choose a document of this contract: it has to say what was agreed.", field="document")
    if in_hand:
        raise RuleBroken(
            f"{in_hand} is about these shares and is not finished. Nothing is entered on paper until it is carried "
            "out, is withdrawn, or lapses."
        )
    if set_by and set_from:
        raise RuleBroken(
            f"{set_by} was carried and set the shares from {day(set_from)}. Only a proposal takes their place.",
            field="starts_on",
        )


def check_can_sit(*, is_member: bool, holder_speaks: bool, deputy_speaks: bool, is_same: bool) -> None:
    """Refuse a seat for an organisation at another table, or for people who cannot speak for it."""
    if not is_member:
        raise RuleBroken("This organisation is not a member of the alliance on that day.")
    if not holder_speaks:
        raise RuleBroken("Only somebody who speaks for the member in the alliance can hold its seat.", field="holder")
    if not deputy_speaks:
        raise RuleBroken("Only somebody who speaks for the member in the alliance can deputise.", field="deputy")
    if is_same:
        raise RuleBroken("The deputy has to be somebody else than the holder.", field="deputy")


def check_can_cover(*, starts_on: date, today: date, is_member: bool, latest_start: date | None) -> None:
    """Refuse coverage from a day that has passed, of no member, or from before what was agreed since."""
    if not is_member:
        raise RuleBroken("This organisation is not a partner on that day.", field="starts_on")
    if starts_on < today:
        raise RuleBroken(
            "That day has passed. Say where the partner works from today or a later day.", field="starts_on"
        )
    if latest_start is not None and starts_on < latest_start:
        raise RuleBroken(
            f"Where the partner works was agreed from {day(latest_start)} already. Choose that day or a later one.",
            field="starts_on",
        )

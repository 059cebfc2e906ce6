"""What a partner that leaves has to hand over before that is complete. Pure."""

from datetime import date, datetime, timedelta

from trellis.core.errors import RuleBroken
from trellis.web.words import counted, day

OPEN, CLOSED = "open", "closed"
# A worker hands over a case in a fraction of a second: after this long without one it was killed.
IS_DEAD_AFTER = timedelta(minutes=1)


def check_can_open(*, left_on: date | None, is_open: bool) -> None:
    """Refuse a handover without a last day, or a second one."""
    if left_on is None:
        raise RuleBroken("Agree first on which day the partner leaves.")
    if is_open:
        raise RuleBroken("The handover is begun already.")


def check_is_open(status: str) -> None:
    """Refuse to go on with what is complete."""
    if status == CLOSED:
        raise RuleBroken("The handover is complete: nothing more is done in it.")


def check_can_end_roles(*, left_on: date, today: date) -> None:
    """Refuse to end roles before the last day is over: until then, its people work."""
    if today <= left_on:
        raise RuleBroken(f"Its people keep their roles until {day(left_on)} is over.")


def check_can_close(*, left_on: date, today: date, cases: int, roles: int, are_shares_restated: bool) -> None:
    """Refuse to call complete what is not: `cases` and `roles` are those still to be handed over or ended.

    Whether each question of the handover is answered is asked of contracts, which keeps them.
    """
    if today <= left_on:
        raise RuleBroken(f"The last day is {day(left_on)}. The handover is complete once it is over.")
    if cases:
        raise RuleBroken(f"{counted(cases, 'case')} still {'has' if cases == 1 else 'have'} to be handed over.")
    if roles:
        raise RuleBroken(f"{counted(roles, 'role')} at the partner still {'has' if roles == 1 else 'have'} to end.")
    if not are_shares_restated:
        raise RuleBroken("The shares of the other partners do not add up to 1 from the day after.")


def is_at_work(*, asked_at: datetime | None, last_at: datetime | None, left: int, now: datetime) -> bool:
    """Whether the worker is still at it: asked, not done, and heard of a moment ago."""
    heard = max((at for at in (asked_at, last_at) if at), default=None)
    return bool(asked_at and left and heard and now - heard < IS_DEAD_AFTER)

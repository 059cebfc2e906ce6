"""When detail may be purged, and how the purge is written down."""

from collections.abc import Iterable
from datetime import datetime

from trellis.core.errors import RuleBroken


def check_can_purge(*, reason: str, one: bool, older_than: datetime | None, now: datetime) -> None:
    """Refuse a purge without a reason, without one clear extent, or of what has not happened yet."""
    if not reason.strip():
        raise RuleBroken("Say why the detail is purged.", field="reason")
    if one == (older_than is not None):
        raise RuleBroken("Name one entry, or the date before which detail is purged.")
    if older_than and older_than > now:
        raise RuleBroken("The date lies in the future.", field="older_than")


def check_something_to_purge(count: int) -> None:
    """Refuse to record a purge of nothing."""
    if not count:
        raise RuleBroken("There is no detail to purge.")


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Ascending numbers as runs of first and last: 1 2 3 7 → [[1, 3], [7, 7]]."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found

"""Scores, bands, and when a risk or an action may be closed. Pure."""

from collections.abc import Mapping
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.web.words import counted

LEVELS = range(1, 6)


def score(likelihood: int, impact: int) -> int:
    """Likelihood times impact, 1 to 25."""
    return likelihood * impact


def band(points: int, bands: Mapping[str, int]) -> str:
    """The band of a score; `bands` gives each band the score from which on it holds."""
    return max((name for name, start in bands.items() if points >= start), key=lambda name: bands[name])


def check_scores(*, before: tuple[int, int], after: tuple[int, int]) -> None:
    """Refuse controls that make a risk worse. Each pair is likelihood and impact."""
    if after[0] > before[0]:
        raise RuleBroken("With the controls it cannot be likelier than without.", field="likelihood_after")
    if after[1] > before[1]:
        raise RuleBroken("With the controls its impact cannot be greater than without.", field="impact_after")


def check_to_come(day: date, *, today: date, field: str) -> None:
    """Refuse a day that is over, for what is still to be done."""
    if day < today:
        raise RuleBroken("Give a day to come.", field=field)


def check_is_open(*, is_closed: bool) -> None:
    """Refuse to change what is closed."""
    if is_closed:
        raise RuleBroken("This is closed. If it comes back, raise it anew.")


def check_can_close(*, unverified: int) -> None:
    """Refuse to close a risk while an action is not done, or not verified."""
    if unverified:
        raise RuleBroken(f"{counted(unverified, 'action')} not verified yet. See to that first.")


def check_can_verify(*, is_done: bool, is_verified: bool, is_own: bool) -> None:
    """Refuse to verify what is not done, what is verified, and one's own deed."""
    if not is_done:
        raise RuleBroken("Nobody has said that it is done.")
    if is_verified:
        raise RuleBroken("It is verified already.")
    if is_own:
        raise RuleBroken("You said that it is done: somebody else has to verify it.")

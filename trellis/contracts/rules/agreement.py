"""What the alliance agreement may say of who decides. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.web.words import day

EVERY_MEMBER, MANAGEMENT_TEAM, COMMISSIONER = "every-member", "management-team", "commissioner"
RESERVED, EXCLUSION = "reserved", "exclusion"


def check_class(
    *,
    matters: Sequence[str],
    known: Sequence[str],
    decides: str,
    quorum: int | None,
    days: Sequence[int],
    concerned_decides: bool,
    elsewhere: Mapping[str, str],
) -> None:
    """Refuse terms under which nobody, or the wrong member, would decide.

    `elsewhere` maps a matter to the class that covers it on that day; `days` are those of the three stages.
    """
    strangers = [matter for matter in matters if matter not in known]
    if strangers:
        raise RuleBroken(f"There is no kind of matter called {strangers[0]}.")
    twice = next((matter for matter in matters if matter in elsewhere), None)
    if twice:
        raise RuleBroken(f"{elsewhere[twice]} covers {twice} on that day. A matter belongs to one class.")
    if RESERVED in matters and decides != COMMISSIONER:
        raise RuleBroken("Extension, termination and statutory duties are reserved to the commissioner.")
    if EXCLUSION in matters and concerned_decides:
        raise RuleBroken("A member has no position on its own exclusion.")
    if (decides == MANAGEMENT_TEAM) != (quorum is not None):
        raise RuleBroken("Say a quorum for the management team, and for nobody else.")
    if quorum is not None and quorum < 1 or min(days) < 1:
        raise RuleBroken("A quorum is 1 or more, and each stage takes 1 working day or more.")


def no_class(matter: str, on: date) -> RuleBroken:
    """The refusal of a matter of which the agreement says nothing."""
    return RuleBroken(f"The alliance agreement does not say who decides “{matter}” on {day(on)}.")

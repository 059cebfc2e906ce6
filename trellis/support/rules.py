"""When a case may do what. Pure: no database, request or clock."""

from collections.abc import Mapping
from datetime import date

from trellis.core.errors import RuleBroken

REQUESTED, TRIAGED, ALLOCATED = "requested", "triaged", "allocated"
IN_PROGRESS, COMPLETED, WITHDRAWN = "in-progress", "completed", "withdrawn"

# (status, what is done) → the status after it. What is not here is refused.
TRANSITIONS = {
    (REQUESTED, "triage"): TRIAGED,
    (REQUESTED, "withdraw"): WITHDRAWN,
    (TRIAGED, "allocate"): ALLOCATED,
    (TRIAGED, "take"): IN_PROGRESS,
    (TRIAGED, "withdraw"): WITHDRAWN,
    (ALLOCATED, "take"): IN_PROGRESS,
    (ALLOCATED, "hand_back"): TRIAGED,
    (ALLOCATED, "withdraw"): WITHDRAWN,
    (IN_PROGRESS, "record_activity"): IN_PROGRESS,
    (IN_PROGRESS, "complete"): COMPLETED,
    (IN_PROGRESS, "hand_back"): TRIAGED,
    (IN_PROGRESS, "withdraw"): WITHDRAWN,
}
ACTIONS = ("triage", "allocate", "take", "hand_back", "record_activity", "complete", "withdraw")
DONE = {
    "triage": "triaged",
    "allocate": "offered to a partner",
    "take": "taken",
    "hand_back": "handed back",
    "record_activity": "worked on",
    "complete": "completed",
    "withdraw": "withdrawn",
}
STANDS = {
    REQUESTED: "has not been triaged yet",
    TRIAGED: "is waiting for an adviser",
    ALLOCATED: "is offered to a partner",
    IN_PROGRESS: "is already in progress",
    COMPLETED: "is already completed",
    WITHDRAWN: "has been withdrawn",
}
LONGEST_DAY_MINUTES = 24 * 60


def next_status(status: str, action: str) -> str:
    """The status after an action, by the table; RuleBroken where the table has none."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise RuleBroken(f"This case {STANDS[status]}, so it cannot be {DONE[action]}.") from None


def can(status: str, action: str) -> bool:
    """Whether the table has the transition: what the buttons ask."""
    return (status, action) in TRANSITIONS


def check_can_hand_over(*, status: str, is_theirs: bool) -> None:
    """Refuse to hand over what is finished, or is not the partner's that leaves."""
    if not is_theirs or not is_open(status):
        raise RuleBroken(f"This case {STANDS[status]}, or is not this partner’s any more: nothing is to hand over.")


def may_see(
    *, is_own: bool, competes: bool, is_shut_out: bool, is_chosen: bool, is_other_chosen: bool, was_told: bool,
    holds: bool, waits_for_anybody: bool,
) -> bool:  # fmt: skip
    """The conflict firewall, for the people of one partner and one case; queries.firewalled says the same in SQL.

    `is_own`: the case is of their own organisation. `competes`: theirs runs the same kind of service in the same
    district. `was_told`: the organisation chose them although it was told of that. `holds`: theirs holds the case.
    """
    if is_shut_out or is_other_chosen:
        return False
    if (is_own or competes) and not (is_chosen and was_told):
        return False
    return holds or waits_for_anybody


def check_need(need: str) -> None:
    """Refuse a request that says nothing an adviser could act on."""
    if not need.strip():
        raise RuleBroken("Tell us what you need help with.", field="need")


def check_choice(*, is_partner: bool, is_conflicted: bool, conflict_accepted: bool, is_shut_out: bool) -> None:
    """Refuse the choice of a partner that is none, or shut out, or whose conflict nobody was told of."""
    if not is_partner:
        raise RuleBroken("Choose one of the alliance’s partners.", field="chosen_partner")
    if is_shut_out:
        raise RuleBroken("You have chosen a partner and shut it out too. Do one or the other.", field="chosen_partner")
    if is_conflicted and not conflict_accepted:
        raise RuleBroken(
            "This partner runs services like yours in your district. Say that you know this and still choose it.",
            field="conflict_accepted",
        )


def check_can_offer(*, is_open_to: bool) -> None:
    """Refuse to offer a case to a partner that has a conflict, was shut out, or is not the one that was chosen."""
    if not is_open_to:
        raise RuleBroken("This case cannot be offered to that partner. Choose another.", field="partner")


def check_holds(*, holder: int | None, mine: list[int]) -> None:
    """Refuse work on a case that another organisation holds."""
    if holder not in mine:
        raise RuleBroken("Another organisation holds this case.")


def check_activity(*, occurred_on: date, minutes: int, note: str, requested_on: date, today: date) -> None:
    """Refuse help given before it was asked for, in the future, in no time, or that says nothing."""
    if occurred_on > today:
        raise RuleBroken("The date is in the future. Record help after it was given.", field="occurred_on")
    if occurred_on < requested_on:
        raise RuleBroken("The date is before the organisation asked. Check the date.", field="occurred_on")
    if not 0 < minutes <= LONGEST_DAY_MINUTES:
        raise RuleBroken("Enter how many minutes it took, from 1 to 1440.", field="minutes")
    if not note.strip():
        raise RuleBroken("Say in a line what you did.", field="note")


def check_can_complete(
    *, status: str, outcome: str, first_contact_on: date | None, last_activity_on: date | None,
    completed_on: date, today: date,
) -> None:  # fmt: skip
    """Refuse completion out of turn, without contact, without an outcome, or on a day that cannot be."""
    next_status(status, "complete")
    if first_contact_on is None:
        raise RuleBroken("Record what you did before you complete the case: nobody has been in touch yet.")
    if not outcome:
        raise RuleBroken("Say what came of it.", field="outcome")
    if completed_on > today:
        raise RuleBroken("The date is in the future. Complete the case when it is done.", field="completed_on")
    if last_activity_on and completed_on < last_activity_on:
        raise RuleBroken(
            f"You recorded help on {last_activity_on.day} {last_activity_on:%B %Y}. "
            "The case cannot be completed before that.",
            field="completed_on",
        )


def is_open(status: str) -> bool:
    """Whether anything can still happen to the case."""
    return status not in (COMPLETED, WITHDRAWN)


def withheld(counts: Mapping[str, int], *, fewest: int) -> tuple[dict[str, int | None], int | None]:
    """Counts as they may be shown, and their sum: None stands for one that is withheld.

    Withheld is what lies between nought and `fewest`. The sum would give one such count away, and two that come to
    little: the next smallest are then withheld too and, where there is no other, the sum is (secondary suppression, as
    in Hundepool et al., Statistical Disclosure Control, 2012).
    """
    small = [name for name, count in counts.items() if 0 < count < fewest]
    others = sorted((count, name) for name, count in counts.items() if count >= fewest)

    def gives_away() -> bool:
        return bool(small) and (len(small) == 1 or sum(counts[name] for name in small) < fewest)

    while gives_away() and others:
        small.append(others.pop(0)[1])
    total = sum(counts.values())
    hides_sum = gives_away() or 0 < total < fewest
    return {name: None if name in small else count for name, count in counts.items()}, None if hides_sum else total

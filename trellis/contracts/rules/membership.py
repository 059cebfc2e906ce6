"""How an organisation joins the alliance and leaves it. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.core.periods import add_months
from trellis.web.words import counted, day

INVITED, DUE_DILIGENCE, ADMITTED, ACTIVE = "invited", "due-diligence", "admitted", "active"
LEAVING, LEFT, REMEDY, EXCLUDED, WITHDRAWN = "leaving", "left", "remedy", "excluded", "withdrawn"

# (status, what is done) → the status after it. What is not here is refused.
TRANSITIONS = {
    (INVITED, "start_due_diligence"): DUE_DILIGENCE,
    (INVITED, "withdraw"): WITHDRAWN,
    (DUE_DILIGENCE, "check"): DUE_DILIGENCE,
    (DUE_DILIGENCE, "admit"): ADMITTED,
    (DUE_DILIGENCE, "withdraw"): WITHDRAWN,
    (ADMITTED, "begin"): ACTIVE,
    (ACTIVE, "give_notice"): LEAVING,
    (ACTIVE, "plan_remedy"): REMEDY,
    (REMEDY, "conclude_remedy"): ACTIVE,
    (REMEDY, "give_notice"): LEAVING,
    (REMEDY, "exclude"): EXCLUDED,
    (LEAVING, "take_notice_back"): ACTIVE,
    (LEAVING, "accept"): LEAVING,
    (LEAVING, "hand_over"): LEAVING,
    (LEAVING, "leave"): LEFT,
    (EXCLUDED, "hand_over"): EXCLUDED,
    (EXCLUDED, "leave"): EXCLUDED,
}
DONE = {
    "start_due_diligence": "checked from the beginning",
    "withdraw": "withdrawn",
    "check": "checked",
    "admit": "admitted",
    "begin": "begun",
    "give_notice": "given notice of",
    "plan_remedy": "put on a remedy plan",
    "conclude_remedy": "taken off a remedy plan",
    "exclude": "ended by exclusion",
    "take_notice_back": "kept by taking notice back",
    "accept": "ended by agreement",
    "hand_over": "handed over",
    "leave": "ended",
}
STANDS = {
    INVITED: "is an invitation",
    DUE_DILIGENCE: "is being checked",
    ADMITTED: "is agreed and has not begun",
    ACTIVE: "is running",
    LEAVING: "is under notice",
    LEFT: "has ended",
    REMEDY: "is on a remedy plan",
    EXCLUDED: "was ended by exclusion",
    WITHDRAWN: "did not come about",
}


def next_status(status: str, action: str) -> str:
    """The status after an action, by the table; RuleBroken where the table has none."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise RuleBroken(f"This membership {STANDS[status]}, so it cannot be {DONE[action]}.") from None


def can(status: str, action: str) -> bool:
    """Whether the table has the transition: what the buttons ask."""
    return (status, action) in TRANSITIONS


@dataclass(frozen=True)
class Check:
    """One question of a checklist, as far as rules care: `outcome` is "met", "not-met" or empty."""

    question: str
    outcome: str
    is_verified: bool


def check_can_invite(*, is_authority: bool, is_independent_route: bool, is_known: bool) -> None:
    """Refuse to invite the commissioner, the independent route, or whoever is or was at the table."""
    if is_authority:
        raise RuleBroken("The commissioner is a member already.", field="organisation")
    if is_independent_route:
        raise RuleBroken(
            "The independent route takes cases when every partner has a conflict, so it cannot be a partner.",
            field="organisation",
        )
    if is_known:
        raise RuleBroken("This organisation is, was or is about to be a member.", field="organisation")


def check_can_admit(*, checks: Sequence[Check], proposal: str, variation: str) -> None:
    """Refuse to admit what is not checked, not agreed by all, or not shown to be lawful.

    `proposal` is the reference of the carried proposal: admission is unanimous. `variation` is that of the variation by
    which the change was tested against procurement law (PCR 2015 regulation 72, PA 2023 section 74).
    """
    _check_all_are_met(checks)
    if not proposal.strip():
        raise RuleBroken("Name the proposal by which every member agreed.", field="proposal")
    if not variation.strip():
        raise RuleBroken("Name the variation that shows that the change is lawful.", field="variation")


def check_rests_on(*, agreement: str, agreements: Collection[str]) -> None:
    """Refuse what no carried proposal and no document of the contract says."""
    if agreement not in agreements:
        raise RuleBroken(
            "Choose a document of this contract, or a proposal about this that was carried: it has to say what was "
            "agreed.",
            field="proposal",
        )


def check_is_lawful(*, ground: str, grounds: Collection[str]) -> None:
    """Refuse a change of membership of which no variation and no document shows that it is lawful."""
    if ground not in grounds:
        raise RuleBroken(
            "Choose a variation of this contract that the law allows, or a document that shows that it does.",
            field="variation",
        )


def _check_all_are_met(checks: Sequence[Check]) -> None:
    for check in checks:
        if check.outcome != "met":
            words = "is not answered yet" if not check.outcome else "is answered with no"
            raise RuleBroken(f"“{check.question}” {words}. An organisation joins when every check is met.")
        if not check.is_verified:
            raise RuleBroken(f"“{check.question}” has to be verified by a second person.")
    if not checks:
        raise RuleBroken("Nothing has been checked yet.")


def is_checked(checks: Sequence[Check]) -> bool:
    """Whether every check is met and verified: then the members can be asked to admit."""
    try:
        _check_all_are_met(checks)
    except RuleBroken:
        return False
    return True


def can_admit(*, checks: Sequence[Check], proposal: str, variation: str) -> bool:
    """Whether `check_can_admit` lets it pass: what the button asks."""
    try:
        check_can_admit(checks=checks, proposal=proposal, variation=variation)
    except RuleBroken:
        return False
    return True


def check_answer(*, outcome: str, note: str) -> None:
    """Refuse an answer that does not say what it rests on."""
    if not note.strip():
        words = "Say what you saw, and where it is kept." if outcome == "met" else "Say why not."
        raise RuleBroken(words, field="note")


def check_can_verify(*, outcome: str, is_verified: bool, is_same_person: bool) -> None:
    """Refuse to verify nothing, twice, or what one answered oneself."""
    if not outcome:
        raise RuleBroken("Nobody has answered this yet.")
    if is_verified:
        raise RuleBroken("This is verified already.")
    if is_same_person:
        raise RuleBroken("You answered this, so somebody else has to verify it.")


def earliest_leaving(*, notice_on: date, months: int | None, quarter_ends: Sequence[date]) -> date | None:
    """The earliest last day after notice: the end of the quarter in which the months of notice have run out.

    `quarter_ends` are the last days of the contract's quarters, in order. None where the contract ends before that.
    """
    run_out = add_months(notice_on, months or 0)
    return next((end for end in quarter_ends if end >= run_out), None)


def check_notice(
    *, notice_on: date, leaves_on: date, months: int | None, quarter_ends: Sequence[date], reason: str
) -> None:
    """Refuse notice that is too short, for a day within a quarter, or without a word why."""
    if not reason.strip():
        raise RuleBroken("Say why it leaves. It may be a line.", field="reason")
    earliest = earliest_leaving(notice_on=notice_on, months=months, quarter_ends=quarter_ends)
    if earliest is None:
        raise RuleBroken("The contract ends before notice given today has run out.", field="leaves_on")
    if leaves_on < earliest or leaves_on not in quarter_ends:
        asks = f"asks for {counted(months, 'month')} of notice, and a" if months else "has no months of notice. A"
        raise RuleBroken(
            f"The agreement {asks} partner leaves at the end of a quarter: {day(earliest)} at the earliest.",
            field="leaves_on",
        )


def check_remedy(*, remedy: str, review_on: date, today: date) -> None:
    """Refuse a remedy plan that says nothing, or that nobody looks at again."""
    if not remedy.strip():
        raise RuleBroken("Say what is to be put right, and how.", field="remedy")
    if review_on <= today:
        raise RuleBroken("Choose a day to come on which you look at it again.", field="review_on")


def check_can_exclude(*, remedy_review_on: date | None, today: date, reason: str) -> None:
    """Refuse to exclude a partner before its remedy plan has had its time, or without a reason."""
    if remedy_review_on is None or today < remedy_review_on:
        until = f" until {day(remedy_review_on)}" if remedy_review_on else ""
        raise RuleBroken(f"The remedy plan has time{until}. A partner is excluded only after that.")
    if not reason.strip():
        raise RuleBroken("Say why the partner is excluded.", field="reason")


def check_can_leave(*, left_on: date | None, today: date, checks: Sequence[Check]) -> None:
    """Refuse to call a membership ended before its last day is over, or with its handover open."""
    if left_on is None or today <= left_on:
        raise RuleBroken("Its last day is not over yet.")
    open_checks = [check.question for check in checks if not check.outcome]
    if open_checks:
        raise RuleBroken(f"The handover is open: “{open_checks[0]}”")

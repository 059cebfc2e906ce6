"""Where a proposal may go next, and what it has to say. Pure."""

from datetime import date

from trellis.core.errors import RuleBroken
from trellis.web.words import day

DRAFT, OPEN, CARRIED, CARRIED_OUT = "draft", "open", "carried", "carried-out"
LAPSED, WITHDRAWN = "lapsed", "withdrawn"

ABOUT_AN_ORGANISATION = frozenset({"admission", "exclusion"})

# (status, what is done) → the status after it. What is not here is refused.
TRANSITIONS = {
    (DRAFT, "write"): DRAFT,
    (DRAFT, "open"): OPEN,
    (DRAFT, "withdraw"): WITHDRAWN,
    (OPEN, "position"): OPEN,
    (OPEN, "discuss"): OPEN,
    (OPEN, "advise"): OPEN,
    (OPEN, "amend"): OPEN,
    (OPEN, "escalate"): OPEN,
    (OPEN, "withdraw"): WITHDRAWN,
    (OPEN, "carry"): CARRIED,
    (OPEN, "lapse"): LAPSED,
    (CARRIED, "amend"): OPEN,
    (CARRIED, "withdraw"): WITHDRAWN,
    (CARRIED, "stop"): CARRIED,
    (CARRIED, "carry_out"): CARRIED_OUT,
}
DONE = {
    "write": "written differently: amend it instead",
    "open": "opened",
    "withdraw": "withdrawn",
    "position": "answered with a position",
    "discuss": "discussed",
    "advise": "advised on",
    "amend": "amended",
    "escalate": "moved on",
    "carry": "carried",
    "lapse": "let go",
    "stop": "stopped",
    "carry_out": "carried out",
}
STANDS = {
    DRAFT: "is a draft",
    OPEN: "is open",
    CARRIED: "is carried",
    CARRIED_OUT: "is carried out",
    LAPSED: "has lapsed",
    WITHDRAWN: "has been withdrawn",
}


def next_status(status: str, action: str) -> str:
    """The status after an action, by the table; RuleBroken where the table has none."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise RuleBroken(f"This proposal {STANDS[status]}, so it cannot be {DONE[action]}.") from None


def can(status: str, action: str) -> bool:
    """Whether the table has the transition: what the buttons ask."""
    return (status, action) in TRANSITIONS


def check_concerned(*, matter: str, is_named: bool) -> None:
    """Refuse a proposal that admits or excludes nobody in particular."""
    if matter in ABOUT_AN_ORGANISATION and not is_named:
        raise RuleBroken("Say which organisation the proposal is about.", field="matter")


def check_words(*, title: str, text: str, best_for_service: str) -> None:
    """Refuse a proposal that does not say what it wants, or why that is best for the service."""
    for value, field, words in (
        (title, "title", "Say what the proposal is called."),
        (text, "text", "Say what is proposed."),
        (best_for_service, "best_for_service", "Say why this is best for the service."),
    ):
        if not value.strip():
            raise RuleBroken(words, field=field)


def check_day(*, effective_on: date, today: date, ends_on: date) -> None:
    """Refuse a day that has passed, or that lies beyond the contract."""
    if effective_on < today:
        raise RuleBroken("Give a day that is still to come, or today.", field="effective_on")
    if effective_on > ends_on:
        raise RuleBroken(f"The contract ends on {day(ends_on)}. Give a day before that.", field="effective_on")


def check_own(*, is_proposer: bool, proposer: str) -> None:
    """Refuse others what only the member that proposes can do."""
    if not is_proposer:
        raise RuleBroken(f"Only {proposer}, who proposes it, can do this.")


def check_can_change(*, status: str, refusal: str) -> None:
    """Refuse to amend or withdraw what was carried, unless it could not be carried out (`refusal` says why)."""
    if status == CARRIED and not refusal:
        raise RuleBroken("This proposal is carried. Propose a new one to change what was agreed.")


def check_can_carry_out(*, status: str, effective_on: date, waits: bool, today: date) -> None:
    """Refuse to carry out what is not carried, or, where it `waits`, what is to happen on a later day."""
    next_status(status, "carry_out")
    if waits and effective_on > today:
        raise RuleBroken(f"It was agreed from {day(effective_on)} on. It can be carried out from that day.")

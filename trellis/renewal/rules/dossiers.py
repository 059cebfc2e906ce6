"""When a dossier may be written, submitted, linked and applied. Pure."""

from collections.abc import Sequence
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.web.words import day

DRAFT, SUBMITTED, APPLIED, CLOSED, WITHDRAWN = "draft", "submitted", "applied", "closed", "withdrawn"
EXTEND, END = "extend", "end"

# (status, what is done) → the status after it. What is not here is refused.
TRANSITIONS = {
    (DRAFT, "write"): DRAFT,
    (DRAFT, "submit"): SUBMITTED,
    (DRAFT, "withdraw"): WITHDRAWN,
    (SUBMITTED, "submit"): SUBMITTED,
    (SUBMITTED, "reopen"): DRAFT,
    (SUBMITTED, "link"): SUBMITTED,
    (SUBMITTED, "record_extend"): SUBMITTED,
    (SUBMITTED, "record_end"): CLOSED,
    (SUBMITTED, "apply"): APPLIED,
    (SUBMITTED, "withdraw"): WITHDRAWN,
}
ACTIONS = ("write", "submit", "reopen", "link", "record_extend", "record_end", "apply", "withdraw")
DONE = {
    "write": "changed",
    "submit": "submitted",
    "reopen": "opened again",
    "link": "linked to a decision",
    "record_extend": "given what was decided",
    "record_end": "given what was decided",
    "apply": "applied",
    "withdraw": "withdrawn",
}
STANDS = {
    DRAFT: "is still being written",
    SUBMITTED: "is submitted",
    APPLIED: "was applied",
    CLOSED: "ended without an extension",
    WITHDRAWN: "was withdrawn",
}


def next_status(status: str, action: str) -> str:
    """The status after an action, by the table; RuleBroken where the table has none."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise RuleBroken(f"The dossier {STANDS[status]}, so it cannot be {DONE[action]}.") from None


def can(status: str, action: str) -> bool:
    """Whether the table has the transition: what the buttons ask."""
    return (status, action) in TRANSITIONS


def check_is_next(*, extension: int, applied: int, optional: int) -> None:
    """Refuse an optional year that the contract does not have, or that comes before an earlier one.

    `applied` is how many years were added so far, `optional` how many the contract can be extended by.
    """
    if optional < 1:
        raise RuleBroken("The contract has no optional year.")
    if extension > optional:
        raise RuleBroken(f"The contract has {optional} optional years and no more.", field="extension")
    if extension <= applied:
        raise RuleBroken(f"The contract is extended by year {extension} already.", field="extension")
    if extension > applied + 1:
        raise RuleBroken(f"Extension {applied + 1} comes first: it is not applied yet.", field="extension")


def check_term_runs(*, ends_on: date, today: date) -> None:
    """Refuse to extend what has ended: a term that is over is not brought back."""
    if today > ends_on:
        raise RuleBroken(f"The term ended on {day(ends_on)}. A contract that is over cannot be extended.")


def check_assessment(text: str) -> None:
    """Refuse a section without a sentence on what its figures mean."""
    if len(text.split()) < 3:
        raise RuleBroken("Say in a sentence what these figures mean for the decision.", field="text")


def check_recommendation(*, recommendation: str, reasons: str) -> None:
    """Refuse a recommendation that is none, or has no reasons."""
    if recommendation not in (EXTEND, END):
        raise RuleBroken("Say whether you recommend to extend.", field="recommendation")
    if not reasons.strip():
        raise RuleBroken("Give the reasons for what you recommend.", field="reasons")


def check_can_submit(*, missing: Sequence[str], is_first: bool, is_same: bool, note: str) -> None:
    """Refuse a dossier with gaps; and a later version that is the same, or does not say what is new in it.

    Whether the decision is taken already is asked before, by check_not_taken.
    """
    if missing:
        raise RuleBroken(f"The dossier is not complete. {missing[0]}")
    if is_same:
        raise RuleBroken("Nothing has changed since the last version was submitted.")
    if not is_first and not note.strip():
        raise RuleBroken("Say what is new since the last version, and whether it changes anything.", field="note")


def check_not_taken(*, decided_on: date | None) -> None:
    """Refuse to write or submit a dossier anew once the decision that rests on it is taken."""
    if decided_on is not None:
        raise RuleBroken(f"The decision was taken on {day(decided_on)}: what it rested on stays as it is.")


def check_can_link(
    *, is_same_authority: bool, is_withdrawn: bool, is_taken_by_another: bool, decided_on: date | None,
    submitted_on: date, is_current_decided: bool,
) -> None:  # fmt: skip
    """Refuse a decision that cannot have rested on this dossier: another authority's, given up, or taken before it."""
    if is_current_decided:
        raise RuleBroken("What was decided is recorded already, so the dossier stays with its decision.")
    if not is_same_authority:
        raise RuleBroken("This decision is another authority’s.", field="decision")
    if is_withdrawn:
        raise RuleBroken("This decision was withdrawn.", field="decision")
    if is_taken_by_another:
        raise RuleBroken("Another dossier goes with this decision.", field="decision")
    if decided_on is not None and decided_on < submitted_on:
        raise RuleBroken(
            f"This decision was taken on {day(decided_on)}, before the dossier was submitted on {day(submitted_on)}: "
            "it cannot have rested on it.",
            field="decision",
        )


def check_can_record(*, has_decision: bool, decided_on: date | None, decided: str) -> None:
    """Refuse to say what was decided before it was, or twice."""
    if not has_decision:
        raise RuleBroken("Say first which decision the dossier goes with.")
    if decided:
        raise RuleBroken("What was decided is recorded already.")
    if decided_on is None:
        raise RuleBroken("The decision is not taken yet.")


def check_is_decided(*, has_decision: bool, decided: str) -> None:
    """Refuse to extend without a decision that says so: what its record says is recorded by a person."""
    if not has_decision:
        raise RuleBroken("No decision goes with this dossier. A contract is not extended without one.")
    if decided != EXTEND:
        raise RuleBroken("Nobody has recorded yet that the decision is to extend. Its record says what was decided.")


def check_can_apply(
    *, moved: Sequence[str], is_weighed: bool, ends_on: date, today: date, extension: int, applied: int, optional: int
) -> None:
    """Refuse to extend too late, out of order, or on figures that have moved and that nobody has weighed.

    `moved` is what the data say differently from the version that was decided on; `is_weighed`: somebody has said
    whether that changes anything. Whether the decision is in effect, regular and without open conditions is asked of
    decisions.
    """
    check_term_runs(ends_on=ends_on, today=today)
    check_is_next(extension=extension, applied=applied, optional=optional)
    if moved and not is_weighed:
        raise RuleBroken(
            f"The data behind the dossier have moved: {moved[0]}. Somebody has to say whether that changes anything, "
            "and extend the contract by hand."
        )


def check_not_called_in(*, is_called_in: bool) -> None:
    """Refuse to act on what members have called in: scrutiny has to let it through first."""
    if is_called_in:
        raise RuleBroken("The decision is called in. Nothing can be done under it until scrutiny lets it through.")


def check_no_condition(waits_for: Sequence[str]) -> None:
    """Refuse while any condition of the decision is open, whatever it was set for: a term cannot be half extended."""
    if waits_for:
        raise RuleBroken(f"A condition is open: {waits_for[0].rstrip('.')}. Record first that it is met.")

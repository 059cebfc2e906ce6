"""Where a decision may go next, and what a decision must say of itself. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.web.words import day

DRAFT, TAKEN, PUBLISHED, CALLED_IN = "draft", "taken", "published", "called-in"
REFERRED, COUNCIL, WITHDRAWN = "referred", "council", "withdrawn"
REFERENCE = re.compile(r"[0-9]{2}/[0-9]{5}")

# (status, what is done) → the status after it. What is not here is refused: once taken, nothing is withdrawn.
TRANSITIONS = {
    (DRAFT, "plan"): DRAFT,
    (DRAFT, "draft"): DRAFT,
    (DRAFT, "take"): TAKEN,
    (DRAFT, "withdraw"): WITHDRAWN,
    (TAKEN, "draft"): TAKEN,
    (TAKEN, "publish"): PUBLISHED,
    (PUBLISHED, "call_in"): CALLED_IN,
    (PUBLISHED, "correct"): PUBLISHED,
    (PUBLISHED, "implement"): PUBLISHED,
    (CALLED_IN, "correct"): CALLED_IN,
    (CALLED_IN, "no-comment"): PUBLISHED,
    (CALLED_IN, "refer-back"): REFERRED,
    (CALLED_IN, "refer-council"): COUNCIL,
    (REFERRED, "plan"): REFERRED,
    (REFERRED, "draft"): REFERRED,
    (REFERRED, "take"): TAKEN,
    (COUNCIL, "plan"): COUNCIL,
    (COUNCIL, "draft"): COUNCIL,
    (COUNCIL, "take"): TAKEN,
}
DONE = {
    "plan": "changed",
    "draft": "written differently: publish a new version instead",
    "take": "taken",
    "withdraw": "withdrawn",
    "publish": "published",
    "call_in": "called in",
    "correct": "corrected",
    "implement": "acted on",
    "no-comment": "let through",
    "refer-back": "referred back",
    "refer-council": "referred to the full council",
}
STANDS = {
    DRAFT: "has not been taken yet",
    TAKEN: "is taken and waits for its record to be published",
    PUBLISHED: "is published",
    CALLED_IN: "is called in",
    REFERRED: "was referred back to the decision maker",
    COUNCIL: "was referred to the full council",
    WITHDRAWN: "has been withdrawn",
}


def next_status(status: str, action: str) -> str:
    """The status after an action, by the table; RuleBroken where the table has none."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise RuleBroken(f"This decision {STANDS[status]}, so it cannot be {DONE[action]}.") from None


def can(status: str, action: str) -> bool:
    """Whether the table has the transition: what the buttons ask."""
    return (status, action) in TRANSITIONS


def check_reference(reference: str) -> None:
    """Refuse a reference that is not the year's two digits, a stroke and five digits."""
    if not REFERENCE.fullmatch(reference):
        raise RuleBroken(
            "Write the reference as two digits, a stroke and five digits, like 16/00051.", field="reference"
        )


def check_pathway(*, name: str, bodies: Sequence[str], taken: Iterable[str]) -> None:
    """Refuse a pathway without a name or a body, with a body twice, or with a name of `taken`. Case does not count."""
    if not name:
        raise RuleBroken("Say what the pathway is called.", field="name")
    if name.casefold() in {other.casefold() for other in taken}:
        raise name_is_taken(name)
    if not bodies:
        raise RuleBroken("Name at least one body.", field="body_1")
    seen: set[str] = set()
    for body in bodies:
        if not body:
            raise RuleBroken("Say which body it is.", field="body_1")
        if body.casefold() in seen:
            raise RuleBroken(f"{body} is there twice. Name each body once.")
        seen.add(body.casefold())


def name_is_taken(name: str) -> RuleBroken:
    """The refusal of a name that another pathway of the authority has."""
    return RuleBroken(f"There is already a pathway called {name}.", field="name")


def check_matter(*, title: str, matter: str) -> None:
    """Refuse a decision that does not say what it is."""
    if not title.strip():
        raise RuleBroken("Say what the decision is called.", field="title")
    if not matter.strip():
        raise RuleBroken("Say in plain words what is to be decided.", field="matter")


def check_maker(
    *, maker_kind: str, maker_name: str, maker_title: str, maker_members: str, key_reason: str, divisions: str
) -> None:
    """Refuse a decision that does not say who takes it, why it is key or not, and whom it affects."""
    for value, field, words in (
        (maker_name, "maker_name", "Say who takes the decision."),
        (key_reason, "key_reason", "Say why it is, or is not, a key decision."),
        (divisions, "divisions", "Say which divisions it affects, or that all are."),
    ):
        if not value.strip():
            raise RuleBroken(words, field=field)
    if maker_kind == "person" and not maker_title.strip():
        raise RuleBroken("Give the title of the person who takes the decision, such as Leader.", field="maker_title")
    if maker_kind == "body" and not maker_members.strip():
        raise RuleBroken("List the members of the body that takes the decision, one a line.", field="maker_members")


def check_restriction(*, restriction: str, exemption: str, public_interest: str) -> None:
    """Refuse to keep anything from the public without a paragraph of schedule 12A and the public interest weighed."""
    if restriction == "open":
        if exemption:
            raise RuleBroken("What is open needs no paragraph: take it out, or say what is exempt.", field="exemption")
        return
    if not exemption:
        raise RuleBroken("Choose the paragraph of schedule 12A that makes it exempt.", field="exemption")
    if not public_interest.strip():
        raise RuleBroken(
            "Say why keeping it exempt serves the public better than publishing it. If both weigh the same, publish.",
            field="public_interest",
        )


@dataclass(frozen=True)
class Step:
    """One body of the pathway, as far as rules care. `agenda_allows_from`: None while its agenda is not published."""

    body: str
    outcome: str
    held_on: date | None
    needs_agenda: bool = False
    agenda_allows_from: date | None = None


def check_can_record_outcome(
    *, step: Step, before: tuple[Step, ...], held_on: date, outcome: str, note: str, today: date
) -> None:
    """Refuse an outcome out of turn, of a meeting to come, or of a meeting whose papers were not out in time."""
    if step.outcome:
        raise RuleBroken(f"What {step.body} said is recorded already.")
    for earlier in before:
        if not earlier.outcome:
            raise RuleBroken(f"{earlier.body} comes before: record what it said first.")
        if earlier.held_on and held_on < earlier.held_on:
            raise RuleBroken(f"{earlier.body} met on {day(earlier.held_on)}, after this date.", field="held_on")
    if held_on > today:
        raise RuleBroken("The date is in the future. Record the outcome after the meeting.", field="held_on")
    if not outcome:
        raise RuleBroken("Say what the body said.", field="outcome")
    if outcome in ("amended", "deferred") and not note.strip():
        raise RuleBroken("Say what it changed, or why it was put off.", field="note")
    if step.needs_agenda:
        _check_agenda(step, held_on)


def _check_agenda(step: Step, held_on: date) -> None:
    if step.agenda_allows_from is None:
        raise RuleBroken(f"The agenda of {step.body} is not published, so the meeting cannot have considered it.")
    if held_on < step.agenda_allows_from:
        raise RuleBroken(
            f"With its agenda published when it was, {step.body} may consider this from "
            f"{day(step.agenda_allows_from)} on.",
            field="held_on",
        )

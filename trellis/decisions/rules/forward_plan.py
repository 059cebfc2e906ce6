"""What each notice must say before it is published. Pure (SI 2012/2089)."""

from datetime import date

from trellis.core.errors import RuleBroken
from trellis.decisions.rules.deadlines import Deadline, deadline
from trellis.web.words import day

FORWARD_PLAN, GENERAL_EXCEPTION, SPECIAL_URGENCY = "forward-plan", "general-exception", "special-urgency"
PRIVATE, PRIVATE_AGAIN, AGENDA = "private", "private-again", "agenda"

PERIOD = ("due_from", "Say from which day the decision may be made.")
DOCUMENTS = ("documents", "List the documents that the decision maker is given, one a line.")
COPIES = ("copies_from", "Say where copies of the documents can be had.")
# What each kind must say beyond the matter and the decision maker, which every notice copies from the decision.
REQUIRED = {
    FORWARD_PLAN: (PERIOD, DOCUMENTS, COPIES),  # regulation 9(1)
    GENERAL_EXCEPTION: (  # regulation 10
        ("told", "Say which chair of scrutiny, or which members, were told in writing."),
        ("reasons", "Say why the notice on the forward plan was impracticable."),
    ),
    SPECIAL_URGENCY: (  # regulation 11
        ("agreed", "Say who agreed that the decision is urgent: the chair of scrutiny, or else of the council."),
        ("reasons", "Say why the decision is urgent and cannot reasonably be put off."),
    ),
    PRIVATE: (("reasons", "Say why the meeting is to be held in private."),),  # regulation 5(3)
    PRIVATE_AGAIN: (  # regulation 5(5)
        ("reasons", "Say why the meeting is to be held in private."),
        ("representations", "Give what people said about it and your answer, or say that nobody did."),
    ),
    AGENDA: (("due_to", "Say on which day the meeting is."),),  # regulation 6
}
ONLY_FOR_KEY = (GENERAL_EXCEPTION, SPECIAL_URGENCY)


def check_notice(kind: str, *, is_key: bool, meets_in_private: bool, published_on: date, said: dict) -> None:
    """Refuse a notice that leaves out what its regulation asks for, or promises a day before the lawful one.

    `said` has the fields of the notice by name: text, and dates for due_from and due_to.
    """
    for field, sentence in REQUIRED[kind]:
        if not said.get(field) or not str(said[field]).strip():
            raise RuleBroken(sentence, field=field)
    if kind in ONLY_FOR_KEY and not is_key:
        raise RuleBroken("Only a key decision needs this: the others need no place on the forward plan.")
    if kind in (PRIVATE, PRIVATE_AGAIN) and not meets_in_private:
        raise RuleBroken("The meeting is not private. Say so in the decision first.")
    if said.get("due_from") and said.get("due_to") and said["due_to"] < said["due_from"]:
        raise RuleBroken("The period ends before it starts.", field="due_to")
    if kind == FORWARD_PLAN and is_key:
        _check_not_before(deadline("forward-plan", published_on), said["due_from"], "due_from")


def check_published(*, published_on: date, elsewhere: str, today: date, decided_on: date | None = None) -> None:
    """Refuse a day of publication that is to come, or a past one without the place where it stood on that day.

    What was published before it came into Trellis counts from its own day: records must record.
    """
    if published_on > today:
        raise RuleBroken("The date is in the future. Publish it on the day.", field="published_on")
    if published_on < today and not elsewhere.strip():
        raise RuleBroken("Say where it was published on that day, such as the council’s website.", field="elsewhere")
    if decided_on and published_on < decided_on:
        raise RuleBroken(f"It was decided on {day(decided_on)}, after this date.", field="published_on")


def check_read_since(*, published_on: date | None, address: str, today: date) -> None:
    """Refuse a paper of a day to come, or of a day before without the address where it stood then."""
    if published_on and published_on > today:
        raise RuleBroken("The date is in the future.", field="published_on")
    if published_on and not address:
        raise RuleBroken("Give the address where it could be read on that day.", field="address")


def check_is_described(is_described: bool) -> None:
    """Refuse to tell the public of a decision that does not say who takes it, and whom it affects."""
    if not is_described:
        raise RuleBroken("Say first who takes it, whether it is a key decision, and whom it affects.")


def check_agenda(*, has_report: bool, meeting_on: date, published_on: date, short_notice: str) -> Deadline:
    """Refuse an agenda without the report, or too late for its meeting; the deadline that it keeps.

    `short_notice` says why a meeting was called later than its agenda could be open (regulation 6(2)(b)).
    """
    if not has_report:
        raise RuleBroken("No report is published yet. An agenda cannot be published without it.")
    if meeting_on < published_on:
        raise RuleBroken("The meeting is before the day on which its agenda is published.", field="meeting_on")
    found = deadline("agenda", published_on)
    if not short_notice.strip() and found.figure.verified:
        _check_not_before(found, meeting_on, "meeting_on")
    return found


def _check_not_before(found: Deadline, planned: date, field: str) -> None:
    if planned < found.on:
        raise RuleBroken(
            f"Published on {day(found.start)}, it must stand for {found.figure.value} {found.figure.unit}: "
            f"{found.rule.allows} from {day(found.on)} on.",
            field=field,
        )

"""What an organisation may announce on its own profile, and how long that shows. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from trellis.core.errors import RuleBroken
from trellis.core.periods import add_months
from trellis.organisations.rules.profile import check_phone, check_website
from trellis.web.words import day

OPPORTUNITY, EVENT = "opportunity", "event"
SHOWN, OVER, WITHDRAWN, OFF = "shown", "over", "withdrawn", "off"
SAID_ALREADY = "You have announced this for that day already. Change that one, or choose another title or day."
MOVED_ON = "Somebody changed this a moment ago. Look at it again before you change it."
ALREADY_WITHDRAWN = "This is withdrawn already."
NOT_WITHDRAWN = "This is not withdrawn."
TAKEN_OFF = "Those who keep the register took this off your profile. Ask them before you announce it again."


def check_can_announce(*, may_edit: bool, is_listed: bool, is_public: bool, is_active: bool) -> None:
    """Raise RuleBroken unless it is theirs to announce, for an organisation that the public can find and that goes on.

    `is_listed`: it stands, and is not merged into another; `is_public`: it is not taken out of the directory.
    """
    check_is_theirs(may_edit=may_edit)
    if not is_listed:
        raise RuleBroken("This organisation is now part of another. Announce it there.")
    if not is_active:
        raise RuleBroken("This organisation is no longer active, so it cannot announce anything.")
    if not is_public:
        raise RuleBroken("Nobody can see this organisation now. Bring it back into the directory first.")


def check_is_theirs(*, may_edit: bool) -> None:
    """Raise RuleBroken for anybody but those who speak for the organisation."""
    if not may_edit:
        raise RuleBroken("Only the organisation itself can say what it announces.")


def check_room(*, current: int, most: int) -> None:
    """Raise RuleBroken where one more than the `most` that are current at a time would stand."""
    if current >= most:
        raise RuleBroken(f"You have {most} opportunities and events already. Withdraw one before you add another.")


def check_announcement(kind: str, values: Mapping[str, Any], *, today: date, months: int) -> None:
    """Raise RuleBroken, at the first such field, for what cannot be announced as given."""
    for check in announcement_checks(kind, values, today=today, months=months):
        check()


def announcement_checks(kind: str, values: Mapping[str, Any], *, today: date, months: int) -> list[Callable[[], None]]:
    """What raises RuleBroken, at the field, for what cannot be announced as given: each of something else.

    `values` holds the texts title, what, website, email and phone, and the days starts_on and ends_on (dates or None);
    the last day may be so many `months` ahead.
    """
    return [
        partial(_check_said, values["title"], "title", "Enter a title."),
        partial(_check_said, values["what"], "what", "Say what it is."),
        partial(_check_days, kind, values, today, months),
        partial(_check_ways_to_ask, values),
        partial(check_website, values["website"], example="https://example.org/join"),
        partial(check_phone, values["phone"]),
    ]


def _check_said(text: str, field: str, words: str) -> None:
    if not text:
        raise RuleBroken(words, field=field)


def _check_days(kind: str, values: Mapping[str, Any], today: date, months: int) -> None:
    first, last = values["starts_on"], values["ends_on"]
    if kind == EVENT and first is None:
        raise RuleBroken("Enter the day of the event.", field="starts_on")
    if kind == OPPORTUNITY and last is None:
        raise RuleBroken("Enter the last day on which people can answer.", field="ends_on")
    if first and last and last < first:
        raise RuleBroken("The last day must not be before the first.", field="ends_on")
    _check_last_day(last or first, "ends_on" if last else "starts_on", today, months)


def check_can_withdraw(*, may_edit: bool, is_withdrawn: bool) -> None:
    """Raise RuleBroken unless it is theirs to withdraw, and stands."""
    check_is_theirs(may_edit=may_edit)
    if is_withdrawn:
        raise RuleBroken(ALREADY_WITHDRAWN)


def check_can_take_off(*, keeps_register: bool, is_withdrawn: bool, reason: str) -> None:
    """Raise RuleBroken unless those who keep the register say why they take off what stands."""
    if not keeps_register:
        raise RuleBroken("Only those who keep the register can take this off.")
    if is_withdrawn:
        raise RuleBroken(ALREADY_WITHDRAWN)
    if not reason:
        raise RuleBroken("Say why. The organisation reads it.", field="reason")


def check_can_restore(*, is_withdrawn: bool, is_taken_off: bool, last_day: date, today: date) -> None:
    """Raise RuleBroken unless the organisation itself withdrew it, and it is not over yet."""
    if not is_withdrawn:
        raise RuleBroken(NOT_WITHDRAWN)
    if is_taken_off:
        raise RuleBroken(TAKEN_OFF)
    if last_day < today:
        raise RuleBroken("Its last day is over. Announce it again with new days.")


def check_can_change(*, is_withdrawn: bool, is_taken_off: bool) -> None:
    """Raise RuleBroken for one that was withdrawn: who puts it back sees what everybody will."""
    if is_taken_off:
        raise RuleBroken(TAKEN_OFF)
    if is_withdrawn:
        raise RuleBroken("This is withdrawn. Put it back before you change it.")


def state(*, last_day: date, is_withdrawn: bool, is_taken_off: bool, today: date) -> str:
    """How it stands on a day: OFF, by those who keep the register, WITHDRAWN, by its own people, OVER, or SHOWN."""
    if is_taken_off:
        return OFF
    if is_withdrawn:
        return WITHDRAWN
    return OVER if last_day < today else SHOWN


def _check_last_day(last: date, field: str, today: date, months: int) -> None:
    if last < today:
        raise RuleBroken("That day is over. Enter today or a day to come.", field=field)
    if last > (latest := add_months(today, months)):
        raise RuleBroken(f"That is too far ahead. Enter a day until {day(latest)}.", field=field)


def _check_ways_to_ask(values: Mapping[str, Any]) -> None:
    if not (values["website"] or values["email"] or values["phone"]):
        raise RuleBroken("Give a web address, an email address or a telephone number.", field="website")

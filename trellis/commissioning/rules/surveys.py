"""When a consultation may change, open and close, and what makes a question whole. Pure."""

from collections.abc import Sequence
from datetime import date

from trellis.core.errors import RuleBroken
from trellis.web.words import day

# Which states one may go to from each. Released again is a draft only until the day on which it opens.
# A draft whose last day is over was asked elsewhere: it is closed at once, and its answers come in a file.
NEXT = {"draft": {"released", "closed"}, "released": {"draft", "closed"}, "closed": {"told"}, "told": set()}
STATE_WORDS = {"draft": "a draft", "released": "released", "closed": "closed", "told": "finished"}
MOST_CHOICES, MOST_STEPS = 30, 11
WITH_CHOICES = ("one", "many", "rank", "matrix")


def check_can_move(status: str, to: str) -> None:
    """A consultation goes on, or back to a draft once released. RuleBroken otherwise."""
    if to not in NEXT[status]:
        raise RuleBroken(f"The consultation is {STATE_WORDS[status]}: it cannot become {STATE_WORDS[to]} now.")


def check_can_edit(status: str) -> None:
    """Questions and words stay as they are once people may have read them."""
    if status != "draft":
        raise RuleBroken("Its questions can only be changed while it is a draft. Take it back if it is not open yet.")


def check_dates(opens_on: date, closes_on: date) -> None:
    """It closes on the day that it opens, or later."""
    if closes_on < opens_on:
        raise RuleBroken("It would close before it opens: choose a later day.", field="closes_on")


def check_can_release(*, status: str, questions: int, closes_on: date, on: date) -> None:
    """A draft with questions that somebody could still answer."""
    check_can_move(status, "released")
    if not questions:
        raise RuleBroken("It has no question yet. Add one first.")
    if closes_on < on:
        raise RuleBroken(
            f"It closed on {day(closes_on)}: move its dates, or close it and read its answers from a file."
        )


def check_can_take_back(*, status: str, opens_on: date, on: date) -> None:
    """Until the day on which it opens: after that, people have read it."""
    check_can_move(status, "draft")
    if opens_on <= on:
        raise RuleBroken(f"It opened on {day(opens_on)}, so it cannot be a draft again.")


def check_can_close(*, status: str, closes_on: date, on: date, questions: int = 1) -> None:
    """Not before the last day that people were given has passed; a draft is closed only if it was asked elsewhere."""
    check_can_move(status, "closed")
    if not questions:
        raise RuleBroken("It has no question yet. Add one first.")
    if status == "draft" and on <= closes_on:
        raise RuleBroken(f"It closes on {day(closes_on)}: release it, so that people can answer.")
    if on <= closes_on:
        raise RuleBroken(
            f"People were told that they have until the end of {day(closes_on)}. It can be closed from the day after."
        )


def check_can_extend(*, status: str, was: date, closes_on: date, on: date) -> None:
    """People may be given more time, never less."""
    if status != "released":
        raise RuleBroken("Only a consultation that is released can be given more time.")
    if closes_on <= was:
        raise RuleBroken(f"People were told {day(was)}: they can have longer, not less.", field="closes_on")
    if closes_on < on:
        raise RuleBroken("That day has passed.", field="closes_on")


def is_open(*, status: str, opens_on: date, closes_on: date, on: date) -> bool:
    """Whether answers are taken on a day; both dates are days on which they are."""
    return status == "released" and opens_on <= on <= closes_on


def has_opened(*, status: str, opens_on: date, on: date) -> bool:
    """Whether the public may know of it."""
    return status in ("closed", "told") or (status == "released" and opens_on <= on)


def check_question(
    *, kind: str, choices: Sequence[str], rows: Sequence[str], lowest: int | None, highest: int | None
) -> None:
    """A question offers at least two things, each once, and a scale has two ends. RuleBroken names the field."""
    if kind in WITH_CHOICES:
        _check_list(choices, "choices", least=2)
    if kind == "matrix":
        _check_list(rows, "rows", least=1)
    if kind == "scale" and (lowest is None or highest is None or not 1 <= highest - lowest < MOST_STEPS):
        raise RuleBroken(f"A scale has from 2 to {MOST_STEPS} numbers, the lowest first.", field="highest")


def _check_list(words: Sequence[str], field: str, *, least: int) -> None:
    if len(words) < least:
        raise RuleBroken(f"Write at least {least}, each on a line of its own.", field=field)
    if len(words) > MOST_CHOICES:
        raise RuleBroken(f"That is more than {MOST_CHOICES}: nobody can weigh so many.", field=field)
    seen = set()
    for one in words:
        if one.casefold() in seen:
            raise RuleBroken(f"“{one}” is there twice.", field=field)
        seen.add(one.casefold())

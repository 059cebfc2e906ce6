"""What is said of an organisation that is no longer active."""

from trellis.organisations import queries
from trellis.organisations.models import Organisation
from trellis.organisations.presenters.directory import TAGS
from trellis.organisations.queries.endings import OUR_KEEPERS
from trellis.web.words import day


def removed_words(organisation: Organisation) -> str:
    """That it is gone, by whose word and since when, in a sentence; nothing for one that is there."""
    ended = queries.ending(organisation)
    if ended is None:
        return ""
    if not ended.is_closed:
        when = f" on {day(ended.on)}" if ended.on else ""
        return f"This organisation was removed from its register{when}."
    said = f" on {day(ended.said_on)}" if ended.said_on else ""
    return f"This organisation is closed. {ended.said_by} said so{said}."


def ended_words(organisation: Organisation) -> str:
    """What became of one that is no longer active, to follow its name."""
    return "is closed" if is_closed(organisation) else "was removed from its register"


def is_closed(organisation: Organisation) -> bool:
    """Whether somebody said that it is closed, rather than that its register removed it."""
    ended = queries.ending(organisation)
    return ended is not None and ended.is_closed


def day_label(organisation: Organisation) -> str:
    """What the day is on which it ended: those who keep the register know when they heard of it, and no more."""
    ended = queries.ending(organisation)
    if ended is None or not ended.is_closed:
        return "Removed"
    return "Said to be closed" if ended.said_by == OUR_KEEPERS else "Closed"


def tag(organisation: Organisation) -> tuple[str, str]:
    """Whether it is active, or what became of it."""
    words = "Closed" if is_closed(organisation) else organisation.get_status_display()
    return words, TAGS[organisation.status]

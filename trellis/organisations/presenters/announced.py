"""Opportunities and events as everybody reads them: on the profile, and in a frame on another site."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.presenters.addresses import web_link
from trellis.organisations.queries import announcements as queries
from trellis.organisations.rules import announcements as rules
from trellis.web.words import counted, day, lower_first, time_of_day

AT_ONCE = 6  # on the profile, before the rest is folded
IN_FRAME = 3


@dataclass(frozen=True)
class Shown:
    """One as everybody reads it. `ways` to ask: words and, if they lead somewhere, a link; `ask` says what for."""

    title: str
    kind: str
    when: str
    paragraphs: list[str]
    where: str
    ask: str
    ways: list[tuple[str, str]]
    calendar: str
    take_off: str


def section(organisation: Organisation, on: date, *, own: bool, keeper: bool) -> dict[str, Any]:
    """What the profile shows: the first ones, those to unfold, and for its own people the ways to add and change.

    `keeper`: whoever reads it keeps the register, and may take one off.
    """
    public = queries.shows_any(organisation)
    rows = [_shown(row, organisation, keeper) for row in queries.current(organisation, on)] if public else []
    return {
        "first": rows[:AT_ONCE],
        "rest": rows[AT_ONCE:],
        "adds": own and public,
        "has_own": own and queries.of(organisation).exists(),
    }


def in_frame(organisation: Organisation, on: date) -> str:
    """The next ones in a line, for a frame on another site; nothing where there are none."""
    rows = list(queries.shown(organisation, on))
    told = [f"{row.title} ({when(row) if row.starts_on else lower_first(when(row))})" for row in rows[:IN_FRAME]]
    more = [f"and {counted(len(rows) - IN_FRAME, 'more', 'more')}"] if len(rows) > IN_FRAME else []
    return "; ".join(told + more)


def when(row: Announcement) -> str:
    """Saturday 14 July 2018 at 2pm, or by when to answer."""
    if row.starts_on is None:
        return f"Answer by {day(row.last_day)}"
    starts = f"{row.starts_on:%A} {day(row.starts_on)}"
    starts += f" at {time_of_day(row.starts_at)}" if row.starts_at else ""
    return f"{starts}, until {row.ends_on:%A} {day(row.ends_on)}" if row.ends_on else starts


def _shown(row: Announcement, organisation: Organisation, keeper: bool) -> Shown:
    place = [organisation.reference, row.reference]
    ways = [
        (row.website, web_link(row.website)),
        (row.email, f"mailto:{row.email}"),
        (row.phone, ""),
    ]
    is_event = row.kind == rules.EVENT
    return Shown(
        title=row.title,
        kind=row.get_kind_display(),
        when=when(row),
        paragraphs=[line for line in row.what.splitlines() if line.strip()],
        where=row.where or "ask where it is",
        ask="Ask or book" if is_event else "Ask or answer",
        ways=[way for way in ways if way[0]],
        calendar=reverse("announcement_calendar", args=place) if is_event else "",
        take_off=reverse("take_off_announcement", args=place) if keeper else "",
    )

"""The days of decisions as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from trellis.decisions.queries.calendar import Day


def calendar(days: Iterable[Day], *, name: str, at: datetime, address: str) -> bytes:
    """One whole-day event a day. `at` is the moment of writing; `address` is where decisions are, ending in a slash."""
    made = Calendar()
    made.add("prodid", "-//Trellis//Decisions//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for day in days:
        event = Event()
        event.add("uid", f"{day.decision.slug}-{day.code}@{address.split('/')[2]}")
        event.add("dtstamp", at)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", f"{day.decision.reference}: {day.words}")
        event.add("description", "\n".join(filter(None, [day.decision.title, day.why])))
        event.add("url", f"{address}{day.decision.slug}/")
        made.add_component(event)
    return made.to_ical()

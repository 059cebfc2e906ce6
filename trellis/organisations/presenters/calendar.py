"""An event as an iCalendar file (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.presenters.announced import when


def event_file(announced: Announcement, organisation: Organisation) -> bytes:
    """One event: at its time, or for whole days where no time or several days are told."""
    page = settings.BASE_URL + reverse("organisation", args=[organisation.reference])
    event = Event()
    event.add("uid", f"{announced.reference}@{page.split('/')[2]}")
    event.add("dtstamp", announced.changed_at.astimezone(UTC))
    if announced.starts_at and announced.ends_on is None:
        event.add("dtstart", announced.starts_at.astimezone(UTC))
    else:
        event.add("dtstart", announced.starts_on)
        event.add("dtend", announced.last_day + timedelta(days=1))
    event.add("summary", f"{announced.title} ({organisation.name})")
    event.add("description", f"{when(announced)}\n{announced.what}")
    if announced.where:
        event.add("location", announced.where)
    event.add("url", page)
    made = Calendar()
    made.add("prodid", "-//Trellis//Organisations//EN")
    made.add("version", "2.0")
    made.add_component(event)
    return made.to_ical()

"""Opportunities and events to look at."""

from datetime import date, time

from trellis.organisations.commands.announcements import announce
from trellis.organisations.models import Announcement

EVENT = {
    "title": "Summer tea", "what": "Tea and cake.\n\nBring a friend.", "where": "The pantry, Mill Lane",
    "starts_on": date(2018, 7, 14), "starts_time": time(14), "ends_on": None,
    "website": "", "email": "hello@pantry.example.org", "phone": "",
}  # fmt: skip
OPPORTUNITY = {
    "title": "Drivers wanted", "what": "Take boxes to people’s homes.", "where": "",
    "ends_on": date(2018, 8, 31), "website": "pantry.example.org/drive", "email": "", "phone": "01632 960001",
}  # fmt: skip


def event(cast, **change) -> Announcement:
    """Mill Lane Pantry's Dora announces a tea, twelve days from now."""
    return announce(organisation=cast.pantry, kind="event", values=EVENT | change, by=cast.dora)


def opportunity(cast, **change) -> Announcement:
    """She looks for drivers, until the end of August."""
    return announce(organisation=cast.pantry, kind="opportunity", values=OPPORTUNITY | change, by=cast.dora)

"""How well a profile is kept, in words, and the pages on which it is."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.core import clock
from trellis.organisations import queries
from trellis.organisations.models import Organisation
from trellis.organisations.presenters.endings import removed_words
from trellis.organisations.queries import groups, keeping
from trellis.web.table import Column, Table
from trellis.web.words import day


def kept(organisation: Organisation, on: date) -> dict[str, Any]:
    """What a profile says of itself: whether it is due, stale, hidden or gone."""
    return {
        "due": queries.is_due(organisation, on),
        "confirmed": _confirmed(organisation, on),
        "stale": queries.is_stale(organisation, on),
        "removed": removed_words(organisation),
        "unchecked": _unchecked(organisation),
    }


def stale_table(request: HttpRequest) -> Table:
    """The profiles that are marked as perhaps out of date, each with how the register reaches its organisation."""
    return Table(
        request,
        keeping.stale(clock.today()),
        columns=[
            Column("name", "Organisation", link=lambda one: reverse("organisation", args=[one.reference]), sort="name"),
            Column("district", "District", value=lambda one: one.district, absent="Not known", sort="district__name"),
            Column("confirmed_on", "Last said to be right", value=lambda one: day(one.confirmed_on),
                   sort="confirmed_on"),
            Column("email", "Email", absent="Not known"),
            Column("phone", "Telephone", absent="Not known"),
        ],
        caption="Profiles that may be out of date",
        empty="No profile is out of date. One that nobody has confirmed for long shows here.",
        name="out-of-date",
        stacks=True,
    )  # fmt: skip


def act(organisation: Organisation, *, title: str, button: str, intro: str = "") -> dict[str, Any]:
    """A page on which one thing is done to an organisation's profile."""
    address = reverse("organisation", args=[organisation.reference])
    return {
        "title": title,
        "intro": intro,
        "button": button,
        "cancel": address,
        "caption": organisation.name,
        "breadcrumbs": [("Find an organisation", reverse("directory")), (organisation.name, address)],
    }


def _confirmed(organisation: Organisation, on: date) -> str:
    if organisation.confirmed_on is None:
        return ""
    if queries.is_stale(organisation, on):
        return (
            f"This may be out of date. The organisation last said on {day(organisation.confirmed_on)} that it is right."
        )
    return f"The organisation said on {day(organisation.confirmed_on)} that this is right."


def _unchecked(organisation: Organisation) -> str:
    added = groups.addition(organisation)
    if added is None or added.checked_at:
        return ""
    return f"Nobody has checked this group yet. Somebody added it on {day(added.added_at)}."

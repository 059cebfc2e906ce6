"""How well a profile is kept, in words, and the pages on which it is."""

from datetime import date
from typing import Any

from django.urls import reverse

from trellis.organisations import queries
from trellis.organisations.models import Organisation
from trellis.organisations.queries import groups
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


def removed_words(organisation: Organisation) -> str:
    """That it is gone and since when, in a sentence; nothing for one that is there."""
    if organisation.status != Organisation.Status.REMOVED:
        return ""
    when = f" on {day(organisation.removed_on)}" if organisation.removed_on else ""
    return f"This organisation was removed from its register{when}."

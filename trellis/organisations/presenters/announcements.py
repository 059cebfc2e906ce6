"""The pages on which an organisation's own people see, add and change what it announces."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.presenters import keeping
from trellis.organisations.presenters.announced import when
from trellis.organisations.queries import announcements as queries
from trellis.organisations.rules import announcements as rules
from trellis.web.table import Column, Table

NOUNS: dict[str, str] = {rules.OPPORTUNITY: "opportunity", rules.EVENT: "event"}
STATES = {
    rules.SHOWN: ("Shown", "green"),
    rules.OVER: ("Over", "grey"),
    rules.WITHDRAWN: ("Withdrawn", "yellow"),
    rules.OFF: ("Taken off", "red"),
}
NOT_SHOWN = ("Not shown", "grey")
NOBODY_SEES = "Nobody sees these now, because this organisation is not in the directory or no longer active."
INTRO = "Everybody can read these on your profile. Each leaves it by itself when its last day is over."
CARE = (
    "Everybody can read this on your profile, until its last day is over. Give only what may be public, and name nobody"
    " who has not agreed."
)


def own_page(request: HttpRequest, organisation: Organisation, on: date) -> dict[str, Any]:
    """Its own people's list, with what is over or withdrawn."""
    public = queries.shows_any(organisation)
    return keeping.act(organisation, title="Your opportunities and events", button="") | {
        "table": _table(request, organisation, on, public=public),
        "intro": INTRO if public else NOBODY_SEES,
        "add": reverse("choose_announcement", args=[organisation.reference]) if public else "",
    }


def asking(organisation: Organisation, title: str, button: str, intro: str = CARE) -> dict[str, Any]:
    """A page on which one is added, changed, withdrawn or put back."""
    back = own_list(organisation)
    page = keeping.act(organisation, title=title, button=button, intro=intro)
    page["breadcrumbs"] += [("Opportunities and events", back)]
    return page | {"cancel": back}


def taking_off(organisation: Organisation, announcement: Announcement) -> dict[str, Any]:
    """The page on which those who keep the register take one off."""
    title = f"Take this {NOUNS[announcement.kind]} off the profile"
    intro = f"“{announcement.title}” leaves the profile of {organisation.name} at once, and they cannot put it back."
    page = keeping.act(organisation, title=title, button="Take it off", intro=intro)
    return page | {"cancel": reverse("organisation", args=[organisation.reference])}


def own_list(organisation: Organisation) -> str:
    """Where its own people see all of them."""
    return reverse("announcements", args=[organisation.reference])


def _table(request: HttpRequest, organisation: Organisation, on: date, *, public: bool) -> Table:
    def state(row: Announcement) -> tuple[str, str]:
        known = rules.state(
            last_day=row.last_day, is_withdrawn=row.withdrawn_at is not None,
            is_taken_off=bool(row.taken_off_because), today=on,
        )  # fmt: skip
        return STATES[known] if public or known != rules.SHOWN else NOT_SHOWN

    taken_off = queries.of(organisation).exclude(taken_off_because="").exists()

    def act(row: Announcement) -> str:
        name = "restore_announcement" if row.withdrawn_at else "change_announcement"
        return reverse(name, args=[organisation.reference, row.reference])

    return Table(
        request,
        queries.of(organisation),
        columns=[
            Column("title", "Title", link=act, sort="title"),
            Column("kind", "Kind", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("when", "When", value=when, sort="last_day"),
            Column("status", "Status", tag=state),
            *([Column("why", "Why it was taken off", value=lambda row: row.taken_off_because)] if taken_off else []),
        ],
        caption="What you announced",
        empty="You have not added any yet. What you add shows here, and on your profile until its last day is over.",
        name="announced",
        stacks=True,
    )

"""What is shown on other sites, and the markup that shows it there."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape

from trellis.organisations import queries, rules
from trellis.organisations.models import Organisation
from trellis.organisations.presenters import announced
from trellis.organisations.presenters.addresses import web_link
from trellis.organisations.queries import Matches
from trellis.web.words import counted

MOST_SHOWN = 20
HEIGHTS = {"one": 380, "many": 640}  # pixels


def organisation_embed(organisation: Organisation, on: date) -> dict[str, Any]:
    """What a frame says of one organisation."""
    size = rules.size_band(organisation.latest_income, queries.size_bands(on))
    beside = queries.surroundings(organisation)
    told = {
        "What it does": organisation.activities,
        "Services": ", ".join(one.name for one in beside.service_types),
        "Causes": ", ".join(one.name for one in beside.causes),
        "Where": organisation.district.name if organisation.district else "",
        "Size": size or "",
        "Opportunities and events": announced.in_frame(organisation, on),
    }
    return {
        "organisation": organisation,
        "told": [(key, words) for key, words in told.items() if words],
        "website": web_link(organisation.website),
        "is_active": organisation.status == Organisation.Status.ACTIVE,
        "address": _whole(reverse("organisation", args=[organisation.reference])),
    }


def directory_embed(request: HttpRequest, found: Matches) -> dict[str, Any]:
    """What a frame lists."""
    rows = found.rows
    number = rows.count() if isinstance(rows, QuerySet) else len(rows)
    shown = [(row, _whole(reverse("organisation", args=[row.reference]))) for row in rows[:MOST_SHOWN]]
    asked = request.GET.urlencode()
    others = "More than " if found.found and found.found.more else ""
    return {
        "rows": shown,
        "counts": others + counted(number, "organisation"),
        "is_cut": number > len(shown),
        "address": _whole(reverse("directory") + (f"?{asked}" if asked else "")),
    }


def snippet(path: str, title: str, kind: str) -> str:
    """The markup to put on another site: a frame with what is at `path`."""
    return (
        f'<iframe src="{escape(_whole(path))}" title="{escape(title)}" width="100%" height="{HEIGHTS[kind]}" '
        'loading="lazy"></iframe>'
    )


def _whole(path: str) -> str:
    return f"{settings.BASE_URL}{path}"

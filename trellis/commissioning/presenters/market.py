"""Market engagement in words, rows and drawings: with names inside, without them outside."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Commission, MarketEvent, Provider
from trellis.commissioning.presenters.commissions import page, trail
from trellis.commissioning.queries import market as queries
from trellis.commissioning.queries.market import Preferences, PublishedMarket, Said
from trellis.commissioning.rules.market import PublishedCount
from trellis.web.charts import Bar, BarChart
from trellis.web.table import Column, Table
from trellis.web.words import counted


def room(commission: Commission) -> str:
    """The address of the page."""
    return reverse("market", args=[commission.reference])


def step(commission: Commission, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that changes one thing in this room."""
    way = trail(commission, ("Market engagement", room(commission)))
    return page(commission, title, button, **{"cancel": room(commission), "breadcrumbs": way, "drop": ""} | more)


def market_page(request: HttpRequest, commission: Commission, *, can_edit: bool, is_published: bool) -> dict[str, Any]:
    """All that people of the authority see, names and small numbers too."""
    providers = list(queries.providers(commission))
    found = queries.preferences(commission)
    return {
        "commission": commission,
        "can_edit": can_edit,
        "is_published": is_published,
        "is_illustrative": any(one.is_illustrative for one in providers),
        "models": list(queries.models(commission)),
        "questions": list(queries.questions(commission)),
        "preferences": _preferences(request, found),
        "statements": _statements(request, queries.said(commission)),
        "providers": _providers(request, commission, providers, can_edit),
        "events": _events(request, commission, list(queries.events(commission)), can_edit),
        "answered": found.answered,
        "breadcrumbs": trail(commission),
    }


def published_page(found: PublishedMarket) -> dict[str, Any]:
    """What everybody sees."""
    return {
        "found": found,
        "preferences": _chart(found),
        "kinds": _lines(found.kinds),
        "statements": [(one.question, _lines(one.counts)) for one in found.statements],
    }


def _chart(found: PublishedMarket) -> BarChart | None:
    if not found.preferences:
        return None
    most = found.preferences[0]
    prefer = "prefer none of the models" if most.names == (queries.NO_PREFERENCE,) else f"prefer {_names(most)}"
    return BarChart(
        title=f"{most.count} of {found.answered} providers {prefer}",
        description=f"Which model {counted(found.answered, 'provider')} prefer. A model that fewer than "
        f"{found.fewest} prefer is counted with others, so that nobody can tell who said so.",
        bars=[Bar(_names(one), one.count) for one in found.preferences],
        value_heading="Providers",
        label_heading="Model",
    )


def _lines(counts: Sequence[PublishedCount]) -> list[tuple[str, int]]:
    return [(_names(one), one.count) for one in counts]


def _names(one: PublishedCount) -> str:
    """Names of answers that are counted together: "Framework or No preference"."""
    *before, last = one.names
    return f"{', '.join(before)} or {last}" if before else last


def _preferences(request: HttpRequest, found: Preferences) -> Table:
    return Table(
        request,
        found.rows if found.answered else [],
        columns=[
            Column("model", "Model", value=lambda row: row[0]),
            *(_of_kind(number, kind) for number, kind in enumerate(found.kinds)),
            Column("total", "All", value=lambda row: row[2], numeric=True),
        ],
        caption="Which model providers prefer",
        empty="Nobody has answered yet. Open a provider to record what it says.",
        name="preferences",
        prefix="preferences-",
    )


def _of_kind(number: int, kind: str) -> Column:
    return Column(f"kind{number}", kind, value=lambda row: row[1][number], numeric=True)


def _statements(request: HttpRequest, said: Sequence[Said]) -> Table:
    stances = list(said[0].counts) if said else []
    return Table(
        request,
        said,
        columns=[
            Column("question", "Statement"),
            *(_stance(number, stance) for number, stance in enumerate(stances)),
        ],
        caption="What providers agree with",
        empty="No statement is put to providers yet. Add one that they can agree with or not.",
        name="statements",
        prefix="statements-",
    )


def _stance(number: int, stance: str) -> Column:
    return Column(f"stance{number}", stance, value=lambda row: row.counts[stance], numeric=True)


def _providers(request: HttpRequest, commission: Commission, rows: list[Provider], can_edit: bool) -> Table:
    return Table(
        request,
        rows,
        columns=[
            Column("name", "Provider", sort="name", link=_link(commission, "provider", can_edit)),
            Column("kind", "Kind", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("answered_on", "Answered on", sort="answered_on", absent="Not yet"),
            Column("preferred", "Prefers", value=_prefers),
            Column("reasons", "Why"),
        ],
        caption="Providers asked",
        empty="No provider has been asked yet. Add those whom you invite to say what would work.",
        name="providers",
        prefix="providers-",
    )


def _prefers(row: Provider) -> str | None:
    if not row.answered_on:
        return None
    return row.preferred.name if row.preferred else queries.NO_PREFERENCE


def _events(request: HttpRequest, commission: Commission, rows: list[MarketEvent], can_edit: bool) -> Table:
    return Table(
        request,
        rows,
        columns=[
            Column("name", "Event", sort="name", link=_link(commission, "market_event", can_edit)),
            Column("held_on", "Held on", sort="held_on"),
            Column("came", "Providers who came", sort="came", numeric=True),
            Column("note", "What was said"),
        ],
        caption="Events",
        empty="No event has been held yet. Add each meeting with providers, and what was said.",
        name="events",
        prefix="events-",
    )


def _link(commission: Commission, name: str, can_edit: bool) -> Callable[[Any], str] | None:
    return (lambda row: reverse(name, args=[commission.reference, row.pk])) if can_edit else None

"""Current provision in words, rows and drawings."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Commission
from trellis.commissioning.presenters.commissions import page, trail
from trellis.commissioning.queries import provision as queries
from trellis.commissioning.queries.provision import Ending, Funded, Provision, Total
from trellis.commissioning.rules.provision import Overlap
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.web.charts import Bar, BarChart, Tile, TileMap
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

NOT_CHECKED = "not checked"
DRAFT = "Read the draft"


def room(commission: Commission) -> str:
    """The address of the page."""
    return reverse("provision", args=[commission.reference])


def endings_room(commission: Commission) -> str:
    """The address of the planned endings."""
    return reverse("endings", args=[commission.reference])


def step(commission: Commission, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that changes one thing in this room."""
    way = trail(commission, ("Current provision", room(commission)))
    return page(commission, title, button, **{"cancel": room(commission), "breadcrumbs": way, "drop": ""} | more)


def provision_page(request: HttpRequest, commission: Commission, *, can_edit: bool) -> dict[str, Any]:
    """Who is funded today, and the money by source, kind and district."""
    found = queries.provision(commission)
    return {
        "commission": commission,
        "can_edit": can_edit,
        "found": found,
        "sources": list(queries.funding_sources(commission)),
        "bodies": _bodies(request, found, can_edit),
        "totals": [
            _totals(request, "source", "By source", found.by_source),
            _totals(request, "kind", "By kind of body", found.by_kind),
            _totals(request, "district", "By district", found.by_district),
        ],
        "by_source": _bars("source", found),
        "map": _map(found),
        "breadcrumbs": trail(commission),
    }


def endings_page(request: HttpRequest, commission: Commission, *, can_edit: bool) -> dict[str, Any]:
    """When each grant stops, by when notice is due, and what both cost together."""
    found = queries.provision(commission)
    late = [one for one in found.bodies if one.ending and one.ending.too_late]
    return {
        "commission": commission,
        "can_edit": can_edit,
        "found": found,
        "endings": _endings(request, found, can_edit),
        "summary": _summary(found),
        "too_late": _too_late(found, late) if late else "",
        "breadcrumbs": trail(commission, ("Current provision", room(commission))),
    }


def ending_working(funded: Funded, ending: Ending) -> list[str]:
    """How the dates and the cost of one ending come about, line by line."""
    notice = funded.notice
    checked = "" if notice.is_verified else f"; {NOT_CHECKED}"
    lines = [
        f"The grant stops on {day(ending.stops_on)}: that is the first day without it.",
        f"Notice is {counted(notice.months, 'month')} ({notice.source}{checked}).",
        f"Notice given on {day(ending.notice_by)} has run out before that day; a day later, it would not.",
    ]
    if ending.award_on and ending.too_late and ending.allowed_on:
        lines.append(
            f"Notice may be served from the award on, which is planned for {day(ending.award_on)}: later than that. "
            f"Notice served then lets the grant stop on {day(ending.allowed_on)}."
        )
    return lines + overlap_working(funded.total, ending.overlap)


def overlap_working(yearly: Decimal, overlap: Overlap | None) -> list[str]:
    """How the cost of an overlap comes about, or why there is none."""
    if overlap is None:
        return ["When the contract starts is not planned yet, so nobody can say what both cost together."]
    if overlap.gap:
        return [f"The grant stops {counted(overlap.gap, 'day')} before the contract starts: nobody is paid then."]
    if not overlap.days:
        return ["The grant stops on the day on which the contract starts: nothing is paid twice."]
    return [
        *(
            f"{counted(part.days, 'day')} of {part.year} at {pounds_and_pence(yearly)} ÷ {part.year_days} days."
            for part in overlap.parts
        ),
        f"Together {counted(overlap.days, 'day')}, {pounds_and_pence(overlap.cost)}.",
    ]


def overlap_words(overlap: Overlap | None) -> str:
    """What grant and contract cost together, short."""
    if overlap is None:
        return "No start is planned"
    if overlap.gap:
        return f"Gap of {counted(overlap.gap, 'day')}"
    return f"{pounds_and_pence(overlap.cost)} ({counted(overlap.days, 'day')})" if overlap.days else "None"


def _bodies(request: HttpRequest, found: Provision, can_edit: bool) -> Table:
    link = partial(_address, "funded_body") if can_edit else None
    return Table(
        request,
        found.bodies,
        columns=[
            Column("name", "Body", sort="name", link=link),
            Column("kind", "Kind", sort="kind"),
            Column("area", "Where", sort="area"),
            *(_paid_from(number, name) for number, name in enumerate(found.sources)),
            Column("total", "Yearly grant", value=lambda row: whole_pounds(row.total), sort="total", numeric=True),
            Column("award", "Award ends", value=lambda row: row.body.award_ends_on, sort="body.award_ends_on"),
            Column("notice", "Notice", value=_notice, sort="notice.months"),
        ],
        caption="Bodies funded today",
        empty="Nobody is named yet. Add the sources of money first, then the bodies that are funded today.",
        name="bodies",
        prefix="bodies-",
    )


def _paid_from(number: int, name: str) -> Column:
    return Column(
        f"source{number}",
        name,
        value=lambda row: whole_pounds(row.yearly[name]) if name in row.yearly else None,
        numeric=True,
    )


def _notice(row: Funded) -> str:
    checked = "" if row.notice.is_verified else f", {NOT_CHECKED}"
    return f"{counted(row.notice.months, 'month')}{checked}"


def _totals(request: HttpRequest, name: str, caption: str, totals: tuple[Total, ...]) -> Table:
    return Table(
        request,
        totals,
        columns=[
            Column("name", caption.removeprefix("By ").capitalize(), sort="name"),
            Column("bodies", "Bodies", sort="bodies", numeric=True),
            Column("yearly", "A year", value=lambda row: pounds_and_pence(row.yearly), sort="yearly", numeric=True),
        ],
        caption=caption,
        name=name,
        prefix=f"{name}-",
        empty="The sums will be here once bodies and their grants are.",
    )


def _bars(name: str, found: Provision) -> BarChart | None:
    if not found.bodies:
        return None
    most = max(found.by_source, key=lambda one: one.yearly)
    share = round(100 * most.yearly / found.total) if found.total else 0
    return BarChart(
        title=f"{most.name} pays {share}% of the grants",
        description=f"{whole_pounds(found.total)} a year in all, by the budget that pays.",
        bars=[Bar(one.name, one.yearly, whole_pounds(one.yearly)) for one in found.by_source],
        value_heading="A year",
    )


def _who_gets_most(paid: dict[str, Decimal]) -> str:
    most, least = max(paid, key=lambda name: paid[name]), min(paid, key=lambda name: paid[name])
    if len(paid) > 1 and paid[most] == paid[least]:
        return f"Each of {len(paid)} districts gets {whole_pounds(paid[most])} a year"
    lesser = f", {least} {whole_pounds(paid[least])}" if len(paid) > 1 else ""
    return f"{most} gets {whole_pounds(paid[most])} a year{lesser}"


def _map(found: Provision) -> TileMap | None:
    yearly = {one.name: one.yearly for one in found.by_district}
    if not found.districts:
        return None
    paid = {one.name: yearly[one.name] for one in found.districts}
    return TileMap(
        title=_who_gets_most(paid),
        description="Yearly grants by district. A body’s grant is shared equally among the districts where it works.",
        tiles=[
            Tile(one.name, one.tile_column, one.tile_row, paid[one.name], _thousands(paid[one.name]))
            for one in found.districts
        ],
        value_heading="A year",
        label_heading="District",
    )


def _thousands(amount: Decimal) -> str:
    return f"£{amount / 1000:,.0f}k"


def _endings(request: HttpRequest, found: Provision, can_edit: bool) -> Table:
    return Table(
        request,
        found.bodies,
        columns=[
            Column(
                "name", "Body", sort="name",
                link=lambda row: _address("plan_ending", row) if can_edit else "",
            ),
            Column("total", "Yearly grant", value=lambda row: whole_pounds(row.total), sort="total", numeric=True),
            Column("award", "Award ends", value=lambda row: row.body.award_ends_on),
            Column("stops", "First day without it", value=_of("stops_on"), absent="Not planned"),
            Column("notice_by", "Notice by", value=_of("notice_by"), absent="–"),
            Column("overlap", "Paid twice", value=_overlap, numeric=True),
            Column("status", "Status", tag=_status),
            Column(
                "letter", "Letter", value=_letter,
                link=lambda row: _address("draft_letter", row) if _letter(row) == DRAFT else "",
            ),
        ],
        caption="When each grant ends",
        empty="Nobody is named who is funded today. Add the bodies first.",
        name="endings",
    )  # fmt: skip


def _letter(row: Funded) -> str | None:
    """What can be read of the letter here: the one that is sent is the contract's."""
    if row.ending is None:
        return None
    return "In the contract" if row.ending.served_on else DRAFT


def _address(name: str, row: Funded) -> str:
    """Where a page of a body is."""
    return reverse(name, args=[row.body.commission.reference, row.body.pk])


def _of(name: str) -> Callable[[Funded], Any]:
    return lambda row: getattr(row.ending, name) if row.ending else None


def _overlap(row: Funded) -> str | None:
    return overlap_words(row.ending.overlap) if row.ending else None


def _status(row: Funded) -> tuple[str, str]:
    if row.ending is None:
        return ("Not planned", "grey")
    if row.ending.served_on:
        return ("Notice served", "green")
    return ("Short notice", "orange") if row.ending.too_late else ("Planned", "blue")


def _summary(found: Provision) -> list[dict[str, Any]]:
    rows = [
        ("Endings planned", f"{len(found.endings)} of {len(found.bodies)}"),
        ("Contract awarded", day(found.award_on) if found.award_on else "Not planned yet"),
        ("Contract starts", day(found.starts_on) if found.starts_on else "Not planned yet"),
        ("Paid twice in all", pounds_and_pence(found.overlap_cost) if found.starts_on else "Not known yet"),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]


def _too_late(found: Provision, late: list[Funded]) -> str:
    """What to do where notice would be due before it may be served."""
    allowed = [one.ending.allowed_on for one in late if one.ending and one.ending.allowed_on]
    award = day(found.award_on) if found.award_on else ""
    return (
        f"{counted(len(late), 'grant')} would end with less notice than is owed. Notice may be served once the award "
        f"is signed, which is planned for {award}; by then it is due already. Move the award forward, or plan the "
        f"endings for {day(max(allowed))} or later."
    )

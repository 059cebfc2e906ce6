"""The words, rows and drawings of the pages about presence and self-sustainment."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.forms.presence import QuarterForm
from trellis.contracts.models import Contract, Partner, PresenceMonth
from trellis.contracts.presenters.rooms import step, summary, trail
from trellis.contracts.queries import presence as queries
from trellis.contracts.queries import rooms
from trellis.contracts.queries import variations as values
from trellis.contracts.queries.presence import KeptInDistrict
from trellis.contracts.rules.presence import Kept
from trellis.core import clock
from trellis.core.money import pounds_and_pence
from trellis.core.periods import Quarter
from trellis.web.charts import Bar, BarChart, Tile, TileMap
from trellis.web.table import Column, Table
from trellis.web.words import counted, percent


def room(contract: Contract) -> tuple[str, str]:
    """Its name and its address."""
    return ("Local presence", reverse("presence", args=[contract.reference]))


def month_words(month: date) -> str:
    """June 2018"""
    return f"{month:%B %Y}"


def quarters(contract: Contract) -> list[Quarter]:
    """The quarters of the contract that have begun, the latest first."""
    found, quarter = [], Quarter.of(contract.starts_on)
    while quarter.start <= min(clock.today(), contract.ends_on):
        found.append(quarter)
        quarter = quarter.next()
    return found[::-1]


def presence_page(request: HttpRequest, contract: Contract, user: User) -> dict[str, Any]:
    """What was promised and what happened in one quarter, by district."""
    known = quarters(contract)
    asked = next((one for one in known if str(one) == request.GET.get("quarter")), None)
    chosen = asked or _shown_first(contract, known)
    rows = queries.kept_by_district(contract, chosen.start, chosen.end) if chosen else []
    promised = [row for row in rows if row.kept]
    return {
        "contract": contract,
        "title": "Local presence",
        "lead": _lead(chosen, promised),
        "actions": _actions(contract, user),
        "links": [("How the sector is to sustain itself", reverse("sustainment", args=[contract.reference]))],
        "map": _map(chosen, rows) if chosen and promised else None,
        "filters": QuarterForm({"quarter": str(chosen)} if chosen else None, quarters=known) if known else None,
        "tables": [_districts(request, rows), _promises(request, contract), _months(request, contract, user)],
        "breadcrumbs": trail(contract),
    }


def _shown_first(contract: Contract, known: list[Quarter]) -> Quarter | None:
    """The last quarter that everybody has recorded; else the last that is over, or the first of all."""
    over = [one for one in known if one.end < clock.today()]
    for quarter in over[:2]:
        rows = queries.kept_by_district(contract, quarter.start, quarter.end)
        if not any(row.kept and row.kept.missing for row in rows):
            return quarter
    return next(iter(over or known), None)


def _lead(quarter: Quarter | None, promised: list[KeptInDistrict]) -> str:
    if quarter is None or not promised:
        return "The least that partners promise to be there, face to face, in each district."
    kept = sum(1 for row in promised if row.kept and row.kept.is_kept)
    missing = sum(1 for row in promised if row.kept and row.kept.missing)
    where = f"In {quarter.words}, {kept} of {len(promised)} districts had at least the face-to-face time promised"
    return f"{where}; {counted(missing, 'is', 'are')} not all recorded yet." if missing else f"{where}."


def _actions(contract: Contract, user: User) -> list[tuple[str, str]]:
    if rooms.manages(user, contract):
        return [("Write a promise down", reverse("promise_presence", args=[contract.reference]))]
    partner, month = rooms.partner_for(user, contract), queries.last_full_month(clock.today())
    if partner and queries.districts_of(partner, month):
        return [(f"Record {month_words(month)}", record_url(contract, month))]
    return []


def record_url(contract: Contract, month: date) -> str:
    """Where a partner records a month."""
    return reverse("record_presence", args=[contract.reference, f"{month:%Y-%m}"])


def _map(quarter: Quarter, rows: list[KeptInDistrict]) -> TileMap:
    tiles = [
        Tile(
            row.district.name,
            row.district.tile_column,
            row.district.tile_row,
            row.kept.fraction if row.kept else None,
            _part(row.kept),
        )
        for row in rows
    ]
    return TileMap(
        title=f"Hours kept of those promised, {quarter.words}",
        description="The part of the promised face-to-face hours that happened, 100% at the most. Each tile is a "
        "district, placed roughly as the land lies.",
        tiles=tiles,
        value_heading="Hours kept",
        label_heading="District",
    )


def _part(kept: Kept | None) -> str:
    fraction = kept.fraction if kept else None
    return "–" if fraction is None else f"{fraction * 100:.0f}%"


def _hours(value: Decimal) -> str:
    return f"{value.normalize():f}"


def kept_tag(row: KeptInDistrict) -> tuple[str, str]:
    """How it stands, in a word and a colour."""
    if row.kept is None:
        return ("Nothing promised", "grey")
    if row.kept.missing:
        return ("Not all recorded", "yellow")
    return ("Kept", "green") if row.kept.is_kept else ("Short", "orange")


def _districts(request: HttpRequest, rows: list[KeptInDistrict]) -> Table:
    def of(part: str) -> Any:
        return lambda row: "" if row.kept is None else _hours(getattr(row.kept, part).hours)

    return Table(
        request,
        rows,
        columns=[
            Column("district", "District", value=lambda row: row.district.name, sort="district.name"),
            Column("promised", "Hours promised", value=of("promised"), numeric=True),
            Column("happened", "Hours there", value=of("happened"), numeric=True),
            Column("short", "Hours short", value=of("short"), numeric=True),
            Column("days", "Days promised", value=lambda row: row.kept and row.kept.promised.days, numeric=True),
            Column("days_there", "Days there", value=lambda row: row.kept and row.kept.happened.days, numeric=True),
            Column("state", "Status", tag=kept_tag),
        ],
        caption="Promised and kept, by district",
        name="districts",
        empty="Nothing is promised yet.",
    )


def _promises(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        queries.promises(contract),
        columns=[
            Column("partner", "Partner", value=lambda row: row.partner.organisation.name,
                   sort="partner__organisation__name"),
            Column("district__name", "District", sort="district__name"),
            Column("hours", "Hours a month", value=lambda row: _hours(row.hours), sort="hours", numeric=True),
            Column("days", "Days a month", sort="days", numeric=True),
            Column("starts_on", "From", sort="starts_on"),
        ],
        caption="What each partner promised",
        name="promises",
        prefix="promises-",
        empty="No partner has promised to be anywhere. The contract manager writes promises down here.",
    )  # fmt: skip


def _months(request: HttpRequest, contract: Contract, user: User) -> Table:
    mine = rooms.partner_for(user, contract)

    def correct(row: PresenceMonth) -> str:
        return record_url(contract, row.month) if row.partner_id == getattr(mine, "pk", None) else ""

    return Table(
        request,
        queries.recorded(contract),
        columns=[
            Column("month", "Month", value=lambda row: month_words(row.month), sort="month", link=correct),
            Column("partner", "Partner", value=lambda row: row.partner.organisation.name,
                   sort="partner__organisation__name"),
            Column("district__name", "District", sort="district__name"),
            Column("hours", "Hours", value=lambda row: _hours(row.hours), sort="hours", numeric=True),
            Column("days", "Days", sort="days", numeric=True),
            Column("note", "Why less"),
        ],
        caption="What partners recorded",
        name="months",
        prefix="months-",
        empty="Nothing is recorded yet. Each partner records a month when it is over.",
        page_size=12,
    )  # fmt: skip


def presence_step(contract: Contract, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing here."""
    return step(contract, room(contract), title, button, **more)


def record_page(partner: Partner, month: date) -> dict[str, Any]:
    """The frame of the page on which a partner records a month."""
    intro = (
        f"How much was {partner.organisation.name} there, face to face? Sessions by telephone or video do not count."
    )
    return presence_step(partner.contract, f"Record {month_words(month)}", "Record it", intro=intro)


def sustainment_page(request: HttpRequest, contract: Contract, user: User) -> dict[str, Any]:
    """How far the service may live on the contract, year by year."""
    plan, worth = queries.dependence_plan(contract), values.values_by_year(contract)
    edit = [("Set the plan", reverse("plan_dependence", args=[contract.reference]))]
    return {
        "contract": contract,
        "title": "How the sector is to sustain itself",
        "lead": "The contract’s value falls, so that charges and other funds come to carry the support.",
        "inset": "What came in is in the partners’ open books. This page is the plan that they are held against.",
        "actions": edit if rooms.manages(user, contract) else [],
        "facts": summary(
            ("Planned in the first year", percent(plan[min(plan)]) if plan else "Not planned yet"),
            ("Planned in the last year", percent(plan[max(plan)]) if plan else ""),
        ),
        "bars": _bars(plan) if plan else None,
        "tables": [_years(request, plan, worth)],
        "breadcrumbs": trail(contract, room(contract)),
    }


def _bars(plan: dict[int, Decimal]) -> BarChart:
    first, last = plan[min(plan)], plan[max(plan)]
    return BarChart(
        title=f"The part of income from the contract is to fall from {percent(first)} to {percent(last)}",
        description="Planned income from the contract as a part of all that the service brings in, by contract year.",
        bars=[Bar(f"Year {year}", float(part), percent(part)) for year, part in sorted(plan.items())],
        value_heading="From the contract",
    )


def _years(request: HttpRequest, plan: dict[int, Decimal], worth: dict[int, Decimal]) -> Table:
    def other(year: int) -> str:
        """What other income the plan asks for: value ÷ part − value."""
        part = plan.get(year)
        return pounds_and_pence(worth[year] / part - worth[year]) if part and year in worth else ""

    return Table(
        request,
        sorted(worth),
        columns=[
            Column("year", "Contract year", value=lambda year: year, numeric=True),
            Column("value", "Value of the contract", value=lambda year: pounds_and_pence(worth[year]), numeric=True),
            Column("part", "Part from the contract, at most",
                   value=lambda year: percent(plan[year]) if year in plan else "", numeric=True),
            Column("other", "Other income that it takes", value=other, numeric=True),
        ],
        caption="The plan, year by year",
        name="plan",
    )  # fmt: skip

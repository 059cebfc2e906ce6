"""The words and rows of the contract's own pages."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts import queries
from trellis.contracts.models import Contract
from trellis.contracts.presenters.rooms import shared_rooms
from trellis.core import clock
from trellis.core.money import pounds_and_pence
from trellis.web.charts import Bar, BarChart
from trellis.web.table import Column, Table
from trellis.web.words import day, percent


@dataclass(frozen=True)
class PartnerRow:
    """A partner, its part and where it is from."""

    name: str
    reference: str
    district: str
    share: Decimal
    joined_on: Any


def contracts_table(request: HttpRequest, contracts: QuerySet[Contract]) -> Table:
    """Every contract with its term."""
    return Table(
        request,
        contracts,
        columns=[
            Column("title", "Contract", sort="title", link=lambda row: reverse("contract", args=[row.reference])),
            Column("authority", "Commissioned by", value=lambda row: row.authority.name),
            Column("starts_on", "Starts", sort="starts_on"),
            Column("ends_on", "Ends", sort="ends_on"),
        ],
        caption="Contracts",
        name="contracts",
        empty="There is no contract yet.",
    )


def contract_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """One contract as anybody may read it."""
    today = clock.today()
    on = min(max(today, contract.starts_on), contract.ends_on)
    return {
        "contract": contract,
        "status": _state(contract, today),
        "rooms": shared_rooms(contract, request.user) if request.user.is_authenticated else [],
        "value": queries.value(contract),
        "partners": _partners(request, contract, on),
        "quarters": _quarters(request, contract),
        "years": _years(contract),
        "targets": _targets(request, contract, on),
        "interests": _interests(request, contract, on),
        "today": today,
    }


def _state(contract: Contract, today) -> tuple[str, str]:
    if today < contract.starts_on:
        return ("Not started", "yellow")
    return ("Ended", "grey") if today > contract.ends_on else ("Running", "green")


def _partners(request: HttpRequest, contract: Contract, on) -> Table:
    rows = [
        PartnerRow(
            partner.organisation.name,
            partner.organisation.reference,
            str(partner.organisation.district or ""),
            share,
            partner.joined_on,
        )
        for partner, share in queries.shares(contract, on).items()
    ]
    return Table(
        request,
        rows,
        columns=[
            Column("name", "Partner", sort="name", link=lambda row: reverse("organisation", args=[row.reference])),
            Column("district", "Based in", sort="district"),
            Column("share", "Share", value=lambda row: percent(row.share), sort="share", numeric=True),
            Column("joined_on", "Partner since", sort="joined_on"),
        ],
        caption="Partners, each with an equal voice",
        name="partners",
        prefix="partners-",
    )


def _quarters(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        contract.quarters.all(),
        columns=[
            Column("year", "Contract year", numeric=True),
            Column("starts_on", "From"),
            Column("ends_on", "To"),
            Column("value", "Value", value=lambda row: pounds_and_pence(row.value), numeric=True),
        ],
        caption="What each quarter is worth",
        name="quarters",
        prefix="quarters-",
    )


def _years(contract: Contract) -> BarChart:
    values: dict[int, Decimal] = {}
    for quarter in queries.quarters(contract):
        values[quarter.year] = values.get(quarter.year, Decimal(0)) + quarter.value
    falls = percent(contract.step_down)
    return BarChart(
        title=f"The value falls by {falls} each year",
        description=f"From {pounds_and_pence(contract.baseline)} a year before the contract, {falls} comes off each "
        "year, the first before year 1, so that the sector comes to sustain itself.",
        bars=[Bar(f"Year {year}", float(value), pounds_and_pence(value)) for year, value in sorted(values.items())],
        value_heading="Value",
    )


def _targets(request: HttpRequest, contract: Contract, on) -> Table:
    return Table(
        request,
        sorted(queries.targets(contract, on).values(), key=lambda row: row.indicator.order),
        columns=[
            Column("indicator__name", "Indicator"),
            Column("target", "Target", value=lambda row: f"{row.target.normalize():f} {row.indicator.unit}"),
            Column("floor", "Floor: the least that is acceptable", value=lambda row: f"{row.floor.normalize():f}"),
            Column("polarity", "Which way", value=lambda row: row.indicator.get_polarity_display()),
            Column("starts_on", "Since", value=lambda row: day(row.starts_on)),
        ],
        caption="How success is judged",
        name="targets",
        prefix="targets-",
        empty="No targets are set yet.",
    )


def _interests(request: HttpRequest, contract: Contract, on) -> Table:
    return Table(
        request,
        queries.interests(contract, on),
        columns=[
            Column("partner__organisation__name", "Partner", sort="partner__organisation__name"),
            Column("service_type__name", "Also runs", sort="service_type__name"),
            Column("kind", "How", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("district__name", "In", sort="district__name"),
            Column("starts_on", "Since", sort="starts_on"),
        ],
        caption="What partners also deliver",
        name="interests",
        order="partner__organisation__name",
        prefix="interests-",
        empty="No partner has declared an interest.",
        page_size=10,
    )

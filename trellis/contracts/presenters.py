"""The words and rows of the contract's pages."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.presenters.provision_letter import notice_letter
from trellis.contracts import queries
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.web.charts import Bar, BarChart
from trellis.web.table import Column, Table
from trellis.web.words import counted, day, percent


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


def grants_page(request: HttpRequest, contract: Contract, *, can_manage: bool) -> dict[str, Any]:
    """The grants that the contract takes the place of, and what can be done about them now."""
    rows = queries.grants_before(contract)
    cost = sum((row.overlap.cost for row in rows), Decimal("0.00"))
    return {
        "contract": contract,
        "can_manage": can_manage,
        "summary": _summary(contract, rows, cost),
        "conditions": queries.conditions_on_ending(rows),
        "grants": _grants(request, contract, rows, can_manage=can_manage),
        "breadcrumbs": grants_trail(contract)[:-1],
    }


def grants_trail(contract: Contract) -> list[tuple[str, str]]:
    """Breadcrumbs down to the pages of its earlier grants."""
    return [
        ("Contracts", reverse("contracts")),
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Grants before it", reverse("grant_endings", args=[contract.reference])),
    ]


def grant_step(contract: Contract, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing about the grants."""
    room = reverse("grant_endings", args=[contract.reference])
    return {"title": title, "button": button, "cancel": room, "breadcrumbs": grants_trail(contract), **more}


def grant_letter(contract: Contract, grant: queries.GrantBefore) -> dict[str, Any]:
    """The letter by which notice is served, or its draft."""
    letter = notice_letter(
        grant.body,
        yearly=grant.yearly,
        notice=grant.notice,
        stops_on=grant.stops_on,
        notice_by=grant.notice_by,
        served_on=grant.ending.served_on if grant.ending else None,
    )
    return {
        "letter": letter,
        "authority": letter.authority,
        "pdf": reverse("grant_letter_pdf", args=[contract.reference, grant.plan.pk]),
        "breadcrumbs": grants_trail(contract),
    }


def _summary(contract: Contract, rows: list[queries.GrantBefore], cost: Decimal) -> list[dict[str, Any]]:
    served = sum(1 for row in rows if row.ending)
    lines = [
        ("Award signed", day(contract.award_signed_on) if contract.award_signed_on else "Not yet"),
        ("Contract starts", day(queries.start_of(contract)) + ("" if contract.began_on else ", as agreed")),
        ("Notice served", f"{served} of {len(rows)}"),
        ("Paid twice in all", pounds_and_pence(cost)),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in lines]


def _grants(request: HttpRequest, contract: Contract, rows: list[queries.GrantBefore], *, can_manage: bool) -> Table:
    def act(row: queries.GrantBefore) -> str:
        if not _act(row):
            return ""
        name = "withdraw_notice" if row.ending else "serve_notice"
        return reverse(name, args=[contract.reference, row.plan.pk])

    acts = [Column("act", "What to do", value=_act, link=act)] if can_manage and contract.award_signed_on else []
    return Table(
        request,
        rows,
        columns=[
            Column("name", "Body", value=lambda row: row.body.name, sort="body.name"),
            Column("yearly", "Yearly grant", value=lambda row: whole_pounds(row.yearly), sort="yearly", numeric=True),
            Column("planned", "Planned to stop", value=lambda row: row.plan.stops_on, sort="plan.stops_on"),
            Column("stops_on", "Stops", sort="stops_on"),
            Column(
                "cost", "Paid twice", value=lambda row: pounds_and_pence(row.overlap.cost), sort="overlap.cost",
                numeric=True,
            ),
            Column("status", "Status", tag=_grant_status),
            Column(
                "letter", "Letter", value=lambda row: "Read",
                link=lambda row: reverse("grant_letter", args=[contract.reference, row.plan.pk]),
            ),
            *acts,
        ],
        caption="Grants that the contract takes the place of",
        empty="No grant is planned to end. Endings are planned in the commission, under current provision.",
        name="grants",
    )  # fmt: skip


def notice_words(grant: queries.GrantBefore) -> str:
    """What one should know before notice is served."""
    months = counted(grant.notice.months, "month")
    asks = "The award asks" if grant.notice.is_verified else "Guidance to councils asks"
    return (
        f"The grant is to stop on {day(grant.stops_on)}: as planned, but not before the contract starts. {asks} for "
        f"{months} of notice, which has to be served by {day(grant.notice_by)}."
    )


def _act(row: queries.GrantBefore) -> str:
    if row.ending is None:
        return "Serve notice"
    return "Take the notice back" if row.stops_on > clock.today() else ""


def _grant_status(row: queries.GrantBefore) -> tuple[str, str]:
    if row.ending is None:
        return ("Planned", "blue")
    if row.stops_on <= clock.today():
        return ("Stopped", "grey")
    return ("Short notice", "orange") if row.is_short else ("Notice served", "green")

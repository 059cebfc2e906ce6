"""The words and rows of the contract's own pages."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from trellis.contracts import queries
from trellis.contracts.models import Contract
from trellis.contracts.presenters.documents import withheld_table
from trellis.contracts.presenters.members import coverage_table
from trellis.contracts.presenters.rooms import rooms
from trellis.contracts.queries import changes as change_queries
from trellis.contracts.queries import promises as promise_queries
from trellis.contracts.queries import subcontracts as subcontract_queries
from trellis.contracts.queries.contract import YearLine
from trellis.core import clock
from trellis.core.money import pounds_and_pence
from trellis.decisions.queries.pathway import decisions_visible_to
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
        "summary": _summary(request, contract),
        "rooms": rooms(contract, request.user),
        "money": _money(request, contract),
        "changes": _changes(request, contract),
        "decided": _decided(request, contract),
        "subcontracts": _subcontracts(request, contract),
        "coverage": coverage_table(request, contract, on),
        "withheld": withheld_table(request, contract),
        "partners": _partners(request, contract, on),
        "quarters": _quarters(request, contract),
        "years": _years(contract),
        "targets": _targets(request, contract, on),
        "interests": _interests(request, contract, on),
        "today": today,
    }


def tables_of(page: dict[str, Any]) -> list[Table]:
    """The tables of the page: each can be downloaded."""
    return [part for part in page.values() if isinstance(part, Table)]


def _summary(request: HttpRequest, contract: Contract) -> list[dict[str, Any]]:
    years = queries.years(contract)
    options = [line for line in years if not line.is_applied]
    last = next((line for line in reversed(years) if line.is_applied), None)
    kept = promise_queries.kept(contract, clock.today())
    funding = queries.funding(contract, max(clock.today(), contract.starts_on))
    with_options = sum((line.value for line in options), queries.value(contract))
    lines = [
        ("Commissioned by", contract.authority.name),
        ("Term", f"{day(contract.starts_on)} to {day(contract.ends_on)}"),
        ("Can be extended by", f"{counted(len(options), 'year')}, if it is decided" if options else ""),
        ("Value over the term", pounds_and_pence(queries.value(contract))),
        ("With every extension", pounds_and_pence(with_options) if options else ""),
        ("Annual saving by the last year", pounds_and_pence(last.annual_saving) if last else ""),
        ("Cumulative saving over the term", pounds_and_pence(last.cumulative_saving) if last else ""),
        ("Paid from", ", ".join(f"{source} {percent(share)}" for source, share in funding.items())),
        ("Made under", contract.get_regime_display()),
        ("What the bid promised", f"{kept.kept} of {kept.all} kept, {kept.broken} not kept" if kept.all else ""),
        ("When every partner has a conflict", f"{contract.independent_route.name} helps instead"),
    ]
    rows: list[dict[str, Any]] = [{"key": {"text": key}, "value": {"text": value}} for key, value in lines if value]
    return [*rows, *_decision(request, contract)]


def _decision(request: HttpRequest, contract: Contract) -> list[dict[str, Any]]:
    """The decision that it was made on, where the reader may see it."""
    found = decisions_visible_to(request.user).filter(pk=contract.decision_id or 0).first()
    if found is None:
        return []
    link = format_html('<a class="govuk-link" href="{}">{}</a>', reverse("decision", args=[found.slug]), found)
    return [{"key": {"text": "Decided by"}, "value": {"html": link}}]


def _money(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        queries.years(contract),
        columns=[
            Column("year", "Contract year", value=_year_name),
            Column("starts_on", "From"),
            Column("ends_on", "To"),
            Column("value", "Value", value=lambda row: pounds_and_pence(row.value), numeric=True),
            Column("annual", "Annual saving", value=lambda row: pounds_and_pence(row.annual_saving), numeric=True),
            Column(
                "cumulative", "Cumulative saving", value=lambda row: pounds_and_pence(row.cumulative_saving),
                numeric=True,
            ),
        ],
        caption=f"Each year, against {pounds_and_pence(contract.baseline)} a year before the contract",
        name="years",
        prefix="years-",
    )  # fmt: skip


def _changes(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        change_queries.changes(contract),
        columns=[
            Column("on", "From"),
            Column("what", "What changed"),
            Column("agreed_by", "Agreed by", absent=""),
        ],
        caption="What has changed since it was signed",
        name="changes",
        prefix="changes-",
        empty="Nothing has changed since it was signed.",
    )


def _decided(request: HttpRequest, contract: Contract) -> Table:
    """What members agreed and carried out: what was said on the way stays with them."""
    return Table(
        request,
        change_queries.carried_out(contract),
        columns=[
            Column("on", "Decided on", value=lambda row: row.proposal.closed_on),
            Column("title", "What was proposed", value=lambda row: change_queries.named(row.proposal)),
            Column("matter", "About", value=lambda row: row.proposal.get_matter_display()),
            Column("what", "What came of it"),
        ],
        caption="What the members have decided",
        name="decided",
        prefix="decided-",
        empty="The members have decided nothing by a proposal yet.",
        page_size=10,
    )


def _subcontracts(request: HttpRequest, contract: Contract) -> Table:
    """Those that bind, with what anybody may know of them."""
    return Table(
        request,
        subcontract_queries.subcontracts(contract).filter(status__in=subcontract_queries.BINDING),
        columns=[
            Column("body", "With", value=lambda row: row.organisation.name, sort="organisation__name"),
            Column("services", "For"),
            Column("partner", "Of the share of", value=lambda row: str(row.partner)),
            Column("value", "Value", value=lambda row: pounds_and_pence(row.value), sort="value", numeric=True),
            Column("starts_on", "From", sort="starts_on"),
            Column("ends_on", "To"),
        ],
        caption="Subcontracts",
        name="subcontracts",
        prefix="subcontracts-",
        empty="No partner has brought in another body yet.",
    )


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
    lines = queries.years(contract)
    title, why = "What each year is worth", "Each year's value was agreed by itself."
    if contract.step_down is not None:
        falls = percent(contract.step_down)
        title = f"The value falls by {falls} each year"
        why = (
            f"From {pounds_and_pence(contract.baseline)} a year before the contract, {falls} comes off each year, the "
            "first before year 1, so that the sector comes to sustain itself."
        )
    options = any(not line.is_applied for line in lines)
    return BarChart(
        title=title,
        description=why + (" Extension years are no part of the term until they are decided." if options else ""),
        bars=[Bar(_year_name(line), float(line.value), pounds_and_pence(line.value)) for line in lines],
        value_heading="Value",
    )


def _year_name(line: YearLine) -> str:
    if not line.option:
        return f"Year {line.number}"
    return f"Year {line.number}, extension {line.option}" + ("" if line.is_applied else ", if it is decided")


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
        caption="Targets and floors",
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

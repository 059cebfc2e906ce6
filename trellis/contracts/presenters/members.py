"""The words and rows of the page about the alliance's members."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts import queries
from trellis.contracts.models import Contract, Partner
from trellis.contracts.queries import members as members_queries
from trellis.contracts.queries import membership as membership_queries
from trellis.contracts.queries.documents import documents
from trellis.contracts.queries.members import Member
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.web.charts.stacks import Stack, StackChart
from trellis.web.table import Column, Table
from trellis.web.words import counted, day, percent

SEAT = (
    "The person who decides for a member takes its positions. Their deputy may do so in their stead, and the record "
    "says that it was the deputy."
)
ON_PAPER = (
    "Shares change by a proposal that the alliance has carried; carrying it out restates them here by itself. Enter "
    "shares on this page only where the members agreed them on paper, and choose the document that says so. While a "
    "proposal about them is not finished, nothing can be entered here. Shares change at the start of a quarter that "
    "has not begun, and add up to 100%. What was before stays as it was."
)
COVERAGE = (
    "Tick every place where the partner works from that day on, as agreed. What you leave out ends the day before, and "
    "what was before stays as it was."
)
NOBODY = "Nobody yet"


def room(contract: Contract) -> str:
    """The address of the page about the members."""
    return reverse("members", args=[contract.reference])


def trail(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs down to the contract, and further."""
    return [
        ("Contracts", reverse("contracts")),
        (contract.title, reverse("contract", args=[contract.reference])),
        *more,
    ]


def step(contract: Contract, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing about the members."""
    breadcrumbs = trail(contract, ("Members", room(contract)))
    return {"title": title, "button": button, "cancel": room(contract), "breadcrumbs": breadcrumbs, **more}


def on_paper(contract: Contract, title: str) -> dict[str, Any]:
    """The page that enters what was agreed on paper; `no_document`: there is nothing yet that could say so."""
    return step(
        contract, title, "Enter them", intro=ON_PAPER,
        reference=contract.reference, no_document=not documents(contract).exists(),
    )  # fmt: skip


def day_to_show(contract: Contract) -> date:
    """Today, or the nearest day of the term."""
    return min(max(clock.today(), contract.starts_on), contract.ends_on)


def members_page(request: HttpRequest, contract: Contract, *, can_manage: bool) -> dict[str, Any]:
    """The members with their seats, the shares over time, and who works where."""
    on = day_to_show(contract)
    partners = list(queries.ever_partners(contract))
    members = members_queries.table(contract, on)
    tables = {
        "members": _members(request, contract, members),
        "shares": _shares(request, contract, partners),
        "coverage": coverage_table(request, contract, on),
        "joining": _on_the_way(request, contract),
    }
    return {
        "contract": contract,
        "can_manage": can_manage,
        "can_restate": can_manage and bool(members_queries.starts_to_come(contract, clock.today())),
        "money": _chart("money", contract, partners),
        "work": _chart("work", contract, partners),
        "partners": [member for member in members if member.partner],
        "unseated": [member.organisation.name for member in members if not member.seat],
        "breadcrumbs": trail(contract),
        "tables": list(tables.values()),
        **{f"{name}_table": table for name, table in tables.items()},
    }


def _members(request: HttpRequest, contract: Contract, members: list[Member]) -> Table:
    mine = _organisations_of(request.user)

    def membership(row: Member) -> str:
        return _membership(contract, row.organisation.reference) if row.partner else ""

    def change(row: Member) -> str:
        if row.organisation.pk not in mine:
            return ""
        return reverse("name_seat", args=[contract.reference, row.organisation.reference])

    return Table(
        request,
        members,
        columns=[
            Column(
                "name", "Member", value=lambda row: row.organisation.name, sort="organisation.name", link=membership
            ),
            Column("part", "Part", value=lambda row: "Partner" if row.partner else "Commissioner"),
            Column("holder", "Decides for it", value=lambda row: row.seat and row.seat.holder.name, absent=NOBODY),
            Column("deputy", "In their stead", value=_deputy, absent="Nobody"),
            Column("since", "Since", value=lambda row: row.seat and row.seat.starts_on),
            Column(
                "change", "What to do", value=lambda row: "Name who sits" if change(row) else "", link=change, absent=""
            ),
        ],
        caption="Who sits at the table, each with one voice",
        name="members",
        prefix="members-",
    )


def _membership(contract: Contract, organisation: str) -> str:
    return reverse("membership", args=[contract.reference, organisation])


def _on_the_way(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        membership_queries.memberships_on_the_way(contract),
        columns=[
            Column(
                "name",
                "Organisation",
                value=lambda row: row.organisation.name,
                link=lambda row: _membership(contract, row.organisation.reference),
            ),
            Column("status", "Where it is", value=lambda row: row.get_status_display()),
        ],
        caption="Joining, leaving and remedy plans",
        name="joining",
        prefix="joining-",
        empty="Nobody is joining or leaving.",
    )


def _organisations_of(user: Any) -> list[int]:
    return user.organisation_ids(Permission.ALLIANCE_POSITION) if isinstance(user, User) else []


def _deputy(row: Member) -> str | None:
    return row.seat.deputy.name if row.seat and row.seat.deputy else None


def _shares(request: HttpRequest, contract: Contract, partners: list[Partner]) -> Table:
    """A row for each partner and each day from which shares hold."""
    rows = []
    for starts_on in reversed(queries.days_of_shares(contract)):
        money, work = queries.shares(contract, starts_on), queries.work_shares(contract, starts_on)
        rows += [
            (starts_on, partner, money.get(partner), work.get(partner)) for partner in partners if partner in money
        ]
    return Table(
        request,
        rows,
        columns=[
            Column("from", "From", value=lambda row: row[0]),
            Column("partner", "Partner", value=lambda row: str(row[1])),
            Column("money", "Share of the money", value=lambda row: _percent(row[2]), numeric=True),
            Column("work", "Share of the work", value=lambda row: _percent(row[3]), numeric=True),
        ],
        caption="Shares of the money and of the work",
        name="shares",
        prefix="shares-",
        page_size=16,
        empty="No shares are agreed yet.",
    )


def _percent(share: Decimal | None) -> str | None:
    return None if share is None else percent(share)


def _chart(what: str, contract: Contract, partners: list[Partner]) -> StackChart:
    read = queries.shares if what == "money" else queries.work_shares
    agreed: list[tuple[date, dict[Partner, Decimal]]] = []
    for starts_on in queries.days_of_shares(contract):
        shares = read(contract, starts_on)
        if shares and not (agreed and agreed[-1][1] == shares):
            agreed.append((starts_on, shares))
    stacks = [
        Stack(f"From {day(starts_on)}", [float(shares.get(partner, 0) * 100) for partner in partners])
        for starts_on, shares in agreed
    ]
    anew = len(stacks) - 1
    return StackChart(
        title=f"The {what} was shared anew {counted(anew, 'time')}"
        if anew > 0
        else f"The {what} is shared as at first",
        description=f"What part of the {what} each partner has, from each day on which it was agreed. The parts of a "
        "day add up to 100%.",
        parts=[str(partner) for partner in partners],
        stacks=stacks,
        whole=100,
        label_heading="From",
        write=lambda value: f"{value:g}%",
    )


def coverage_table(request: HttpRequest, contract: Contract, on: date) -> Table:
    """A row for each district, a column for each outcome, and the partners in between; gaps show."""
    names: dict[tuple[str, str], list[str]] = {}
    for row in queries.coverage(contract, on):
        names.setdefault((row.district_id, row.outcome_id), []).append(str(row.partner))

    def cell(outcome: str):
        return lambda district: ", ".join(names.get((district.code, outcome), [])) or None

    return Table(
        request,
        members_queries.districts_served(),
        columns=[
            Column("name", "District", sort="name"),
            *(
                Column(outcome.code, outcome.name, value=cell(outcome.code), absent=NOBODY)
                for outcome in members_queries.outcomes_in_force()
            ),
        ],
        caption=f"Who works where, on {day(on)}",
        name="coverage",
        prefix="coverage-",
        empty="No district is set down as served.",
    )

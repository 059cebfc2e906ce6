"""The words and rows of the pages about the grants before a contract."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.presenters.provision_letter import notice_letter
from trellis.contracts.models import Contract
from trellis.contracts.queries import grants as queries
from trellis.core import clock
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.web.table import Column, Table
from trellis.web.words import counted, day


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

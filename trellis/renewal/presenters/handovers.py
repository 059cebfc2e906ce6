"""The pages of a handover, and its certificate."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.money import pounds_and_pence
from trellis.core.permissions import Permission
from trellis.renewal.models import Handover
from trellis.renewal.queries import handovers as queries
from trellis.web.pieces import Step, Task
from trellis.web.table import Column, Table
from trellis.web.words import counted, day, percent

REFRESH = 2  # seconds between two looks at the worker


def trail(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of a handover is."""
    return [
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Handovers", reverse("handovers", args=[contract.reference])),
        *more,
    ]


def address(name: str, partner: Partner) -> str:
    """Where a page of a partner's handover is."""
    return reverse(name, args=[partner.contract.reference, partner.organisation.reference])


def list_page(contract: Contract, open_to: set[int]) -> dict[str, Any]:
    """The partners that leave, each with how far its handover is; `open_to` are those that the reader may open."""
    tasks = [_task(one, address("handover", one) if one.pk in open_to else None) for one in queries.leaving(contract)]
    return {"contract": contract, "tasks": tasks, "breadcrumbs": trail(contract)[:1]}


def _task(partner: Partner, url: str | None) -> Task:
    handover = queries.handover_of(partner)
    words = handover.get_status_display() if handover else "Not begun"
    return Task(partner.organisation.name, words, url, f"Its last day is {day(_last(partner))}.", _colour(partner))


def _colour(partner: Partner) -> str:
    handover = queries.handover_of(partner)
    if handover is None:
        return "orange"
    return "green" if handover.status == Handover.Status.CLOSED else "blue"


def manages(user: User, partner: Partner) -> bool:
    """Whether somebody carries the handover out."""
    return partner.contract.authority_id in user.organisation_ids(Permission.CONTRACT_MANAGE)


def handover_page(request: HttpRequest, partner: Partner, user: User) -> dict[str, Any]:
    """One handover: what is left, what was done, what is still due to the partner."""
    handover = queries.handover_of(partner)
    may = manages(user, partner)
    found: dict[str, Any] = {
        "partner": partner,
        "contract": partner.contract,
        "handover": handover,
        "last_day": _last(partner),
        "may": may and (handover is None or handover.status == Handover.Status.OPEN),
        "is_over": clock.today() > _last(partner),
        "cases_left": queries.cases_to_hand_over(partner).count(),
        "roles_left": queries.roles_to_end(partner).count(),
        "shares": queries.shares(partner),
        "shares_table": shares_table(request, partner),
        "money": money_table(request, partner),
        "questions": queries.open_questions(partner),
        "membership_url": address("membership", partner),
        "facts_kept": queries.facts_kept(partner),
        "address": lambda name: address(name, partner),
        "breadcrumbs": trail(partner.contract),
    }
    if handover:
        found |= {
            "status": (handover.get_status_display(), _colour(partner)),
            "went": queries.where_cases_went(handover),
            "progress": queries.progress(handover),
            "roles_ended": handover.people.count(),
        }
    return found


def shares_table(request: HttpRequest, partner: Partner) -> Table:
    """Each partner's share on the last day and on the day after."""
    found = queries.shares(partner)
    rows = [(name, found.before.get(name), found.after.get(name)) for name in {**found.before, **found.after}]
    return Table(
        request,
        rows,
        columns=[
            Column("name", "Partner", value=lambda row: row[0]),
            Column("before", "Share on its last day", value=lambda row: _percent(row[1]), numeric=True),
            Column("after", "Share from the day after", value=lambda row: _percent(row[2]), numeric=True),
        ],
        caption="Shares of the money",
        name="shares",
        prefix="shares-",
    )


def money_table(request: HttpRequest, partner: Partner) -> Table:
    """What the partner has of each quarter, and how far its payment is."""
    return Table(
        request,
        queries.money(partner),
        columns=[
            Column("quarter", "Quarter"),
            Column("amount", "Amount", value=lambda row: pounds_and_pence(row.amount), numeric=True),
            Column("state", "How far its payment is"),
        ],
        caption="What is due to it, quarter by quarter",
        name="money",
        prefix="money-",
        empty="It has no quarter in this contract.",
    )


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else percent(share)


def progress_page(handover: Handover) -> dict[str, Any]:
    """How far the worker is with the cases."""
    partner, found = handover.partner, queries.progress(handover)
    is_done = not found.left
    state = "done" if is_done else "now" if found.is_at_work else "failed" if found.done else "next"
    note = f"{counted(found.left, 'case')} left" if found.left else ""
    return {
        "partner": partner,
        "steps": [Step("Hand each open case to a partner that may have it", state, note)],
        "done": found.done,
        "total": found.total,
        "unit": "cases handed over",
        "refresh": REFRESH if found.is_at_work else 0,
        "left": found.left,
        "is_at_work": found.is_at_work,
        "again_url": address("hand_over_cases", partner),
        "page_url": address("handover", partner),
        "breadcrumbs": trail(partner.contract, (partner.organisation.name, address("handover", partner))),
    }


def certificate(handover: Handover) -> dict[str, Any]:
    """What the certificate says: all from rows, so that it says the same whenever it is printed."""
    partner = handover.partner
    found, closed_at = queries.shares(partner), handover.closed_at
    assert closed_at is not None, "only a complete handover is certified"
    return {
        "partner": partner,
        "contract": partner.contract,
        "authority": partner.contract.authority.name,
        "handover": handover,
        "closed_on": day(closed_at),
        "facts": [
            ("Contract", f"{partner.contract.title}, {partner.contract.reference}"),
            ("Partner since", day(partner.joined_on)),
            ("Last day", day(_last(partner))),
            ("Cases handed over", f"{handover.cases.count():,}"),
            ("Roles ended", f"{handover.people.count():,}"),
            ("Facts that stay recorded as its own", f"{queries.facts_kept(partner):,}"),
            ("Complete since", f"{day(closed_at)}, as {handover.closed_by} confirmed"),
        ],
        "went": queries.where_cases_went(handover),
        "shares": [
            (name, _percent(found.before.get(name)), _percent(found.after.get(name)))
            for name in {**found.before, **found.after}
        ],
        "money": [(one.quarter, pounds_and_pence(one.amount), one.state) for one in queries.money(partner)],
        "pdf": address("handover_certificate_pdf", partner),
        "breadcrumbs": trail(partner.contract, (partner.organisation.name, address("handover", partner))),
    }


def certificate_page(request: HttpRequest, handover: Handover) -> dict[str, Any]:
    """The certificate on a page, whose tables can be taken along."""
    partner = handover.partner
    return certificate(handover) | {
        "caption": partner.organisation.name,
        "shares_table": shares_table(request, partner),
        "money_table": money_table(request, partner),
    }


def _last(partner: Partner) -> date:
    assert partner.left_on is not None, "only partners that leave have a handover"
    return partner.left_on

"""A commission's policies, comparators and co-designers in words and rows."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import CoDesigner, Commission, Commitment, Comparator, Policy
from trellis.commissioning.presenters.commissions import page, trail
from trellis.commissioning.queries import policies as queries
from trellis.web.table import Column, Table

ILLUSTRATIVE = "Illustrative"


def room(commission: Commission) -> str:
    """The address of the page."""
    return reverse("policies", args=[commission.reference])


def step(commission: Commission, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that changes one thing in this room."""
    said = {"cancel": room(commission), "breadcrumbs": trail(commission, ("Policies", room(commission))), "drop": ""}
    return page(commission, title, button, **said | more)


def policies_page(request: HttpRequest, commission: Commission, *, can_edit: bool) -> dict[str, Any]:
    """All that the page shows."""
    return {
        "commission": commission,
        "can_edit": can_edit,
        "policies": _policies(request, queries.policies(commission), _link("policy", can_edit)),
        "commitments": _commitments(request, queries.commitments(commission), _link("commitment", can_edit)),
        "comparators": _comparators(request, queries.comparators(commission), _link("comparator", can_edit)),
        "co_designers": _co_designers(request, queries.co_designers(commission), _link("co_designer", can_edit)),
        "breadcrumbs": trail(commission),
    }


def _link(name: str, can_edit: bool) -> Callable[[Any], str] | None:
    def address(row: Any) -> str:
        commission = row.policy.commission if isinstance(row, Commitment) else row.commission
        return reverse(name, args=[commission.reference, row.pk])

    return address if can_edit else None


def _policies(request: HttpRequest, rows: QuerySet[Policy], link: Callable | None) -> Table:
    return Table(
        request,
        rows,
        columns=[
            Column("title", "Policy", sort="title", link=link),
            Column("adopted_by", "Adopted by", sort="adopted_by"),
            Column("adopted_on", "Adopted on", sort="adopted_on", absent="Not known"),
            Column("number", "Commitments", sort="number", numeric=True),
            Column("link", "Where to read it", link=lambda row: row.link),
        ],
        caption="Policies",
        empty="No policy is named yet. Add the policy or strategy that this commission follows from.",
        name="policies",
        prefix="policies-",
    )


def _commitments(request: HttpRequest, rows: QuerySet[Commitment], link: Callable | None) -> Table:
    return Table(
        request,
        rows,
        columns=[
            Column("policy", "Policy", value=lambda row: row.policy.title, sort="policy__title"),
            Column("number", "Number", sort="number", numeric=True, link=link),
            Column("text", "What the authority commits itself to"),
            Column("findings", "Findings that cite it", value=_findings, absent="None yet"),
            Column("outcomes", "Outcomes that follow from it", value=_outcomes, absent="None yet"),
        ],
        caption="Commitments",
        empty="No commitment is set down yet. Open a policy to add its commitments.",
        name="commitments",
        prefix="commitments-",
    )


def _comparators(request: HttpRequest, rows: QuerySet[Comparator], link: Callable | None) -> Table:
    return Table(
        request,
        rows,
        columns=[
            Column("authority", "Authority", sort="authority", link=link),
            Column("model", "Model", sort="model"),
            Column("learnt", "What was learnt"),
            Column("link", "Source", link=lambda row: row.link),
            *_illustrative(rows),
        ],
        caption="How other authorities do it",
        empty="No other authority’s model is here yet. Add one, with what was learnt from it.",
        name="comparators",
        prefix="comparators-",
    )


def _co_designers(request: HttpRequest, rows: QuerySet[CoDesigner], link: Callable | None) -> Table:
    return Table(
        request,
        rows,
        columns=[
            Column("name", "Who", sort="name", link=link),
            Column("met_on", "Heard on", sort="met_on"),
            Column("changed", "What changed because of them"),
            *_illustrative(rows),
        ],
        caption="Who shaped the outcomes",
        empty="Nobody is named yet. Add who was heard, and what changed because of them.",
        name="co-designers",
        prefix="co-designers-",
    )


def _illustrative(rows: QuerySet) -> list[Column]:
    """A column that says which rows are made up, where any are."""
    if not any(row.is_illustrative for row in rows):
        return []
    return [Column("is_illustrative", "Kind", value=lambda row: ILLUSTRATIVE if row.is_illustrative else "Real")]


def _findings(row: Commitment) -> str:
    return ", ".join(str(finding.number) for finding in row.findings.all())


def _outcomes(row: Commitment) -> str:
    return ", ".join(outcome.name for outcome in row.outcomes.all())

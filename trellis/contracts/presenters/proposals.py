"""The list of proposals, how each stands in a word, and what every page of them shares."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.forms.proposals import STATES, Filters
from trellis.contracts.models import Contract, Matter, Proposal
from trellis.contracts.queries import agreement
from trellis.contracts.queries import proposals as queries
from trellis.contracts.rules.proposal_clock import OVER
from trellis.core import clock, working_days
from trellis.web.fields import in_a_sentence
from trellis.web.table import Column, Table, address
from trellis.web.words import counted

Status, Stage = Proposal.Status, Proposal.Stage
STAGES = {
    Stage.DISCUSSION: ("Open: discussion", "blue"),
    Stage.FACILITATION: ("Stalled: facilitation", "yellow"),
    Stage.EXPERT: ("Stalled: expert opinion", "orange"),
    OVER: ("Out of time", "red"),
}
TAGS = {
    Status.DRAFT: ("Draft", "grey"),
    Status.CARRIED: ("Carried", "teal"),
    Status.CARRIED_OUT: ("Carried out", "green"),
    Status.LAPSED: ("Lapsed", "grey"),
    Status.WITHDRAWN: ("Withdrawn", "grey"),
}


def standing(proposal: Proposal, today: date) -> tuple[str, str]:
    """How a proposal stands, as a tag. An open one shows the stage that today is in."""
    if proposal.status == Status.OPEN:
        return STAGES[queries.live_stage(proposal, today)]
    if proposal.status == Status.CARRIED and proposal.refusal:
        return "Cannot be carried out", "red"
    return TAGS[Status(proposal.status)]


def trail(contract: Contract, proposal: Proposal | None = None) -> list[tuple[str, str]]:
    """Breadcrumbs down to the list, or to one proposal."""
    here = [
        ("Contracts", reverse("contracts")),
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Proposals", reverse("proposals", args=[contract.reference])),
    ]
    return [*here, (proposal.reference, link(proposal))] if proposal else here


def link(proposal: Proposal) -> str:
    """Where its page is."""
    return reverse("proposal", args=[proposal.contract.reference, proposal.reference])


def days_open(proposal: Proposal, today: date) -> int | None:
    """For how many working days it has been, or was, open; None for what was never opened."""
    return working_days.between(proposal.opened_on, proposal.closed_on or today) if proposal.opened_on else None


def age(proposal: Proposal, today: date) -> str:
    """The same in words."""
    return counted(days_open(proposal, today) or 0, "working day")


def matters_decided(contract: Contract, today: date) -> dict[str, tuple[str, str]]:
    """What the agreement says who decides today, by its code: its name, and who does."""
    deciders = {matter: one for one in agreement.classes(contract, today) for matter in one.matters}
    return {
        matter.value: (str(matter.label), f"Decided by {in_a_sentence(deciders[matter.value].get_decides_display())}.")
        for matter in Matter
        if matter.value in deciders
    }


def list_page(request: HttpRequest, user: User, contract: Contract) -> dict[str, Any]:
    """Every proposal that somebody may see, those that wait for them first: ?q=words&state=stalled&matter=shares."""
    today = clock.today()
    speaks = queries.mandate(user, contract, today)
    mine = speaks.organisation if speaks else None
    visible = queries.for_a_list(queries.proposals_visible_to(user, contract, today))
    found = queries.with_need(visible, mine)
    filters = Filters(initial=request.GET.dict(), matters=Matter.choices)
    rows, tags = _narrowed(request, found, today)
    return {
        "contract": contract,
        "filters": filters,
        "table": _table(request, rows.order_by("-needs_mine", "-opened_on", "-pk"), tags, today),
        "can_propose": speaks is not None,
        "waiting": found.filter(needs_mine=1).count(),
        "stalled": queries.stalled(found, today).count(),
        "breadcrumbs": trail(contract)[:-1],
        "caption": contract.title,
    }


def _table(request: HttpRequest, rows: QuerySet[Any], tags: list[tuple[str, str]], today: date) -> Table:
    table = Table(
        request,
        rows,
        columns=[
            Column("title", "Proposal", sort="title", link=link),
            Column("standing", "How it stands", tag=lambda row: standing(row, today)),
            Column("needs_mine", "You", value=_yours, sort="needs_mine", absent=""),
            Column("agree", "Agree", value=lambda row: of(row).agree, numeric=True),
            Column("object", "Object", value=lambda row: of(row).object, numeric=True),
            Column("age", "Working days open", value=lambda row: days_open(row, today), numeric=True),
            Column("last_day", "Last day", value=_last_day, sort="clock_ends_on"),
            Column("proposer__name", "Proposed by", sort="proposer__name"),
            Column("reference", "Reference", sort="reference"),
        ],
        caption="Proposals",
        name="proposals",
        filters=tags,
        empty="There is no proposal here. Clear a filter, or propose something yourself: every member can.",
    )

    @cache
    def counted_now() -> dict[int, queries.Counts]:
        """Of the rows that are shown alone: there may be thousands."""
        return queries.counts(rows if table.wants_csv else list(table.page.object_list))

    def of(row: Proposal) -> queries.Counts:
        return counted_now().get(row.pk, queries.Counts())

    return table


def _yours(row: Any) -> str:
    return "Your position is needed" if row.needs_mine else ""


def _last_day(row: Proposal) -> date | None:
    """The last day on which it can be agreed, while it can."""
    return row.clock_ends_on if row.status == Status.OPEN else None


def _narrowed(request: HttpRequest, found: QuerySet[Any], today: date) -> tuple[QuerySet[Any], list[tuple[str, str]]]:
    tags = []
    text, state, matter = (request.GET.get(name, "").strip().replace("\0", "") for name in ("q", "state", "matter"))
    if text:
        found = found.filter(title__icontains=text)
        tags.append((f"Search: {text}", address(request, q=None, page=None)))
    if state in dict(STATES):
        found = _in_state(found, state, today)
        tags.append((dict(STATES)[state], address(request, state=None, page=None)))
    if matter in Matter.values:
        found = found.filter(matter=matter)
        tags.append((str(Matter(matter).label), address(request, matter=None, page=None)))
    return found, tags


def _in_state(found: QuerySet[Any], state: str, today: date) -> QuerySet[Any]:
    if state == "mine":
        return found.filter(needs_mine=1)
    return queries.stalled(found, today) if state == "stalled" else found.filter(status=state)

"""The words, rows and the heat map of the pages about risks, issues and actions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.contracts.forms.risks import RiskFilter
from trellis.contracts.models import Contract, Risk, RiskAction
from trellis.contracts.presenters.rooms import step, summary, trail
from trellis.contracts.queries import risks as queries
from trellis.contracts.queries import rooms
from trellis.contracts.rules import risks as rules
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.web.charts import Tile, TileMap
from trellis.web.pieces import Event
from trellis.web.table import Column, Table, address
from trellis.web.words import counted, day

COLOURS = {"Low": "green", "Medium": "yellow", "High": "red"}


def room(contract: Contract) -> tuple[str, str]:
    """Its name and its address."""
    return ("Risks, issues and actions", reverse("risks", args=[contract.reference]))


def risks_page(request: HttpRequest, contract: Contract, user: User) -> dict[str, Any]:
    """The register of the whole alliance, with its heat map and what is overdue."""
    today = clock.today()
    at = [contract.reference]
    return {
        "contract": contract,
        "title": "Risks, issues and actions",
        "lead": "One register for the whole alliance. It names causes and lessons, never who is to blame.",
        "actions": [("Raise a risk or an issue", reverse("raise_risk", args=at))] if can_work(user, contract) else [],
        "facts": summary(
            ("Reviews overdue", str(queries.overdue_reviews(contract, today).count())),
            ("Actions overdue", str(queries.overdue_actions(contract, today).count())),
        ),
        "map": _heat_map(contract),
        "filters": RiskFilter(request.GET or None, members=rooms.members(contract)),
        "tables": [_risks(request, contract), _actions(request, contract)],
        "breadcrumbs": trail(contract),
    }


def can_work(user: User, contract: Contract) -> bool:
    """Whether a person changes what lies on this table."""
    return rooms.alliances_of(user, Permission.ALLIANCE_WORK).filter(pk=contract.pk).exists()


def _heat_map(contract: Contract) -> TileMap:
    """A tile for each pair of likelihood and impact; its shade is the score, its words how many risks are there."""
    counts = queries.heat(contract)
    tiles = [
        Tile(
            f"{likelihood} × {impact}",
            impact - 1,
            5 - likelihood,
            rules.score(likelihood, impact),
            str(counts[likelihood, impact] or " "),
            short=f"{likelihood}×{impact}",
        )
        for likelihood in reversed(rules.LEVELS)
        for impact in rules.LEVELS
    ]
    high = sum(
        n for (one, other), n in counts.items() if queries.band(rules.score(one, other), clock.today()) == "High"
    )
    return TileMap(
        title=f"{counted(counts.total(), 'open entry', 'open entries')}, {high} of them high",
        description="Likelihood grows upwards, impact to the right, each from 1 to 5 with the controls. The number on "
        "a tile is how many risks and issues are there; the shade is their score.",
        tiles=tiles,
        value_heading="Open entries",
        label_heading="Likelihood × impact",
        has_key=False,
    )


def _risks(request: HttpRequest, contract: Contract) -> Table:
    rows, filters = queries.risks(contract), []
    state, owner = request.GET.get("state", ""), request.GET.get("owner", "")
    if not state:
        rows = rows.filter(closed_at__isnull=True)
    elif state == "closed":
        rows, filters = rows.filter(closed_at__isnull=False), [("Closed", address(request, state=None))]
    member = next((one for one in rooms.members(contract) if one.reference == owner), None)
    if member:
        rows = rows.filter(owner=member)
        filters.append((f"Seen to by {member.name}", address(request, owner=None)))
    return Table(
        request,
        rows,
        columns=[
            Column("title", "Risk or issue", sort="title", link=risk_url),
            Column("kind", "Kind", value=lambda row: row.get_kind_display().split(":")[0], sort="kind"),
            Column("owner", "Seen to by", value=lambda row: row.owner.name, sort="owner__name"),
            Column("before", "Without controls", value=_before, numeric=True),
            Column("points", "With controls", sort="points", numeric=True),
            Column("band", "Band", tag=status_tag),
            Column("review_on", "Review", sort="review_on"),
        ],
        caption="Risks and issues",
        name="risks",
        filters=filters,
        empty="There is nothing here. What may go wrong, or has, is written down here by any member.",
    )


def _before(risk: Risk) -> int:
    return rules.score(risk.likelihood_before, risk.impact_before)


def status_tag(risk: Risk) -> tuple[str, str]:
    """Its band and colour; closed is grey."""
    if risk.closed_at:
        return ("Closed", "grey")
    found = queries.band(rules.score(risk.likelihood_after, risk.impact_after), clock.today())
    return (found, COLOURS.get(found, "blue"))


def _actions(request: HttpRequest, contract: Contract) -> Table:
    return Table(
        request,
        queries.actions(contract),
        columns=[
            Column("what", "Action", link=lambda row: risk_url(row.risk)),
            Column("owner", "Seen to by", value=lambda row: row.owner.name, sort="owner__name"),
            Column("due_on", "By", sort="due_on"),
            Column("state", "Status", tag=action_tag),
        ],
        caption="Actions",
        name="actions",
        prefix="actions-",
        empty="There is nothing to be done. Actions are added on the page of a risk.",
        page_size=15,
    )


def action_tag(action: RiskAction) -> tuple[str, str]:
    """Where it is, in a word and a colour."""
    if action.verified_at:
        return ("Verified", "green")
    if action.done_at:
        return ("Done, to verify", "blue")
    return ("Overdue", "red") if action.due_on < clock.today() else ("To do", "yellow")


def risk_url(risk: Risk) -> str:
    """Where it is."""
    return reverse("risk", args=[risk.contract.reference, risk.reference])


def risk_page(request: HttpRequest, risk: Risk, user: User) -> dict[str, Any]:
    """One risk or issue: why, how grave, what keeps it small, what is done."""
    contract, at = risk.contract, [risk.contract.reference, risk.reference]
    steps = [("Look at it again", "review_risk"), ("Add an action", "add_risk_action"), ("Close it", "close_risk")]
    is_open = not risk.closed_at and can_work(user, contract)
    return {
        "contract": contract,
        "title": risk.title,
        "caption": f"{risk.get_kind_display().split(':')[0]} {risk.reference}",
        "status": status_tag(risk),
        "presses": [],
        "actions": [(words, reverse(name, args=at)) for words, name in steps] if is_open else [],
        "facts": summary(
            ("Seen to by", risk.owner.name),
            ("Without controls", _score_words(risk.likelihood_before, risk.impact_before)),
            ("With controls", _score_words(risk.likelihood_after, risk.impact_after)),
            ("Looked at again", day(risk.review_on) if not risk.closed_at else ""),
        ),
        "texts": [
            (heading, text)
            for heading, text in (
                ("What leads to it", risk.causes),
                ("What it would do", risk.effects),
                ("What keeps it small", risk.controls),
                ("What the alliance learned", risk.lessons),
            )
            if text
        ],
        "tables": [_own_actions(request, risk, is_open=is_open)],
        "events": _events(risk),
        "breadcrumbs": trail(contract, room(contract)),
    }


def _score_words(likelihood: int, impact: int) -> str:
    points = rules.score(likelihood, impact)
    return f"{points}: likelihood {likelihood}, impact {impact} ({queries.band(points, clock.today()).lower()})"


def _own_actions(request: HttpRequest, risk: Risk, *, is_open: bool) -> Table:
    def act(row: RiskAction) -> str:
        name = "finish_risk_action" if not row.done_at else "verify_risk_action"
        at = [risk.contract.reference, risk.reference, row.pk]
        return "" if row.verified_at or not is_open else reverse(name, args=at)

    def words(row: RiskAction) -> str:
        return "" if not act(row) else "Verify it" if row.done_at else "It is done"

    return Table(
        request,
        list(risk.actions.select_related("owner")),
        columns=[
            Column("what", "Action"),
            Column("owner", "Seen to by", value=lambda row: row.owner.name),
            Column("due_on", "By"),
            Column("how", "What was done"),
            Column("state", "Status", tag=action_tag),
            *([Column("act", "Change", value=words, link=act)] if is_open else []),
        ],
        caption="Actions",
        name="own-actions",
        prefix="own-actions-",
        empty="Nothing is to be done about it yet.",
    )


def _events(risk: Risk) -> list[Event]:
    reviews = list(risk.reviews.all())
    names = audit.names_of({risk.raised_by, risk.closed_by, *(one.reviewed_by for one in reviews)})
    events = [Event("Raised", risk.raised_at, names.get(risk.raised_by, ""))]
    for one in reviews:
        words = f"Looked at: {_score_words(one.likelihood, one.impact)}"
        events.append(Event(words, one.reviewed_at, names.get(one.reviewed_by, ""), one.note))
    if risk.closed_at:
        events.append(Event("Closed", risk.closed_at, names.get(risk.closed_by, "")))
    return events[::-1]


def risk_step(risk: Risk, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing about a risk."""
    contract, here = risk.contract, (risk.title, risk_url(risk))
    return step(contract, here, title, button, **more) | {"breadcrumbs": trail(contract, room(contract), here)}

"""The words and rows of the pages about what partners also deliver, and about challenges of it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.requests import Request
from trellis.contracts.models import InterestChallenge, Tie
from trellis.contracts.queries import challenges as queries
from trellis.contracts.queries import rooms
from trellis.contracts.rules import challenges as rules
from trellis.core.permissions import Permission
from trellis.support.interest_queries import Cost, DistrictCost
from trellis.web.charts import Tile, TileMap
from trellis.web.forms import Form
from trellis.web.pieces import Event
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

COLOURS = {"raised": "yellow", "disputed": "orange", "upheld": "green", "dismissed": "grey"}
HERE = ("What you also deliver", "interests")


def step(title: str, button: str) -> dict[str, Any]:
    """The frame of a page that does one thing about a partner's own interests."""
    words, name = HERE
    return {"title": title, "button": button, "cancel": reverse(name), "breadcrumbs": [(words, reverse(name))]}


def tie_table(request: HttpRequest, ties: QuerySet[Tie]) -> Table:
    """The organisations that one partner has named."""
    return Table(
        request,
        ties,
        columns=[
            Column("organisation__name", "Organisation", sort="organisation__name",
                   link=lambda row: reverse("organisation", args=[row.organisation.reference])),
            Column("kind", "You", value=lambda row: row.get_kind_display()),
            Column("starts_on", "From", sort="starts_on"),
            Column("ends_on", "Until", sort="ends_on", absent="Goes on"),
            Column("change", "Change", value=lambda row: "Ended" if row.ends_on else "End it",
                   link=lambda row: "" if row.ends_on else reverse("end_tie", args=[row.pk])),
        ],
        caption="Organisations that you bid against or are tied to",
        name="ties",
        prefix="ties-",
        order="organisation__name",
        empty="You have named none.",
    )  # fmt: skip


def cost_page(request: HttpRequest, cost: Cost, form: Form) -> dict[str, Any]:
    """What a partner's interests cost the county, by district."""
    return {
        "partner": cost.partner,
        "form": None,
        "filters": form,
        "lead": _lead(cost),
        "fewest": cost.fewest,
        "map": _map(cost),
        "table": _cost_table(request, cost),
        "breadcrumbs": [(HERE[0], reverse(HERE[1]))],
    }


def _lead(cost: Cost) -> str:
    span = f"Between {day(cost.since)} and {day(cost.until)}"
    if cost.total is None:
        return (
            f"{span}, fewer than {cost.fewest} of {counted(cost.asked, 'request')} were closed to you in some places."
        )
    return f"{span}, {cost.total:,} of {counted(cost.asked, 'request')} were closed to you. Others were asked."


def _map(cost: Cost) -> TileMap:
    tiles = [
        Tile(one.district.name, one.district.tile_column, one.district.tile_row, one.shut, _shut_words(one))
        for one in cost.districts
    ]
    return TileMap(
        title="Where requests were closed to you",
        description="Requests of groups that you compete with, by the group’s district. Each tile is a district, "
        f"placed roughly as the land lies. Between 1 and {cost.fewest - 1} is not shown, nor what would tell it.",
        tiles=tiles,
        value_heading="Requests closed to you",
        label_heading="District",
        has_key=len({one.shut for one in cost.districts} - {None}) > 1,
    )


def _shut_words(one: DistrictCost) -> str:
    return "Withheld" if one.shut is None else f"{one.shut:,}"


def _cost_table(request: HttpRequest, cost: Cost) -> Table:
    return Table(
        request,
        cost.districts,
        columns=[
            Column("district", "District", value=lambda row: row.district.name, sort="district.name"),
            Column("shut", "Requests closed to you", value=_shut_words, sort="shut", numeric=True),
        ],
        caption="Requests closed to you, by district",
        name="cost",
    )


def challenges_page(request: Request, user: User, found: QuerySet[InterestChallenge]) -> dict[str, Any]:
    """Those that a person has to do with."""
    return {
        "table": Table(
            request,
            found,
            columns=[
                Column("reference", "Challenge", sort="reference",
                       link=lambda row: reverse("interest_challenge", args=[row.reference])),
                Column("partner", "Partner", value=lambda row: row.partner.organisation.name,
                       sort="partner__organisation__name"),
                Column("about", "About", value=about),
                Column("raised_at", "Raised", value=lambda row: day(row.raised_at), sort="raised_at"),
                Column("status", "Status", tag=challenge_tag, sort="status"),
            ],
            caption="Challenges",
            name="challenges",
            empty="There are none. Any organisation can say that a partner has not declared an interest.",
        ),
        "answers": _gap_answers(request) if user.can(Permission.CONTRACT_MANAGE) else None,
    }  # fmt: skip


def _gap_answers(request: Request) -> Table:
    return Table(
        request,
        queries.gap_answers_read_by(request.user),
        columns=[
            Column("partner", "Partner", value=lambda row: row.partner.organisation.name),
            Column("service_type", "It was asked about", value=lambda row: row.service_type.name),
            Column("reason", "Why it is no interest"),
            Column("answered_at", "Said", value=lambda row: day(row.answered_at)),
        ],
        caption="What partners do not declare, and why",
        name="answers",
        prefix="answers-",
        empty="Where the register or a grant suggests that a partner runs a service, it declares it or says why not.",
    )


def about(challenge: InterestChallenge) -> str:
    """What it is about, in words."""
    if challenge.organisation:
        return challenge.organisation.name
    return f"{challenge.service_type.name} in {challenge.district.name}"  # type: ignore[union-attr]  # by its constraint


def challenge_tag(challenge: InterestChallenge) -> tuple[str, str]:
    """Where it is, in words and a colour."""
    return (challenge.get_status_display(), COLOURS[challenge.status])


def challenge_page(challenge: InterestChallenge, user: User) -> dict[str, Any]:
    """One challenge; who raised it is kept from the partner."""
    speaks = challenge.partner.organisation_id in user.organisation_ids(Permission.INTEREST_DECLARE)
    manages = rooms.manages(user, challenge.partner.contract)
    at = [challenge.reference]
    steps = [
        ("Answer it", "answer_challenge", speaks and rules.can_answer(challenge.status)),
        ("Decide it", "settle_challenge", manages and rules.can_settle(challenge.status)),
    ]
    facts = [
        ("Partner", challenge.partner.organisation.name),
        ("About", about(challenge)),
        ("Since", day(challenge.since)),
        ("Raised by", "An organisation of the county" if speaks else challenge.challenger.name),
    ]
    texts = [
        ("What it says", challenge.what),
        ("What the partner says", challenge.answer),
        ("What was decided", challenge.outcome),
    ]
    return {
        "title": f"Challenge {challenge.reference}",
        "status": challenge_tag(challenge),
        "presses": [],
        "actions": [(words, reverse(name, args=at)) for words, name, is_open in steps if is_open],
        "facts": [{"key": {"text": key}, "value": {"text": value}} for key, value in facts],
        "texts": [(heading, text) for heading, text in texts if text],
        "tables": [],
        "events": _events(challenge),
        "breadcrumbs": [("Challenges", reverse("interest_challenges"))],
    }


def challenge_step(challenge: InterestChallenge, title: str, button: str, intro: str = "") -> dict[str, Any]:
    """The frame of a page that moves a challenge on."""
    here = reverse("interest_challenge", args=[challenge.reference])
    way = [("Challenges", reverse("interest_challenges")), (challenge.reference, here)]
    return {"title": title, "button": button, "cancel": here, "intro": intro, "breadcrumbs": way}


def _events(challenge: InterestChallenge) -> list[Event]:
    """Without names: the partner is not told who raised it."""
    moments = [
        ("Raised", challenge.raised_at),
        ("The partner answered", challenge.answered_at),
        (challenge.get_status_display(), challenge.settled_at),
    ]
    return [Event(what, at) for what, at in reversed(moments) if at]

"""Words and rows of the pages about claims to speak for an organisation."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts import claim_queries as queries
from trellis.accounts import claim_rules as rules
from trellis.accounts.models import ProfileClaim, User
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation
from trellis.web.pieces import Event
from trellis.web.table import Column, Table
from trellis.web.words import day

Status = ProfileClaim.Status
COLOURS: dict[str, str] = {
    Status.OPEN: "yellow",
    Status.PROVED: "blue",
    Status.OBJECTED: "orange",
    Status.GRANTED: "green",
    Status.REFUSED: "red",
    Status.WITHDRAWN: "grey",
    Status.EXPIRED: "grey",
}
NOTHING_TO_VOUCH = (
    "Nobody waits for an adviser. Whoever says that an adviser knows them shows here."
    " Vouch only for those whom you know."
)
NO_CLAIMS = "Nobody has asked to speak for an organisation yet. Whoever asks shows here."


def tag(claim: ProfileClaim) -> tuple[str, str]:
    """Where a claim stands, in words and colour."""
    return claim.get_status_display(), COLOURS[claim.status]


def claims_table(request: HttpRequest, claims: QuerySet[ProfileClaim], *, empty: str) -> Table:
    """Claims, each leading to its page."""
    return Table(
        request,
        claims,
        columns=[
            Column("reference", "Claim", link=lambda one: reverse("claim", args=[one.reference])),
            Column("organisation", "Organisation", value=lambda one: one.organisation.name, sort="organisation__name"),
            Column("claimed_by", "Who", value=lambda one: str(one.claimed_by), sort="claimed_by__name"),
            Column("proof", "Shown by", value=lambda one: _to_do(one), sort="proof"),
            Column("claimed_at", "Asked", value=lambda one: day(one.claimed_at), sort="claimed_at"),
            Column("status", "Status", sort="status", tag=tag),
        ],
        caption="Claims",
        name="claims",
        empty=empty,
    )


def starting(organisation: Organisation) -> dict[str, Any]:
    """The page on which somebody asks to speak for an organisation."""
    address = reverse("organisation", args=[organisation.reference])
    return {
        "organisation": organisation,
        "caption": organisation.name,
        "button": "Ask to speak for it",
        "cancel": address,
        "breadcrumbs": [("Find an organisation", reverse("directory")), (organisation.name, address)],
        "has_speakers": bool(queries.speakers(organisation)),
    }


def step(claim: ProfileClaim, *, title: str, button: str, intro: str = "") -> dict[str, Any]:
    """A page on which one thing is done about a claim."""
    here = reverse("claim", args=[claim.reference])
    return {
        "title": title,
        "intro": intro,
        "button": button,
        "cancel": here,
        "caption": f"{claim.claimed_by}, for {claim.organisation.name}",
        "breadcrumbs": [(f"Claim {claim.reference}", here)],
    }


def claim_page(claim: ProfileClaim, user: User) -> dict[str, Any]:
    """One claim for one person: what their part in it lets them read and do."""
    own = claim.claimed_by_id == user.pk
    speaks = not own and claim.organisation_id in user.organisation_ids(Permission.ORGANISATION_EDIT)
    keeps = not own and user.can(Permission.REGISTER_KEEP)
    vouches = not own and user.can(Permission.ORGANISATION_VOUCH)
    wants = {proof: claim.proof == proof and claim.status == rules.OPEN for proof in ProfileClaim.Proof.values}
    return {
        "claim": claim,
        "status": tag(claim),
        "caption": claim.organisation.name,
        "next": _next(claim, own=own),
        "enters_code": own and not wants[rules.VOUCH] and claim.status == rules.OPEN and bool(claim.code_digest),
        "withdraws": own and rules.can(claim.status, "withdraw"),
        "answers": speaks and rules.can(claim.status, "object"),
        "vouches": vouches and wants[rules.VOUCH],
        "posts": keeps and wants[rules.LETTER],
        "settles": keeps and rules.can(claim.status, "refuse"),
        "shows_words": speaks or keeps,
        "events": _events(claim),
    }


def letter(claim: ProfileClaim, code: str) -> dict[str, Any]:
    """What is printed and posted to the organisation."""
    organisation = claim.organisation
    lines = [organisation.name, *organisation.address.split(", "), organisation.postcode]
    return {"claim": claim, "code": code, "lines": [line for line in lines if line]}


def _to_do(claim: ProfileClaim) -> str:
    if claim.proof == rules.LETTER and claim.status == rules.OPEN and claim.posted_at is None:
        return "Letter, to be posted"
    return {rules.EMAIL: "Email", rules.LETTER: "Letter", rules.VOUCH: "An adviser"}[claim.proof]


def _next(claim: ProfileClaim, *, own: bool) -> str:
    """What happens next, in a sentence; for whoever asked, and for all others."""
    until = day(claim.expires_at)
    if claim.status == rules.PROVED:
        due = queries.granted_from(claim)
        who = "You are" if own else "They are"
        return f"{who} let in on {day(due)}, unless somebody who speaks for it objects." if due else ""
    if claim.status == rules.OBJECTED:
        return "Those who keep the register decide."
    if claim.status != rules.OPEN:
        return claim.reason
    if claim.proof == rules.VOUCH:
        return f"It waits for an adviser who knows {'you' if own else 'them'}, until {until}."
    if claim.proof == rules.EMAIL:
        return f"A code was sent to {rules.masked(claim.organisation.email)}. It holds until {until}."
    if claim.posted_at is None:
        return "The letter with the code is still to be posted."
    return f"The letter with the code was made on {day(claim.posted_at)}. It holds until {until}."


def _events(claim: ProfileClaim) -> list[Event]:
    """What has happened, the latest first."""
    happened = [
        Event("Asked to speak for it", claim.claimed_at, str(claim.claimed_by)),
        Event("Letter made", claim.posted_at) if claim.posted_at else None,
        Event(_proved(claim), claim.proved_at) if claim.proved_at else None,
        Event("The organisation objected", claim.objected_at) if claim.objected_at else None,
        Event(claim.get_status_display(), claim.decided_at) if claim.decided_at else None,
    ]
    return sorted((one for one in happened if one), key=lambda one: one.when, reverse=True)


def _proved(claim: ProfileClaim) -> str:
    if claim.proof != rules.VOUCH:
        return "The code was entered"
    partners = " and ".join(one.name for one in queries.partners_that_vouched(claim))
    return f"An adviser of {partners} vouched" if partners else "An adviser vouched"

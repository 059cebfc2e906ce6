"""The page of one proposal: what it says, how it stands, what somebody can do now, and what has happened."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Matter, Proposal
from trellis.contracts.presenters import positions as between
from trellis.contracts.presenters.agreement import clock_words
from trellis.contracts.presenters.proposal_changes import changes, effect_link
from trellis.contracts.presenters.proposals import age, standing, trail
from trellis.contracts.presenters.situations import Situation, Status, actions, lead, situation
from trellis.contracts.queries import proposals as queries
from trellis.contracts.queries.membership import latest_membership
from trellis.contracts.rules.proposal_clock import NAMES
from trellis.contracts.rules.proposal_clock import Stage as ClockStage
from trellis.web.pieces import Event, Step
from trellis.web.words import counted, day

HAPPENED = {
    Status.DRAFT: "Drafted",
    Status.OPEN: "Opened to the members",
    Status.CARRIED: "Carried",
    Status.CARRIED_OUT: "Carried out",
    Status.LAPSED: "Lapsed",
    Status.WITHDRAWN: "Withdrawn",
}


def proposal_page(request: HttpRequest, user: User, proposal: Proposal) -> dict[str, Any]:
    """Everything on the page of a proposal."""
    seen = situation(proposal, user)
    names = between.names_in(proposal)
    return {
        "contract": proposal.contract,
        "proposal": proposal,
        "words": seen.words,
        "lead": lead(seen),
        "actions": actions(seen),
        "facts": _facts(seen),
        "changes": changes(request, proposal, seen.words),
        "effect": getattr(proposal, "effect", None),
        "effect_link": effect_link(proposal),
        "positions": between.positions(request, seen, names) if seen.ballot else None,
        "earlier": between.earlier(proposal, names),
        "steps": _steps(seen),
        "stages": queries.clock_of(proposal),
        "stage_names": NAMES,
        "opinions": [(one, between.who(one, names)) for one in proposal.opinions.select_related("organisation")],
        "messages": [(one, between.who(one, names)) for one in proposal.messages.select_related("organisation")],
        "can_talk": seen.is_open and seen.speaks is not None,
        "versions": list(proposal.versions.order_by("-number")),
        "version_count": proposal.version,
        "events": _events(proposal, names),
        "status": standing(proposal, seen.today),
        "caption": f"Proposal {proposal.reference}",
        "breadcrumbs": trail(proposal.contract),
    }


def step(proposal: Proposal, title: str, button: str, *, intro: str = "") -> dict[str, Any]:
    """A page that does one thing with a proposal."""
    here = reverse("proposal", args=[proposal.contract.reference, proposal.reference])
    return {
        "title": title,
        "button": button,
        "intro": intro,
        "cancel": here,
        "caption": f"{proposal.reference}, {proposal.title}",
        "breadcrumbs": trail(proposal.contract, proposal),
    }


def _facts(seen: Situation) -> list[tuple[str, str]]:
    proposal = seen.proposal
    facts = [("Proposed by", proposal.proposer.name), ("About", proposal.get_matter_display())]
    if proposal.concerned:
        joins = proposal.matter == Matter.ADMISSION
        facts.append(("Who joins" if joins else "Member concerned", proposal.concerned.name))
        facts += [] if joins else _remedy(proposal)
    if proposal.terms:
        facts += [("Who decides", proposal.terms.get_decides_display()), ("How long", clock_words(proposal.terms))]
    if "reference" in seen.words.payload:
        facts.append(("Which one", seen.words.payload["reference"]))
    if "variation" in seen.words.payload:
        facts.append(("Lawful by variation", seen.words.payload["variation"]))
    facts.append(("From", day(seen.words.effective_on)))
    if proposal.opened_on:
        so_far = f", {age(proposal, seen.today)} in all" if proposal.opened_on < seen.today else ""
        facts.append(("Opened", f"{day(proposal.opened_on)}{so_far}"))
    return facts


def _remedy(proposal: Proposal) -> list[tuple[str, str]]:
    """What an exclusion rests on: the plan that the partner was given time for."""
    found = latest_membership(proposal.contract, proposal.concerned.reference if proposal.concerned else "").first()
    if found is None or not found.remedy or found.remedy_review_on is None:
        return []
    return [("Its remedy plan", found.remedy), ("It had time until", day(found.remedy_review_on))]


def _steps(seen: Situation) -> list[Step]:
    """The clock as steps: what has passed, where it is, what would come."""
    stages = queries.clock_of(seen.proposal)
    if not stages or seen.proposal.status not in (Status.OPEN, Status.LAPSED):
        return []
    live = queries.live_stage(seen.proposal, seen.today)
    at = next((place for place, one in enumerate(stages) if one.code == live), len(stages))
    steps = [Step(NAMES[one.code].capitalize(), _state(place, at), _step_note(one)) for place, one in enumerate(stages)]
    end = Step("Deadlock: things stay as they are", _state(len(stages), at), f"after {day(stages[-1].ends_on)}")
    return [*steps, end]


def _state(place: int, at: int) -> str:
    return "done" if place < at else "now" if place == at else "next"


def _step_note(stage: ClockStage) -> str:
    return f"until {day(stage.ends_on)}, {counted(stage.days, 'working day')}"


def _events(proposal: Proposal, names: dict[str, str]) -> list[Event]:
    """What has happened, the newest first. A row that changes the status is named by it, another by its note."""
    before, found = "", []
    for row in proposal.history.order_by("id"):
        is_same = row.status == before and row.note
        what, note = (row.note, "") if is_same else (HAPPENED[Status(row.status)], row.note)
        found.append(Event(what, row.at, names.get(row.by, "The nightly run" if "service" in row.by else ""), note))
        before = row.status
    return found[::-1]

"""What members do about a proposal: take positions, talk, close it, carry it out."""

from functools import partial

from django.http import HttpResponse

from trellis.accounts.requests import Request
from trellis.contracts.commands import carrying_out, discussion
from trellis.contracts.commands import positions as commands
from trellis.contracts.forms import positions as forms
from trellis.contracts.presenters import proposal as presenters
from trellis.contracts.presenters import proposal_forms
from trellis.contracts.presenters.proposals import link
from trellis.contracts.views.proposals import proposal_of
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do
from trellis.web.forms import Form, sent


@requires(Permission.ALLIANCE_POSITION)
def take_position(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Say where a member stands on the words that are on the page."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        proposal_forms.position_form(sent(request), found, request.user, clock.today()),
        partial(commands.take_position, proposal=found, by=request.user),
        done="Your position is recorded, and every member sees it.",
        then=link(found),
        page=proposal_forms.position_page(request, request.user, found),
        template="contracts/proposals/position.html",
    )


@requires(Permission.ALLIANCE_POSITION)
def withdraw_objection(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Say that an objection is met."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        forms.ObjectionMetForm(sent(request), initial={"version": found.version}),
        partial(commands.withdraw_objection, proposal=found, by=request.user),
        done="Your objection is taken back. Take a position now: silence is not agreement.",
        then=link(found),
        page=presenters.step(found, "Your objection is met", "Take the objection back"),
    )


@requires(Permission.ALLIANCE_POSITION)
def discuss_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Say something to the other members."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        forms.MessageForm(sent(request)),
        partial(discussion.discuss_proposal, proposal=found, by=request.user),
        done="Said. Every member sees it.",
        then=f"{link(found)}#discussion",
        page=presenters.step(found, "Say something", "Say it"),
    )


@requires(Permission.ALLIANCE_POSITION)
def record_opinion(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Enter what a facilitator or an expert said."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        forms.OpinionForm(sent(request), initial={"given_on": clock.today()}),
        partial(discussion.record_opinion, proposal=found, by=request.user),
        done="Recorded, for every member to read.",
        then=f"{link(found)}#help",
        page=presenters.step(found, "Record facilitation or an opinion", "Record it"),
    )


@requires(Permission.ALLIANCE_POSITION)
def decide_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Close it as carried."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        Form(sent(request)),
        partial(commands.decide_proposal, proposal=found, by=request.user),
        done="It is carried.",
        then=link(found),
        page=presenters.step(
            found, "Close it as carried", "Close it as carried", intro="Nobody can change a position after that."
        ),
    )


@requires(Permission.ALLIANCE_POSITION)
def carry_out_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Do what was agreed. Where that cannot be done, the proposal's page says why."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        Form(sent(request)),
        partial(carrying_out.carry_out_proposal, proposal=found, by=request.user),
        done=lambda made: "Carried out." if made else "It could not be carried out. The page says why.",
        then=link(found),
        page=presenters.step(found, "Carry it out", "Carry it out", intro=proposal_forms.carrying_words(found)),
    )

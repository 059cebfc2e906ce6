"""Challenges of what partners have declared: any organisation raises one, the partner answers, the manager decides.

Here and not in contracts, because cases may have to be handed back.
"""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.commands import challenges as commands
from trellis.contracts.queries import challenges as queries
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.organisations import queries as organisations
from trellis.places import queries as places
from trellis.support import interest_commands
from trellis.support import interest_presenters as presenters
from trellis.support.interest_forms import AnswerForm, ChallengeForm, SettleForm
from trellis.web.acts import ask_and_do


@requires(Permission.INTEREST_CHALLENGE)
def interest_challenges(request: Request) -> HttpResponseBase:
    """Those that I have to do with."""
    page = presenters.challenges_page(request, request.user, queries.challenges_visible_to(request.user))
    for table in (page["table"], page["answers"]):
        if table and table.wants_csv:
            return table.csv_response()
    return render(request, "support/challenges.html", page)


@requires(Permission.INTEREST_CHALLENGE)
def interest_challenge(request: Request, challenge: str) -> HttpResponse:
    """One of them."""
    found = get_object_or_404(queries.challenges_visible_to(request.user), reference=challenge)
    return render(request, "contracts/rooms/record.html", presenters.challenge_page(found, request.user))


@requires(Permission.INTEREST_CHALLENGE)
def raise_challenge(request: Request) -> HttpResponse:
    """Say that a partner has not declared an interest."""
    contract, today = contracts.current_contract(clock.today()), clock.today()
    form = ChallengeForm(
        request.POST or None,
        mine=request.user.organisations_for(Permission.INTEREST_CHALLENGE),
        partners=list(contracts.partners(contract, today)) if contract else [],
        service_types=organisations.service_types(),
        districts=places.districts_served(),
    )
    return ask_and_do(
        request, form, partial(commands.raise_challenge, by=request.user),
        done="Raised. The partner is asked, but not told who raised it.",
        then=lambda made: reverse("interest_challenge", args=[made.reference]),
        page={
            "title": "Challenge what a partner has declared", "button": "Raise it",
            "cancel": reverse("interest_challenges"), "breadcrumbs": [("Challenges", reverse("interest_challenges"))],
            "intro": "A partner must declare what it also delivers or bids for, and whom it is tied to. If it has not, "
            "say so. The partner is not told who you are; the contract manager is.",
        },
    )  # fmt: skip


@requires(Permission.INTEREST_DECLARE)
def answer_challenge(request: Request, challenge: str) -> HttpResponse:
    """The partner answers."""
    mine = queries.challenges_visible_to(request.user).filter(queries.answerable(request.user))
    found = get_object_or_404(mine, reference=challenge)
    return ask_and_do(
        request, AnswerForm(request.POST or None),
        partial(interest_commands.answer_challenge, challenge=found, by=request.user),
        done="Answered.", then=reverse("interest_challenge", args=[found.reference]),
        page=presenters.challenge_step(found, f"Answer: {presenters.about(found)}", "Answer"),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def settle_challenge(request: Request, challenge: str) -> HttpResponse:
    """The contract manager decides."""
    managed = queries.challenges_visible_to(request.user).filter(queries.settleable(request.user))
    found = get_object_or_404(managed, reference=challenge)
    return ask_and_do(
        request, SettleForm(request.POST or None),
        partial(interest_commands.settle_challenge, challenge=found, by=request.user),
        done="Decided.", then=reverse("interest_challenge", args=[found.reference]),
        page=presenters.challenge_step(found, f"Decide: {presenters.about(found)}", "Decide"),
    )  # fmt: skip

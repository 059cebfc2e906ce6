"""Proposals of an alliance: the list, one of them, and writing them. Only members of the contract reach them."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts.commands import proposals as commands
from trellis.contracts.forms import proposals as forms
from trellis.contracts.forms.positions import MessageForm
from trellis.contracts.models import Contract, Proposal
from trellis.contracts.presenters import proposal as presenters
from trellis.contracts.presenters import proposal_forms
from trellis.contracts.presenters import proposal_subjects as subjects
from trellis.contracts.presenters.agreement import agreement_page
from trellis.contracts.presenters.proposal_comparison import comparison_page
from trellis.contracts.presenters.proposals import link, list_page, matters_decided, trail
from trellis.contracts.queries import alliances_of
from trellis.contracts.queries import proposals as queries
from trellis.contracts.queries.membership import latest_membership
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.organisations.models import Organisation
from trellis.web.acts import ask_and_do
from trellis.web.forms import Form, sent


@requires(Permission.ALLIANCE_VIEW)
def proposals(request: Request, reference: str) -> HttpResponseBase:
    """Every proposal, those that wait for the reader first."""
    page = list_page(request, request.user, contract_of(request, reference))
    return (
        page["table"].csv_response()
        if page["table"].wants_csv
        else render(request, "contracts/proposals/proposals.html", page)
    )


@requires(Permission.ALLIANCE_VIEW)
def how_we_decide(request: Request, reference: str) -> HttpResponse:
    """The alliance agreement's terms: who decides what, and how long it may take."""
    return render(request, "contracts/proposals/how_we_decide.html", agreement_page(contract_of(request, reference)))


@requires(Permission.ALLIANCE_VIEW)
def proposal(request: Request, reference: str, proposal: str) -> HttpResponseBase:
    """One proposal."""
    found = proposal_of(request, reference, proposal)
    page = presenters.proposal_page(request, request.user, found) | {"talk": MessageForm()}
    for table in (page["positions"], page["changes"]):
        if table is not None and table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/proposals/proposal.html", page)


@requires(Permission.ALLIANCE_VIEW)
def compare_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Two versions side by side: ?from=1&to=2."""
    found = proposal_of(request, reference, proposal)
    if not found.version:
        raise Http404
    page = comparison_page(found, request.GET.get("from", ""), request.GET.get("to", ""))
    return render(request, "contracts/proposals/compare.html", page)


@requires(Permission.ALLIANCE_POSITION)
def propose(request: Request, reference: str) -> HttpResponse:
    """What it is about."""
    contract, today = contract_of(request, reference), clock.today()
    form = forms.MatterForm(sent(request), matters=subjects.matters_to_propose(contract, today))
    if form.is_bound and form.is_valid():
        return redirect(subjects.where_to_propose(contract, form.cleaned_data["matter"]))
    page = {"form": form, "title": "Propose something", "button": "Continue"}
    page |= {"intro": subjects.why_not(contract, today), "cancel": reverse("proposals", args=[reference])}
    return render(request, "layouts/act.html", page | {"breadcrumbs": trail(contract), "caption": contract.title})


@requires(Permission.ALLIANCE_POSITION)
def propose_matter(request: Request, reference: str, matter: str) -> HttpResponse:
    """Its words, as a draft that only the proposing member sees: ?about=organisation for one who joins or leaves."""
    contract = contract_of(request, reference)
    if matter not in matters_decided(contract, clock.today()):
        raise Http404
    concerned = _concerned(contract, request.GET.get("about", "")) if matter in subjects.ABOUT else None
    return ask_and_do(
        request,
        proposal_forms.form_of(sent(request), contract, matter, concerned=concerned),
        partial(commands.draft_proposal, contract=contract, matter=matter, concerned=concerned, by=request.user),
        done="Saved as a draft. Open it to put it before the members.",
        then=link,
        page=proposal_forms.new_page(contract, matter, concerned),
    )


def _concerned(contract: Contract, about: str) -> Organisation:
    """Whom it admits or excludes. Whether it can be is for the command to say: what was written is not lost."""
    return get_object_or_404(latest_membership(contract, about.replace("\0", ""))).organisation


@requires(Permission.ALLIANCE_POSITION)
def edit_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Other words for a draft."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        proposal_forms.form_of(
            sent(request), found.contract, found.matter, concerned=found.concerned, words=queries.words_of(found)
        ),
        partial(commands.write_proposal, proposal=found, by=request.user),
        done="Saved.",
        then=link(found),
        page=presenters.step(found, "Change the draft", "Save the draft"),
    )


@requires(Permission.ALLIANCE_POSITION)
def open_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Put it before every member."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        Form(sent(request)),
        partial(commands.open_proposal, proposal=found, by=request.user),
        done="It is open. Every member can take a position now.",
        then=link(found),
        page=presenters.step(
            found,
            "Open it to the members",
            "Open it",
            intro=proposal_forms.opening_words(found, clock.today()),
        ),
    )


@requires(Permission.ALLIANCE_POSITION)
def amend_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Other words for the members."""
    found = proposal_of(request, reference, proposal)
    words = queries.words_of(found)
    return ask_and_do(
        request,
        proposal_forms.form_of(
            sent(request), found.contract, found.matter, concerned=found.concerned, words=words, amends=True
        ),
        partial(commands.amend_proposal, proposal=found, by=request.user),
        done="Amended. Every member takes a position on the new words.",
        then=link(found),
        page=presenters.step(found, "Amend the proposal", "Amend it", intro=proposal_forms.amending_words(found)),
    )


@requires(Permission.ALLIANCE_POSITION)
def withdraw_proposal(request: Request, reference: str, proposal: str) -> HttpResponse:
    """Take it back."""
    found = proposal_of(request, reference, proposal)
    return ask_and_do(
        request,
        forms.WithdrawForm(sent(request)),
        partial(commands.withdraw_proposal, proposal=found, by=request.user),
        done="Withdrawn. Things stay as they are.",
        then=link(found),
        page=presenters.step(found, "Withdraw the proposal", "Withdraw it"),
    )


def contract_of(request: Request, reference: str) -> Contract:
    """The contract at whose table somebody sits; 404 for everybody else."""
    mine = alliances_of(request.user, Permission.ALLIANCE_VIEW, clock.today())
    return get_object_or_404(mine, reference=reference)


def proposal_of(request: Request, reference: str, proposal: str) -> Proposal:
    """A proposal that somebody may see."""
    contract = contract_of(request, reference)
    visible = queries.proposals_visible_to(request.user, contract, clock.today())
    return get_object_or_404(visible, reference=proposal)

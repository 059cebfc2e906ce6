"""Claims to speak for an organisation: asking, proving, answering, settling."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from trellis.accounts import claim_forms as forms
from trellis.accounts import claim_presenters as presenters
from trellis.accounts import claim_queries as queries
from trellis.accounts import claim_rules as rules
from trellis.accounts import commands
from trellis.accounts.models import ProfileClaim
from trellis.accounts.requests import Request
from trellis.core.permissions import Permission, requires, signed_in
from trellis.organisations import queries as register
from trellis.organisations.models import Organisation
from trellis.web import documents
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent


@signed_in
def start_claim(request: Request, reference: str) -> HttpResponse:
    """Ask to speak for an organisation, and choose how to show that one may."""
    organisation = _organisation(request, reference)
    return ask_and_do(
        request, forms.ClaimForm(sent(request), organisation=organisation),
        partial(commands.start_claim, organisation=organisation, by=request.user),
        done="You have asked. This page says what comes next.", then=_page,
        page=presenters.starting(organisation), template="account/claims/start.html",
    )  # fmt: skip


@requires(Permission.REGISTER_KEEP)
def claims(request: Request) -> HttpResponseBase:
    """Every claim, for those who keep the register."""
    return _list(request, queries.claims(), presenters.NO_CLAIMS)


@requires(Permission.ORGANISATION_VOUCH)
def claims_to_vouch(request: Request) -> HttpResponseBase:
    """Claims of people who say that an adviser knows them."""
    return _list(request, queries.claims_to_vouch(request.user), presenters.NOTHING_TO_VOUCH)


@signed_in
def claim(request: Request, claim: str) -> HttpResponse:
    """One claim: where it stands, and what the reader can do about it."""
    found = _seen(request, claim)
    return render(request, "account/claims/claim.html", presenters.claim_page(found, request.user))


@signed_in
@never_cache
def enter_code(request: Request, claim: str) -> HttpResponse:
    """The code that the organisation was sent."""
    found = get_object_or_404(queries.own_claims(request.user), reference=claim)
    if not rules.can(found.status, "prove"):
        return redirect(_page(found))
    return ask_and_do(
        request, forms.CodeForm(sent(request)), partial(commands.enter_code, claim=found, by=request.user),
        done="The code is right.", then=_page(found),
        page=presenters.step(found, title="Enter the code", button="Send the code"),
    )  # fmt: skip


@signed_in
@require_POST
def withdraw_claim(request: Request, claim: str) -> HttpResponse:
    """Ask no longer."""
    found = get_object_or_404(queries.own_claims(request.user), reference=claim)
    deed = partial(commands.withdraw_claim, claim=found, by=request.user)
    return press(request, deed, done="You have withdrawn your claim. You can ask anew.", then=_page(found))


@requires(Permission.ORGANISATION_EDIT)
@require_POST
def agree_to_claim(request: Request, claim: str) -> HttpResponse:
    """One who speaks for the organisation lets the person in."""
    found = _on_mine(request, claim)
    deed = partial(commands.agree_to_claim, claim=found, by=request.user)
    return press(request, deed, done=f"{found.claimed_by} speaks for it now, as you do.", then=_page(found))


@requires(Permission.ORGANISATION_EDIT)
def object_to_claim(request: Request, claim: str) -> HttpResponse:
    """One who speaks for the organisation says no."""
    found = _on_mine(request, claim)
    return ask_and_do(
        request, forms.ObjectForm(sent(request)), partial(commands.object_to_claim, claim=found, by=request.user),
        done="You have objected. Those who keep the register decide.", then=_page(found),
        page=presenters.step(found, title="Object to this claim", button="Object"),
    )  # fmt: skip


@requires(Permission.ORGANISATION_VOUCH)
def vouch_for_claim(request: Request, claim: str) -> HttpResponse:
    """An adviser says how they know the person."""
    found = get_object_or_404(queries.claims_to_vouch(request.user), reference=claim)
    return ask_and_do(
        request, forms.VouchForm(sent(request)), partial(commands.vouch_for_claim, claim=found, by=request.user),
        done="You have vouched for them.", then=_page(found),
        page=presenters.step(found, title="Vouch for somebody", button="I know that they speak for it"),
    )  # fmt: skip


@requires(Permission.REGISTER_KEEP)
@require_POST
@never_cache
def post_letter(request: Request, claim: str) -> HttpResponse:
    """The letter with a new code, as a PDF to print and post; the code is shown here and nowhere else."""
    found = get_object_or_404(queries.claims(), reference=claim)
    made: list[str] = []
    answer = press(
        request, lambda: made.append(commands.post_letter(claim=found, by=request.user)),
        done="The letter is made.", then=_page(found),
    )  # fmt: skip
    if not made:
        return answer
    page = presenters.letter(found, made[0])
    return documents.pdf_response("account/claims/letter_pdf.html", page, f"letter-{found.reference}")


@requires(Permission.REGISTER_KEEP)
def settle_claim(request: Request, claim: str) -> HttpResponse:
    """Those who keep the register decide where the organisation objects, or refuse."""
    found = get_object_or_404(queries.claims(), reference=claim)
    form = forms.SettleForm(sent(request), may_grant=rules.can(found.status, "uphold"))
    intro = f"The organisation objects: {found.objection}" if found.status == rules.OBJECTED else ""
    return ask_and_do(
        request, form, partial(commands.settle_claim, claim=found, by=request.user),
        done="It is settled, and they are told.", then=reverse("claims"),
        page=presenters.step(found, title="Settle this claim", button="Settle it", intro=intro),
    )  # fmt: skip


def _list(request: Request, rows, empty: str) -> HttpResponseBase:
    table = presenters.claims_table(request, rows, empty=empty)
    return table.csv_response() if table.wants_csv else render(request, "account/claims/claims.html", {"table": table})


def _organisation(request: Request, reference: str) -> Organisation:
    """An organisation that stands and that they may see; else 404."""
    found = register.organisation(reference)
    if found is None or found.merged_into_id or not register.may_see(found, request.user):
        raise Http404
    return found


def _seen(request: Request, claim: str) -> ProfileClaim:
    return get_object_or_404(queries.claims_visible_to(request.user), reference=claim)


def _on_mine(request: Request, claim: str) -> ProfileClaim:
    """Somebody else's open claim on an organisation that they speak for."""
    return get_object_or_404(queries.claims_on(request.user), reference=claim)


def _page(claim: ProfileClaim) -> str:
    return reverse("claim", args=[claim.reference])

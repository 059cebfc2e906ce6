"""Extensions of a contract: the dossier on each optional year, from its beginning to the longer term."""

from functools import partial

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.contracts.queries.contract import contracts_managed_by
from trellis.core.permissions import Permission, requires
from trellis.decisions.queries import pathway
from trellis.renewal.commands import dossiers as commands
from trellis.renewal.commands import extensions as extending
from trellis.renewal.dossier.assembly import SECTIONS
from trellis.renewal.forms import dossiers as forms
from trellis.renewal.models import Dossier, DossierVersion
from trellis.renewal.presenters import dossier_files
from trellis.renewal.presenters import dossiers as presenters
from trellis.renewal.queries import dossiers as queries
from trellis.web import documents
from trellis.web.acts import ask_and_do, press
from trellis.web.csv_files import csv_response
from trellis.web.forms import sent


@requires(Permission.DOSSIER_VIEW)
def extensions(request: Request, reference: str) -> HttpResponse:
    """The optional years of a contract."""
    contract = get_object_or_404(queries.contracts_seen_by(request.user), reference=reference)
    return render(request, "renewal/extensions.html", presenters.extensions_page(contract, request.user))


@requires(Permission.CONTRACT_MANAGE)
@require_POST
def begin_dossier(request: Request, reference: str) -> HttpResponse:
    """Begin the dossier on the next optional year."""
    contract = get_object_or_404(contracts_managed_by(request.user), reference=reference)
    begin = partial(commands.begin_dossier, contract=contract, by=request.user)
    done = "The dossier is begun. Say under each section what its figures mean."
    return press(request, begin, done=done, then=reverse("extensions", args=[reference]))


@requires(Permission.DOSSIER_VIEW)
def dossier(request: Request, reference: str, extension: int) -> HttpResponse:
    """One dossier; to a partner, what was submitted of it last."""
    found = _seen(request, reference, extension)
    if found.status == Dossier.Status.DRAFT and not queries.reads_drafts(request.user, found.contract):
        latest = queries.latest_version(found)
        assert latest is not None, "a partner sees a dossier once it was submitted"
        return redirect("dossier_version", reference=reference, extension=extension, version=latest.number)
    return render(request, "renewal/dossier.html", presenters.dossier_page(found, request.user))


@requires(Permission.DOSSIER_VIEW)
def dossier_version(request: Request, reference: str, extension: int, version: int) -> HttpResponse:
    """What was submitted, for good."""
    return render(
        request, "renewal/version.html", presenters.version_page(_version(request, reference, extension, version))
    )


@requires(Permission.DOSSIER_VIEW)
def dossier_file(request: Request, reference: str, extension: int, version: int, kind: str) -> HttpResponseBase:
    """The same as a file: pdf, csv or json."""
    row = _version(request, reference, extension, version)
    if kind == "pdf":
        return documents.pdf_response(
            "renewal/dossier_pdf.html", dossier_files.printed(row), dossier_files.name_of(row)
        )
    if kind == "csv":
        return csv_response(dossier_files.csv_rows(row), dossier_files.name_of(row))
    if kind == "json":
        return JsonResponse(dossier_files.as_json(row), json_dumps_params={"indent": 2, "ensure_ascii": False})
    raise Http404


@requires(Permission.CONTRACT_MANAGE)
def assess_section(request: Request, reference: str, extension: int, section: str) -> HttpResponse:
    """Say what a section's figures mean."""
    found = _managed(request, reference, extension)
    if section not in SECTIONS:
        raise Http404
    form = forms.AssessForm(sent(request), initial={"text": queries.words_of(found).assessments.get(section, "")})
    return ask_and_do(
        request, form, partial(commands.assess_section, dossier=found, section=section, by=request.user),
        done="Saved.", then=f"{presenters.home_of(found)}#section-{section}",
        page=presenters.step(found, SECTIONS[section], "Save"),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def recommend(request: Request, reference: str, extension: int) -> HttpResponse:
    """Recommend to extend, or not."""
    found = _managed(request, reference, extension)
    initial = {"recommendation": found.recommendation, "reasons": found.reasons}
    return ask_and_do(
        request, forms.RecommendForm(sent(request), initial=initial),
        partial(commands.recommend, dossier=found, by=request.user),
        done="Saved.", then=f"{presenters.home_of(found)}#section-recommendation",
        page=presenters.step(found, "What you recommend", "Save"),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def submit_dossier(request: Request, reference: str, extension: int) -> HttpResponse:
    """Submit it, or submit it again."""
    found = _managed(request, reference, extension)
    intro = "It is kept as it is now, with every figure and word. Nothing in it changes any more."
    return ask_and_do(
        request, forms.SubmitForm(sent(request)), partial(commands.submit_dossier, dossier=found, by=request.user),
        done=lambda made: f"Version {made.number} is submitted.", then=presenters.home_of(found),
        page=presenters.step(found, "Submit the dossier", "Submit the dossier", intro=intro),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def reopen_dossier(request: Request, reference: str, extension: int) -> HttpResponse:
    """Write in it again."""
    found = _managed(request, reference, extension)
    return ask_and_do(
        request, forms.ReasonForm(sent(request)), partial(commands.reopen_dossier, dossier=found, by=request.user),
        done="You can write in it again. What was submitted is kept.", then=presenters.home_of(found),
        page=presenters.step(found, "Write in the dossier again", "Open it again"),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def withdraw_dossier(request: Request, reference: str, extension: int) -> HttpResponse:
    """Give it up."""
    found = _managed(request, reference, extension)
    intro = "You can begin another one. The decision, if there is one, has to be withdrawn by itself."
    return ask_and_do(
        request, forms.ReasonForm(sent(request)), partial(commands.withdraw_dossier, dossier=found, by=request.user),
        done="The dossier is withdrawn.", then=reverse("extensions", args=[reference]),
        page=presenters.step(found, "Withdraw the dossier", "Withdraw it", intro=intro),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def link_decision(request: Request, reference: str, extension: int) -> HttpResponse:
    """Say which decision it goes with."""
    found = _managed(request, reference, extension)
    form = forms.LinkForm(sent(request), decisions=queries.linkable_decisions(found))
    return ask_and_do(
        request, form, partial(commands.link_decision, dossier=found, by=request.user),
        done="The dossier goes with this decision.", then=presenters.home_of(found),
        page=presenters.step(found, "Which decision does it go with?", "Link the decision"),
    )  # fmt: skip


@requires(Permission.DECISION_DRAFT)
def decide_dossier(request: Request, reference: str, extension: int) -> HttpResponse:
    """Open a decision on it, with its title and purpose offered."""
    found = _one(queries.contracts_decided_by(request.user), reference, extension)
    form = forms.OpenDecisionForm(
        sent(request),
        pathways=pathway.pathways(found.contract.authority),
        initial=presenters.offered(found),
    )
    return ask_and_do(
        request, form, partial(commands.open_decision, dossier=found, by=request.user),
        done="The decision is open, and the dossier goes with it.",
        then=lambda made: reverse("decision", args=[made.slug]),
        page=presenters.step(found, "Open a decision", "Open the decision"),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
def record_decided(request: Request, reference: str, extension: int) -> HttpResponse:
    """Say what the record says."""
    found = _managed(request, reference, extension)
    intro = "Once it is to extend, the contract is extended on the day on which the decision is in effect."
    return ask_and_do(
        request, forms.DecidedForm(sent(request)), partial(commands.record_decided, dossier=found, by=request.user),
        done="Saved.", then=presenters.home_of(found),
        page=presenters.step(found, "What was decided", "Save", intro=intro),
    )  # fmt: skip


@requires(Permission.CONTRACT_MANAGE)
@require_POST
def apply_extension(request: Request, reference: str, extension: int) -> HttpResponse:
    """Extend the contract now."""
    found = _managed(request, reference, extension)
    note = request.POST.get("note", "")
    apply = partial(extending.apply_extension, dossier=found, note=note, by=request.user)
    return press(request, apply, done="The contract is extended.", then=presenters.home_of(found))


def _one(contracts, reference: str, extension: int) -> Dossier:
    contract = get_object_or_404(contracts, reference=reference)
    return get_object_or_404(queries.dossiers(contract), extension=extension)


def _seen(request: Request, reference: str, extension: int) -> Dossier:
    found = _one(queries.contracts_seen_by(request.user), reference, extension)
    return get_object_or_404(queries.dossiers_seen_by(request.user, found.contract), pk=found.pk)


def _managed(request: Request, reference: str, extension: int) -> Dossier:
    return _one(contracts_managed_by(request.user), reference, extension)


def _version(request: Request, reference: str, extension: int, number: int) -> DossierVersion:
    found = _seen(request, reference, extension)
    return get_object_or_404(queries.versions(found).select_related("dossier__contract"), number=number)

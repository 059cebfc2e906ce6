"""The contract's documents: what there is, what is open, what is withheld and why."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from trellis.accounts.requests import Request
from trellis.contracts import queries
from trellis.contracts.commands import documents as commands
from trellis.contracts.forms import documents as forms
from trellis.contracts.models import Contract, Document
from trellis.contracts.presenters import documents as presenters
from trellis.contracts.queries import documents as documents_queries
from trellis.contracts.rules import documents as rules
from trellis.contracts.views.access import managed
from trellis.core.permissions import Permission, public, requires
from trellis.web.acts import ask_and_do


@public
def contract_documents(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Every document of a contract."""
    contract = _public(reference)
    page = presenters.documents_page(request, contract)
    for table in page["tables"]:
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/documents/documents.html", page)


@public
def document_version(request: HttpRequest, reference: str, document: int, number: int) -> HttpResponseBase:
    """A version as it was received, to be kept: for anybody if it is open, else for those at the table."""
    visible = documents_queries.versions_visible_to(request.user, _public(reference))
    version = get_object_or_404(visible, document_id=document, number=number)
    with version.stored_file.open("rb") as file:
        content = file.read()  # at most rules.LARGEST
    headers = {"Content-Disposition": content_disposition_header(True, version.file_name) or "attachment"}
    return HttpResponse(content, content_type=rules.content_type(version.file_name), headers=headers)


@requires(Permission.CONTRACT_MANAGE)
def add_document(request: Request, reference: str) -> HttpResponse:
    """Name a document."""
    contract = managed(request, reference)
    return ask_and_do(
        request,
        forms.DocumentForm(request.POST or None),
        partial(commands.add_document, contract=contract, by=request.user),
        done="The document is named. Add its file next.",
        then=presenters.version_address,
        page=presenters.step(contract, "Add a document", "Add it"),
    )


@requires(Permission.CONTRACT_MANAGE)
def add_version(request: Request, reference: str, document: int) -> HttpResponse:
    """Add a version of a document."""
    contract, found = _managed(request, reference, document)
    return ask_and_do(
        request,
        forms.VersionForm(request.POST or None, request.FILES or None),
        partial(commands.add_version, document=found, by=request.user),
        done=lambda made: f"Version {made.number} of {found.title} is kept.",
        then=presenters.room(contract),
        page=presenters.step(contract, f"A version of {found.title}", "Add it", intro=presenters.KEPT),
    )


@requires(Permission.CONTRACT_MANAGE)
def set_openness(request: Request, reference: str, document: int) -> HttpResponse:
    """Open a document, or withhold it."""
    contract, found = _managed(request, reference, document)
    initial = {
        "openness": forms.OPEN if found.is_public else forms.WITHHELD,
        "ground": found.ground,
        "withheld_reason": found.withheld_reason,
    }
    return ask_and_do(
        request,
        forms.OpennessForm(request.POST or None, initial=initial),
        partial(commands.set_openness, document=found, by=request.user),
        done="Who may read it is kept.",
        then=presenters.room(contract),
        page=presenters.step(contract, f"Who may read {found.title}", "Keep it"),
    )


def _public(reference: str) -> Contract:
    found = queries.contract(reference)
    if found is None:
        raise Http404
    return found


def _managed(request: Request, reference: str, document: int) -> tuple[Contract, Document]:
    contract = managed(request, reference)
    return contract, get_object_or_404(documents_queries.documents(contract), pk=document)

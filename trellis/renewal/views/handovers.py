"""The handover of a partner that leaves: cases, people, money, and the certificate."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.models import Partner
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.renewal.commands import handovers as commands
from trellis.renewal.models import Handover
from trellis.renewal.presenters import handovers as presenters
from trellis.renewal.queries import handovers as queries
from trellis.web import documents
from trellis.web.acts import press


@requires(Permission.ALLIANCE_VIEW)
def handovers(request: Request, reference: str) -> HttpResponse:
    """The partners that leave, for every member of the alliance; each leads to its handover for those concerned."""
    alliances = contracts.alliances_of(request.user, Permission.ALLIANCE_VIEW, clock.today())
    contract = get_object_or_404(alliances, reference=reference)
    open_to = set(queries.leaving_seen_by(request.user).values_list("pk", flat=True))
    return render(request, "renewal/handovers.html", presenters.list_page(contract, open_to))


@requires(Permission.ALLIANCE_VIEW)
def handover(request: Request, reference: str, partner: str) -> HttpResponseBase:
    """One partner's handover."""
    page = presenters.handover_page(request, _seen(request, reference, partner), request.user)
    for table in (page["money"], page["shares_table"]):
        if table.wants_csv:
            return table.csv_response()
    return render(request, "renewal/handover.html", page)


@requires(Permission.CONTRACT_MANAGE)
@require_POST
def open_handover(request: Request, reference: str, partner: str) -> HttpResponse:
    """Begin it."""
    found = _seen(request, reference, partner)
    if not presenters.manages(request.user, found):
        raise Http404
    begin = partial(commands.open_handover, partner=found, by=request.user)
    return press(request, begin, done="The handover is begun.", then=presenters.address("handover", found))


@requires(Permission.CONTRACT_MANAGE)
def hand_over_cases(request: Request, reference: str, partner: str) -> HttpResponse:
    """Hand the cases over: POST asks the worker, GET shows how far it is."""
    found = _managed(request, reference, partner)
    if request.method == "POST":
        commands.ask_to_hand_over(handover=found, by=request.user)
        return redirect("hand_over_cases", reference=reference, partner=partner)
    return render(request, "renewal/hand_over_cases.html", presenters.progress_page(found))


@requires(Permission.CONTRACT_MANAGE)
@require_POST
def end_people(request: Request, reference: str, partner: str) -> HttpResponse:
    """End the roles of its people."""
    found = _managed(request, reference, partner)
    end = partial(commands.end_people, handover=found, by=request.user)
    return press(request, end, done="Their roles have ended.", then=presenters.address("handover", found.partner))


@requires(Permission.CONTRACT_MANAGE)
@require_POST
def close_handover(request: Request, reference: str, partner: str) -> HttpResponse:
    """Say that it is complete."""
    found = _managed(request, reference, partner)
    close = partial(commands.close_handover, handover=found, by=request.user)
    done = "The handover is complete. Print the certificate."
    return press(request, close, done=done, then=presenters.address("handover", found.partner))


@requires(Permission.ALLIANCE_VIEW)
def certificate(request: Request, reference: str, partner: str) -> HttpResponseBase:
    """The certificate of a complete handover."""
    page = presenters.certificate_page(request, _complete(request, reference, partner))
    for table in (page["shares_table"], page["money_table"]):
        if table.wants_csv:
            return table.csv_response()
    return render(request, "renewal/certificate.html", page)


@requires(Permission.ALLIANCE_VIEW)
def certificate_pdf(request: Request, reference: str, partner: str) -> HttpResponse:
    """The same as PDF/UA."""
    page = presenters.certificate(_complete(request, reference, partner))
    return documents.pdf_response("renewal/certificate_pdf.html", page, f"handover-{reference}-{partner}")


def _seen(request: Request, reference: str, partner: str) -> Partner:
    seen = queries.leaving_seen_by(request.user)
    return get_object_or_404(seen, contract__reference=reference, organisation__reference=partner)


def _managed(request: Request, reference: str, partner: str) -> Handover:
    mine = queries.handovers_managed_by(request.user).filter(status=Handover.Status.OPEN)
    return get_object_or_404(mine, partner__contract__reference=reference, partner__organisation__reference=partner)


def _complete(request: Request, reference: str, partner: str) -> Handover:
    found = queries.handover_of(_seen(request, reference, partner))
    if found is None or found.status != Handover.Status.CLOSED:
        raise Http404
    return found

"""Current provision, and the endings that are planned, as pages and letters."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import provision as commands
from trellis.commissioning.forms.provision import EndingForm, EndingsForm, FundedBodyForm, FundingSourceForm
from trellis.commissioning.models import Commission
from trellis.commissioning.presenters import provision as presenters
from trellis.commissioning.presenters.provision_letter import Letter, notice_letter
from trellis.commissioning.queries import provision as queries
from trellis.commissioning.views.commissions import editable, may_edit, visible
from trellis.core.permissions import Permission, requires
from trellis.web import documents
from trellis.web.acts import ask_and_do, press


@requires(Permission.COMMISSION_VIEW)
def provision(request: Request, reference: str) -> HttpResponseBase:
    """Who is funded today, by whom and where."""
    commission = visible(request, reference)
    page = presenters.provision_page(request, commission, can_edit=may_edit(request, commission))
    for table in (page["bodies"], *page["totals"]):
        if table.wants_csv:
            return table.csv_response()
    return render(request, "commissioning/provision/provision.html", page)


@requires(Permission.COMMISSION_VIEW)
def endings(request: Request, reference: str) -> HttpResponseBase:
    """When each grant is planned to end, and what that means."""
    commission = visible(request, reference)
    page = presenters.endings_page(request, commission, can_edit=may_edit(request, commission))
    if page["endings"].wants_csv:
        return page["endings"].csv_response()
    return render(request, "commissioning/provision/endings.html", page)


@requires(Permission.COMMISSION_EDIT)
def add_funding_source(request: Request, reference: str) -> HttpResponse:
    """Name a budget that grants are paid from."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        FundingSourceForm(request.POST or None),
        partial(commands.add_funding_source, commission=commission, by=request.user),
        done="The budget is named. Grants can be paid from it now.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add a source of money", "Add it"),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_funding_source(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a budget out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.funding_sources(commission), pk=number)
    drop = partial(commands.drop_funding_source, source=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def add_funded_body(request: Request, reference: str) -> HttpResponse:
    """Set down a body that is funded today."""
    commission = editable(request, reference)
    begins = FundedBodyForm.after(queries.last_body(commission))
    return ask_and_do(
        request,
        FundedBodyForm(request.POST or None, initial=begins, sources=list(queries.funding_sources(commission))),
        partial(commands.add_funded_body, commission=commission, by=request.user),
        done="The body is set down.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add a body that is funded today", "Add the body"),
    )


@requires(Permission.COMMISSION_EDIT)
def funded_body(request: Request, reference: str, number: int) -> HttpResponse:
    """Correct what is said of a body, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.funded_bodies(commission), pk=number)
    sources = list(queries.funding_sources(commission))
    return ask_and_do(
        request,
        FundedBodyForm(request.POST or None, initial=FundedBodyForm.of(found), sources=sources),
        partial(commands.change_funded_body, body=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(
            commission, found.name, "Save", drop=reverse("drop_funded_body", args=[reference, number])
        ),
        template="commissioning/item.html",
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_funded_body(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a body out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.funded_bodies(commission), pk=number)
    drop = partial(commands.drop_funded_body, body=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def plan_endings(request: Request, reference: str) -> HttpResponse:
    """Plan one day on which many grants stop."""
    commission = editable(request, reference)
    bodies = [one for one in queries.provision(commission).bodies if not (one.ending and one.ending.served_on)]
    initial = {"bodies": [str(one.body.pk) for one in bodies], "stops_on": queries.provision(commission).starts_on}
    return ask_and_do(
        request,
        EndingsForm(request.POST or None, initial=initial, bodies=[one.body for one in bodies]),
        partial(commands.plan_endings, by=request.user),
        done="The endings are planned.",
        then=presenters.endings_room(commission),
        page=presenters.step(
            commission, "Plan when grants end", "Plan the endings", cancel=presenters.endings_room(commission)
        ),
    )


@requires(Permission.COMMISSION_EDIT)
def plan_ending(request: Request, reference: str, number: int) -> HttpResponse:
    """Plan when one body's grants stop, with the working of what that means."""
    commission, found = _funded(request, editable(request, reference), number)
    planned = found.ending
    return ask_and_do(
        request,
        EndingForm(request.POST or None, initial={"stops_on": planned.stops_on if planned else None}),
        partial(commands.plan_endings, bodies=[found.body], by=request.user),
        done="The ending is planned.",
        then=presenters.endings_room(commission),
        page=presenters.step(
            commission,
            f"When the grant of {found.name} ends",
            "Plan the ending",
            working=presenters.ending_working(found, planned) if planned else [],
            cancel=presenters.endings_room(commission),
            drop=reverse("drop_ending", args=[reference, number]) if planned else "",
        ),
        template="commissioning/provision/ending.html",
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_ending(request: Request, reference: str, number: int) -> HttpResponse:
    """Plan no ending after all."""
    commission = editable(request, reference)
    plan = get_object_or_404(queries.ending_plans(commission), body_id=number)
    drop = partial(commands.drop_ending, plan=plan, by=request.user)
    return press(request, drop, done="No ending is planned.", then=presenters.endings_room(commission))


@requires(Permission.COMMISSION_VIEW)
def draft_letter(request: Request, reference: str, number: int) -> HttpResponse:
    """The draft of the notice letter of a planned ending, to print. The one that is sent is the contract's."""
    commission, letter = _letter(request, reference, number)
    context: dict[str, Any] = {
        "letter": letter,
        "pdf": reverse("draft_letter_pdf", args=[reference, number]),
        "breadcrumbs": presenters.trail(commission, ("Endings", presenters.endings_room(commission))),
    }
    return render(request, "commissioning/provision/letter.html", context)


@requires(Permission.COMMISSION_VIEW)
def draft_letter_pdf(request: Request, reference: str, number: int) -> HttpResponse:
    """The same letter as PDF/UA."""
    _commission, letter = _letter(request, reference, number)
    context = {"letter": letter, "authority": letter.authority}
    return documents.pdf_response("commissioning/provision/letter_pdf.html", context, f"notice-{reference}-{number}")


def _letter(request: Request, reference: str, number: int) -> tuple[Commission, Letter]:
    commission, found = _funded(request, visible(request, reference), number)
    if found.ending is None or found.ending.served_on:
        raise Http404
    letter = notice_letter(
        found.body,
        yearly=found.total,
        notice=found.notice,
        stops_on=found.ending.stops_on,
        notice_by=found.ending.notice_by,
        served_on=None,
    )
    return commission, letter


def _funded(request: Request, commission: Commission, number: int) -> tuple[Commission, queries.Funded]:
    found = next((one for one in queries.provision(commission).bodies if one.body.pk == number), None)
    if found is None:
        raise Http404
    return commission, found

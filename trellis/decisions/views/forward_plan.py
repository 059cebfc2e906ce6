"""Publishing notices and agendas, adding documents, and recording who was asked."""

from functools import partial

from django.http import Http404, HttpResponse

from trellis.accounts.requests import Request
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.decisions.commands import forward_plan as commands
from trellis.decisions.forms import forward_plan as forms
from trellis.decisions.models import Notice
from trellis.decisions.presenters.decision import page
from trellis.decisions.queries import pathway as queries
from trellis.decisions.queries.notice_offer import first_meeting, notice_offer
from trellis.decisions.views.pathway import drafted, home, recorded, step_of
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent
from trellis.web.words import lower_first

STAYS = "It is published at once and stays as it is. You can publish another after it."


@requires(Permission.DECISION_RECORD)
def publish_notice(request: Request, reference: str, kind: str) -> HttpResponse:
    """Publish a notice of one kind."""
    decision = recorded(request, reference)
    if kind not in forms.FORMS:
        raise Http404
    return ask_and_do(
        request,
        forms.FORMS[kind](sent(request), initial=notice_offer(decision, clock.today())),
        partial(commands.publish_notice, decision=decision, kind=kind, by=request.user),
        done="Published.",
        then=home(decision),
        page=page(decision, f"Publish: {lower_first(Notice.Kind(kind).label)}", "Publish it", intro=STAYS),
    )


@requires(Permission.DECISION_RECORD)
def publish_agenda(request: Request, reference: str) -> HttpResponse:
    """Publish the agenda of the body that decides."""
    decision = recorded(request, reference)
    return ask_and_do(
        request,
        forms.AgendaForm(sent(request), initial={"meeting_on": first_meeting(clock.today())}),
        partial(commands.publish_agenda, decision=decision, by=request.user),
        done="The agenda is published, with the report.",
        then=home(decision),
        page=page(decision, "Publish the agenda", "Publish it", intro=STAYS),
    )


@requires(Permission.DECISION_RECORD)
def publish_step_agenda(request: Request, reference: str, step: int) -> HttpResponse:
    """Publish the agenda of a body of the pathway."""
    decision = recorded(request, reference)
    row = step_of(decision, step)
    return ask_and_do(
        request,
        forms.AgendaForm(sent(request), initial={"meeting_on": row.planned_on or first_meeting(clock.today())}),
        partial(commands.publish_agenda, decision=decision, step=row, by=request.user),
        done="The agenda is published, with the report.",
        then=home(decision),
        page=page(decision, f"Publish the agenda of {row.body}", "Publish it", intro=STAYS),
    )


@requires(Permission.DECISION_DRAFT)
def add_document(request: Request, reference: str) -> HttpResponse:
    """Add a paper that the decision rests on."""
    decision = drafted(request, reference)
    kind = "background" if queries.has_report(decision) else "report"
    return ask_and_do(
        request,
        forms.DocumentForm(sent(request), initial={"kind": kind}),
        partial(commands.add_document, decision=decision, by=request.user),
        done="Added.",
        then=home(decision),
        page=page(decision, "Add a document", "Add it"),
    )


@requires(Permission.DECISION_DRAFT)
def record_consultation(request: Request, reference: str) -> HttpResponse:
    """Record that a member was asked for their division."""
    decision = drafted(request, reference)
    return ask_and_do(
        request,
        forms.ConsultationForm(sent(request)),
        partial(commands.record_consultation, decision=decision, by=request.user),
        done="Recorded.",
        then=home(decision),
        page=page(decision, "Record that a division was asked", "Record it"),
    )

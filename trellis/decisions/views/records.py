"""Taking a decision, publishing its record, and what is done under it."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trellis.accounts.requests import Request
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.decisions.commands import records as commands
from trellis.decisions.forms import records as forms
from trellis.decisions.forms.forward_plan import PublishForm
from trellis.decisions.models import Record
from trellis.decisions.presenters.decision import guards_of, page, record_preview
from trellis.decisions.queries import records as queries
from trellis.decisions.queries.record_offer import offer
from trellis.decisions.views.pathway import drafted, home, recorded
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent
from trellis.web.words import day

HALF_DONE = (
    "It begins with what the report says, where there is one. You can save it half done. Before it is published it "
    "must give the decision, the reasons, the alternatives, and the conflicts of interest or that there were none."
)


@requires(Permission.DECISION_DRAFT)
def draft_record(request: Request, reference: str) -> HttpResponse:
    """Write the record."""
    decision = drafted(request, reference)
    return ask_and_do(
        request,
        forms.RecordForm(sent(request), draft=decision.draft, citable=queries.citable(decision), offer=offer(decision)),
        partial(commands.draft_record, decision=decision, by=request.user),
        done="Saved. Another row is there for each power and condition that you filled in.",
        then=home(decision),
        page=page(decision, "Write the record", "Save the record", intro=HALF_DONE),
        template="decisions/records/draft.html",
    )


@requires(Permission.DECISION_RECORD)
def take_decision(request: Request, reference: str) -> HttpResponse:
    """Record that it was taken; the page says whether it may be, and from when."""
    decision = recorded(request, reference)
    today = clock.today()
    return ask_and_do(
        request,
        forms.TakeForm(sent(request), initial={"decided_on": today}),
        partial(commands.take_decision, decision=decision, by=request.user),
        done="Recorded. Next, publish the record.",
        then=home(decision),
        page=page(decision, "Record that it was taken", "Record it")
        | {"decision": decision, "guards": guards_of(decision, today)},
        template="decisions/records/take.html",
    )


@requires(Permission.DECISION_RECORD)
def enter_irregular_decision(request: Request, reference: str) -> HttpResponse:
    """Enter a decision that was taken although it might not be."""
    decision = recorded(request, reference)
    intro = "What was wrong is published with the record, and nothing can be done under it until that is put right."
    return ask_and_do(
        request,
        forms.IrregularForm(sent(request)),
        partial(commands.enter_irregular_decision, decision=decision, by=request.user),
        done="Entered as irregular. Next, publish the record.",
        then=home(decision),
        page=page(decision, "Enter an irregular decision", "Enter it", intro=intro),
    )


@requires(Permission.DECISION_RECORD)
def cure_irregularity(request: Request, reference: str, irregularity: int) -> HttpResponse:
    """Say how an irregularity was put right."""
    decision = recorded(request, reference)
    row = get_object_or_404(decision.irregularities, pk=irregularity)
    return ask_and_do(
        request,
        forms.CureForm(sent(request), initial={"cured_on": clock.today()}),
        partial(commands.cure_irregularity, irregularity=row, by=request.user),
        done="Put right. Acts may rest on the decision again.",
        then=home(decision),
        page=page(decision, "How was it put right?", "Record it"),
    )


@requires(Permission.DECISION_RECORD)
def publish_record(request: Request, reference: str) -> HttpResponse:
    """Publish the record, having read it."""
    decision = recorded(request, reference)
    return ask_and_do(
        request,
        PublishForm(sent(request)),
        partial(commands.publish_record, decision=decision, by=request.user),
        done=_in_effect,
        then=home(decision),
        page=page(decision, "Publish the record", "Publish the record") | record_preview(decision, clock.today()),
        template="decisions/records/publish.html",
    )


def _in_effect(made: Record) -> str:
    if made.effective_on <= clock.today():
        return f"Published. It is in effect from {day(made.effective_on)} on."
    return f"Published. It takes effect on {day(made.effective_on)}, unless it is called in."


@requires(Permission.DECISION_RECORD)
def correct_record(request: Request, reference: str) -> HttpResponse:
    """Publish a new version."""
    decision = recorded(request, reference)
    intro = "The version that is published stays on the register. What was decided, and when, does not change."
    return ask_and_do(
        request,
        forms.CorrectForm(sent(request), draft=decision.draft, citable=queries.citable(decision)),
        partial(commands.correct_record, decision=decision, by=request.user),
        done=lambda made: f"Version {made.version} is published.",
        then=home(decision),
        page=page(decision, "Publish a corrected version", "Publish this version", intro=intro),
        template="decisions/records/draft.html",
    )


@requires(Permission.DECISION_DRAFT)
def meet_condition(request: Request, reference: str, number: int) -> HttpResponse:
    """Record that a condition is met."""
    decision = drafted(request, reference)
    words = {one.number: one.text for one in queries.conditions(decision)}.get(number, "")
    return ask_and_do(
        request,
        forms.MeetForm(sent(request), initial={"met_on": clock.today()}),
        partial(commands.meet_condition, decision=decision, number=number, by=request.user),
        done="Recorded. What waited for it may be done.",
        then=home(decision),
        page=page(decision, f"Condition {number} is met", "Record it", intro=words),
    )


@requires(Permission.DECISION_DRAFT)
def record_implementation(request: Request, reference: str) -> HttpResponse:
    """Record what was done under it."""
    decision = drafted(request, reference)
    return ask_and_do(
        request,
        forms.ImplementationForm(sent(request), delegations=queries.delegations(decision)),
        partial(commands.record_implementation, decision=decision, by=request.user),
        done="Recorded.",
        then=home(decision),
        page=page(decision, "Record what was done", "Record it"),
    )

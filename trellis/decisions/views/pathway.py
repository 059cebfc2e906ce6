"""Preparing a decision: opening it, describing it, taking it through its pathway."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.commissioning.queries import commissions
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.decisions.commands import pathway as commands
from trellis.decisions.forms import pathway as forms
from trellis.decisions.models import Decision, PathwayStep
from trellis.decisions.presenters.decision import page, trail
from trellis.decisions.queries import pathway as queries
from trellis.decisions.queries import progress
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent


@requires(Permission.COMMISSION_VIEW)
def commission_decision(request: Request, commission: str) -> HttpResponse:
    """To the decision of a commission; to a new one, when there is none and the visitor may open it."""
    row = get_object_or_404(commissions.commissions_visible_to(request.user), reference=commission)
    found = progress.decision_of(row)
    if found:
        return redirect("decision", reference=found.slug)
    if request.user.can(Permission.DECISION_DRAFT):
        return redirect(f"{reverse('open_decision')}?commission={row.reference}")
    raise Http404


@requires(Permission.DECISION_DRAFT)
def open_decision(request: Request) -> HttpResponse:
    """Begin a decision; `?commission=COM-7K2M` says for which commission."""
    authority = queries.authority_of(request.user)
    visible, ways = commissions.commissions_visible_to(request.user), queries.pathways(authority)
    of = visible.filter(reference=request.GET.get("commission", "").replace("\0", "")).first()
    initial = {
        "reference": queries.next_reference(authority, clock.today().year),
        "pathway": str(ways[0].pk) if len(ways) == 1 else "",
    }
    if of:
        initial |= {"commission": of.reference, "title": of.title, "matter": of.purpose}
    form = forms.OpenForm(sent(request), commissions=visible, pathways=ways, initial=initial)
    return ask_and_do(
        request,
        form,
        partial(commands.open_decision, authority=authority, by=request.user),
        done="The decision is open.",
        then=lambda made: reverse("decision", args=[made.slug]),
        page={
            "title": "Open a decision",
            "button": "Open the decision",
            "cancel": reverse("decisions"),
            "breadcrumbs": trail(),
        },
        template="decisions/pathways/open.html",
    )


@requires(Permission.DECISION_DRAFT)
def describe_decision(request: Request, reference: str) -> HttpResponse:
    """Say differently what it is."""
    decision = drafted(request, reference)
    form = forms.DescribeForm(
        sent(request),
        commissions=commissions.commissions_visible_to(request.user),
        initial=forms.described(decision),
    )
    return ask_and_do(
        request,
        form,
        partial(commands.describe_decision, decision=decision, by=request.user),
        done="Saved.",
        then=home(decision),
        page=page(decision, "Describe the decision", "Save"),
    )


@requires(Permission.DECISION_DRAFT)
def name_decision_maker(request: Request, reference: str) -> HttpResponse:
    """Say who takes it, whether it is a key decision, and whom it affects."""
    decision = drafted(request, reference)
    last = queries.last_described(decision.authority)
    return ask_and_do(
        request,
        forms.MakerForm(sent(request), initial=forms.named(decision, last, request.user.name)),
        partial(commands.describe_decision, decision=decision, by=request.user),
        done="Saved.",
        then=home(decision),
        page=page(decision, "Who takes it, and whom it affects", "Save"),
    )


@requires(Permission.DECISION_DRAFT)
def add_step(request: Request, reference: str) -> HttpResponse:
    """Add a body to the pathway."""
    decision = drafted(request, reference)
    return ask_and_do(
        request,
        forms.StepForm(sent(request)),
        partial(commands.add_step, decision=decision, by=request.user),
        done="Added to the pathway.",
        then=home(decision),
        page=page(decision, "Add a body to the pathway", "Add it"),
    )


@requires(Permission.DECISION_DRAFT)
def plan_step(request: Request, reference: str, step: int) -> HttpResponse:
    """Say when a body meets."""
    decision = drafted(request, reference)
    row = step_of(decision, step)
    return ask_and_do(
        request,
        forms.PlanStepForm(sent(request), initial={"planned_on": row.planned_on}),
        partial(commands.plan_step, step=row, by=request.user),
        done="Saved.",
        then=home(decision),
        page=page(decision, f"When does {row.body} meet?", "Save"),
    )


@requires(Permission.DECISION_DRAFT)
def record_outcome(request: Request, reference: str, step: int) -> HttpResponse:
    """Record what a body said."""
    decision = drafted(request, reference)
    row = step_of(decision, step)
    return ask_and_do(
        request,
        forms.OutcomeForm(sent(request), initial={"held_on": row.planned_on}),
        partial(commands.record_outcome, step=row, by=request.user),
        done=f"Recorded what {row.body} said.",
        then=home(decision),
        page=page(decision, f"What did {row.body} say?", "Record it"),
    )


@requires(Permission.DECISION_RECORD)
def withdraw_decision(request: Request, reference: str) -> HttpResponse:
    """Give it up before it is taken."""
    decision = recorded(request, reference)
    return ask_and_do(
        request,
        forms.WithdrawForm(sent(request)),
        partial(commands.withdraw_decision, decision=decision, by=request.user),
        done="Withdrawn.",
        then=home(decision),
        page=page(decision, "Withdraw the decision", "Withdraw it", intro="It cannot be taken up again."),
    )


def drafted(request: Request, reference: str) -> Decision:
    """The decision, for those who prepare it; 404 for anybody else."""
    return get_object_or_404(queries.decisions_drafted_by(request.user), reference=_reference(reference))


def recorded(request: Request, reference: str) -> Decision:
    """The decision, for those who record it; 404 for anybody else."""
    return get_object_or_404(queries.decisions_recorded_by(request.user), reference=_reference(reference))


def step_of(decision: Decision, number: int) -> PathwayStep:
    """One step of the decision's own pathway."""
    return get_object_or_404(decision.steps, pk=number)


def home(decision: Decision) -> str:
    """Where its page is."""
    return reverse("decision", args=[decision.slug])


def _reference(slug: str) -> str:
    return slug.replace("-", "/", 1)

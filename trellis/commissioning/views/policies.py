"""What a commission rests on, as pages."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import policies as commands
from trellis.commissioning.forms.policies import (
    CoDesignerForm,
    CommitmentForm,
    ComparatorForm,
    FindingsForm,
    PolicyForm,
)
from trellis.commissioning.presenters import policies as presenters
from trellis.commissioning.queries import findings
from trellis.commissioning.queries import policies as queries
from trellis.commissioning.views.commissions import editable, may_edit, visible
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent

ITEM = "commissioning/item.html"


@requires(Permission.COMMISSION_VIEW)
def policies(request: Request, reference: str) -> HttpResponseBase:
    """Policies with their commitments, comparators, co-designers."""
    commission = visible(request, reference)
    can_edit = may_edit(request, commission)
    page = presenters.policies_page(request, commission, can_edit=can_edit)
    for table in (page["policies"], page["commitments"], page["comparators"], page["co_designers"]):
        if table.wants_csv:
            return table.csv_response()
    return render(request, "commissioning/policies/policies.html", page)


@requires(Permission.COMMISSION_EDIT)
def add_policy(request: Request, reference: str) -> HttpResponse:
    """Put a policy among the sources, and go on to its commitments."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        PolicyForm(request.POST or None),
        partial(commands.add_policy, commission=commission, by=request.user),
        done="The policy is among the sources. Add its commitments.",
        then=lambda made: reverse("policy", args=[reference, made.pk]),
        page=presenters.step(commission, "Add a policy", "Add the policy"),
    )


@requires(Permission.COMMISSION_EDIT)
def policy(request: Request, reference: str, number: int) -> HttpResponse:
    """Correct a policy, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.policies(commission), pk=number)
    said = {name: getattr(found, name) for name in ("title", "adopted_by", "adopted_on", "link")}
    return ask_and_do(
        request,
        PolicyForm(request.POST or None, initial=said),
        partial(commands.change_policy, policy=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(
            commission, found.title, "Save", policy=found,
            drop=reverse("drop_policy", args=[reference, number]),
        ),
        template="commissioning/policies/policy.html",
    )  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_policy(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a policy out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.policies(commission), pk=number)
    drop = partial(commands.drop_policy, policy=found, by=request.user)
    return press(request, drop, done="The policy is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def add_commitment(request: Request, reference: str, number: int) -> HttpResponse:
    """Set down one of a policy's commitments."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.policies(commission), pk=number)
    return ask_and_do(
        request,
        CommitmentForm(request.POST or None, initial={"number": found.commitments.count() + 1}),
        partial(commands.add_commitment, policy=found, by=request.user),
        done="The commitment is set down.",
        then=reverse("policy", args=[reference, number]),
        page=presenters.step(commission, f"A commitment of {found.title}", "Add the commitment"),
    )


@requires(Permission.COMMISSION_EDIT)
def commitment(request: Request, reference: str, number: int) -> HttpResponse:
    """Correct a commitment, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.commitments(commission), pk=number)
    said = {name: getattr(found, name) for name in ("number", "text")}
    return ask_and_do(
        request,
        CommitmentForm(request.POST or None, initial=said),
        partial(commands.change_commitment, commitment=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(
            commission,
            str(found),
            "Save",
            commitment=found,
            drop=reverse("drop_commitment", args=[reference, number]),
        ),
        template="commissioning/policies/commitment.html",
    )


@requires(Permission.COMMISSION_EDIT)
def link_findings(request: Request, reference: str, number: int) -> HttpResponse:
    """Say which findings cite a commitment."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.commitments(commission), pk=number)
    initial = {"findings": [str(one.pk) for one in found.findings.all()]}
    return ask_and_do(
        request,
        FindingsForm(sent(request), initial=initial, findings=list(findings.findings(commission))),
        partial(commands.link_findings, commitment=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(commission, f"Findings that cite {found}", "Save", intro=found.text),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_commitment(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a commitment out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.commitments(commission), pk=number)
    drop = partial(commands.drop_commitment, commitment=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def add_comparator(request: Request, reference: str) -> HttpResponse:
    """Set down another authority's model."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        ComparatorForm(request.POST or None),
        partial(commands.add_comparator, commission=commission, by=request.user),
        done="Added.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add another authority’s model", "Add it"),
    )


@requires(Permission.COMMISSION_EDIT)
def comparator(request: Request, reference: str, number: int) -> HttpResponse:
    """Correct a comparator, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.comparators(commission), pk=number)
    said = {name: getattr(found, name) for name in ("authority", "model", "learnt", "link")}
    return ask_and_do(
        request,
        ComparatorForm(request.POST or None, initial=said),
        partial(commands.change_comparator, comparator=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(
            commission,
            found.authority,
            "Save",
            drop=reverse("drop_comparator", args=[reference, number]),
        ),
        template=ITEM,
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_comparator(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a comparator out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.comparators(commission), pk=number)
    drop = partial(commands.drop_comparator, comparator=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def add_co_designer(request: Request, reference: str) -> HttpResponse:
    """Name who shaped the outcomes."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        CoDesignerForm(request.POST or None),
        partial(commands.add_co_designer, commission=commission, by=request.user),
        done="Added.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add who shaped the outcomes", "Add it"),
    )


@requires(Permission.COMMISSION_EDIT)
def co_designer(request: Request, reference: str, number: int) -> HttpResponse:
    """Correct a co-designer, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.co_designers(commission), pk=number)
    said = {name: getattr(found, name) for name in ("name", "met_on", "changed")}
    return ask_and_do(
        request,
        CoDesignerForm(request.POST or None, initial=said),
        partial(commands.change_co_designer, co_designer=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(
            commission,
            found.name,
            "Save",
            drop=reverse("drop_co_designer", args=[reference, number]),
        ),
        template=ITEM,
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_co_designer(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a co-designer out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.co_designers(commission), pk=number)
    drop = partial(commands.drop_co_designer, co_designer=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))

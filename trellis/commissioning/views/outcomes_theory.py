"""What a commission wants, how it can tell, and from where to where: its theory of change as pages."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import outcomes as commands
from trellis.commissioning.commands import policies as policies_commands
from trellis.commissioning.forms.outcomes import IndicatorForm, MeasuresForm, OutcomeForm
from trellis.commissioning.forms.policies import CitationForm
from trellis.commissioning.models import Commission, Indicator, Outcome
from trellis.commissioning.presenters import outcomes as presenters
from trellis.commissioning.queries import findings, policies
from trellis.commissioning.queries import outcomes as queries
from trellis.commissioning.views.commissions import editable, may_edit, visible
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent

ITEM = "commissioning/item.html"


@requires(Permission.COMMISSION_VIEW)
def commission_outcomes(request: Request, reference: str) -> HttpResponseBase:
    """The theory of change, drawn and as a table."""
    commission = visible(request, reference)
    can_edit = may_edit(request, commission)
    page = presenters.outcomes_page(request, commission, can_edit=can_edit)
    if page["theory"].wants_csv:
        return page["theory"].csv_response()
    return render(request, "commissioning/outcomes/theory.html", page)


@requires(Permission.COMMISSION_EDIT)
def edit_measures(request: Request, reference: str) -> HttpResponse:
    """All measures as one table to fill in."""
    commission = editable(request, reference)
    indicators = list(queries.indicators_of(commission))
    return ask_and_do(
        request,
        MeasuresForm(request.POST or None, indicators=indicators),
        partial(commands.set_measures, commission=commission, by=request.user),
        done="The measures are saved.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Baselines, targets and floors", "Save the table", indicators=indicators),
        template="commissioning/outcomes/measures.html",
    )


@requires(Permission.COMMISSION_EDIT)
def add_outcome(request: Request, reference: str) -> HttpResponse:
    """Set down what is to be different."""
    commission = editable(request, reference)

    def define(*, name: str, statement: str) -> Outcome:
        return commands.define_outcome(
            code=queries.free_outcome_code(name), name=name, statement=statement, commission=commission, by=request.user
        )

    return ask_and_do(
        request,
        OutcomeForm(request.POST or None),
        define,
        done="The outcome is set. Add how one can tell.",
        then=lambda made: reverse("add_indicator", args=[reference, made.pk]),
        page=presenters.step(commission, "Add an outcome", "Add the outcome"),
    )


@requires(Permission.COMMISSION_EDIT)
def outcome(request: Request, reference: str, code: str) -> HttpResponse:
    """Correct an outcome, or take it out."""
    commission = editable(request, reference)
    found = _outcome(commission, code)
    return ask_and_do(
        request,
        OutcomeForm(request.POST or None, initial={"name": found.name, "statement": found.statement}),
        partial(commands.change_outcome, outcome=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(commission, found.name, "Save", drop=reverse("drop_outcome", args=[reference, code])),
        template=ITEM,
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_outcome(request: Request, reference: str, code: str) -> HttpResponse:
    """Take an outcome out."""
    commission = editable(request, reference)
    drop = partial(commands.drop_outcome, outcome=_outcome(commission, code), by=request.user)
    return press(request, drop, done="The outcome is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def cite_commitments(request: Request, reference: str, code: str) -> HttpResponse:
    """Say which commitments an outcome follows from."""
    commission = editable(request, reference)
    found = _outcome(commission, code)
    initial = {
        "commitments": [str(one.pk) for one in found.commitments.all()],
        "findings": [str(one.pk) for one in found.findings.all()],
    }
    form = CitationForm(
        sent(request),
        initial=initial,
        commitments=list(policies.commitments(commission)),
        findings=list(findings.findings(commission)),
    )
    return ask_and_do(
        request,
        form,
        partial(policies_commands.cite_commitments, outcome=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(commission, f"What {found.name} follows from", "Save"),
    )


@requires(Permission.COMMISSION_EDIT)
def add_indicator(request: Request, reference: str, code: str) -> HttpResponse:
    """Set down how one can tell."""
    commission = editable(request, reference)
    found = _outcome(commission, code)

    def define(*, name: str, definition: str, unit: str, polarity: str) -> Indicator:
        return commands.define_indicator(
            outcome=found, code=queries.free_indicator_code(name), name=name, definition=definition, unit=unit,
            decimals=0, polarity=polarity, by=request.user,
        )  # fmt: skip

    return ask_and_do(
        request,
        IndicatorForm(request.POST or None),
        define,
        done="The indicator is set. Add its baseline, target and floor.",
        then=reverse("edit_measures", args=[reference]),
        page=presenters.step(commission, f"How one can tell: {found.name}", "Add the indicator"),
    )


@requires(Permission.COMMISSION_EDIT)
def indicator(request: Request, reference: str, code: str) -> HttpResponse:
    """Correct an indicator, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.indicators_of(commission), pk=code)
    said = {name: getattr(found, name) for name in ("name", "definition", "unit", "polarity")}
    return ask_and_do(
        request,
        IndicatorForm(request.POST or None, initial=said),
        partial(commands.change_indicator, indicator=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(commission, found.name, "Save", drop=reverse("drop_indicator", args=[reference, code])),
        template=ITEM,
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_indicator(request: Request, reference: str, code: str) -> HttpResponse:
    """Take an indicator out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.indicators_of(commission), pk=code)
    drop = partial(commands.drop_indicator, indicator=found, by=request.user)
    return press(request, drop, done="The indicator is out.", then=presenters.room(commission))


def _outcome(commission: Commission, code: str) -> Outcome:
    return get_object_or_404(queries.outcomes_of(commission), pk=code)

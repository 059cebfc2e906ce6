"""What a commissioning officer does to an equality impact assessment, a page to each."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.commissioning.commands import equality as commands
from trellis.commissioning.commands import equality_signing as signing
from trellis.commissioning.forms import equality as forms
from trellis.commissioning.models import Commission, EqualityAssessment
from trellis.commissioning.presenters import commissions as commission_pages
from trellis.commissioning.presenters import equality as presenters
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.views.commissions import editable
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do
from trellis.web.forms import Form, sent


@requires(Permission.COMMISSION_EDIT)
def begin_assessment(request: Request, reference: str) -> HttpResponse:
    """Begin the first version."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        forms.BeginForm(request.POST or None, initial=_begins(commission)),
        partial(commands.begin_assessment, commission=commission, by=request.user),
        done="The assessment is begun. Look at each group next.",
        then=_home(commission),
        page=commission_pages.page(commission, "Begin the equality impact assessment", "Begin it"),
    )


def _begins(commission: Commission) -> dict[str, Any]:
    """What the commission says already."""
    said = {"title": commission.title, "aims": commission.purpose, "responsible": commission.owner.name}
    return said | {"assessed_on": clock.today()}


@requires(Permission.COMMISSION_EDIT)
def describe_assessment(request: Request, reference: str, version: int) -> HttpResponse:
    """What is to be decided, and the impact in short."""
    row = _version(request, reference, version)
    initial = {name: getattr(row, name) for name in forms.DescribeForm.base_fields}
    form = forms.DescribeForm(request.POST or None, initial=initial)
    return _ask(request, row, form, partial(commands.describe_assessment, assessment=row, by=request.user),
                "What is to be decided, and the impact in short", "Save")  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def rate_groups(request: Request, reference: str, version: int) -> HttpResponse:
    """How each group may be affected."""
    row = _version(request, reference, version)
    content, duty = queries.content(row), queries.duty(row.assessed_on)
    form = forms.ScreeningForm(sent(request), duty=duty, initial=forms.rated(content))

    def rate(**_: str) -> None:
        commands.rate_groups(assessment=row, ratings=form.ratings, by=request.user)

    return _ask(request, row, form, rate, "Screen each group", "Save",
                template="commissioning/equality/screening.html")  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def consider_limbs(request: Request, reference: str, version: int) -> HttpResponse:
    """What regard is had to each limb of the duty."""
    row = _version(request, reference, version)
    duty = queries.duty(row.assessed_on)
    form = forms.LimbsForm(sent(request), limbs=duty.limbs, initial=dict(queries.content(row).limbs))

    def consider(**commentaries: str) -> None:
        commands.consider_limbs(assessment=row, commentaries=commentaries, by=request.user)

    intro = f"Say what regard is had to each. {duty.groups[duty.first_limb_only]} counts for the first limb alone."
    return _ask(request, row, form, consider, "The three limbs of the duty", "Save", intro=intro)


@requires(Permission.COMMISSION_EDIT)
def assess_fully(request: Request, reference: str, version: int) -> HttpResponse:
    """The full assessment."""
    row = _version(request, reference, version)
    initial = {name: getattr(row, name) for name in forms.FullForm.base_fields}
    form = forms.FullForm(request.POST or None, initial=initial)
    return _ask(request, row, form, partial(commands.assess_fully, assessment=row, by=request.user),
                "Full assessment", "Save")  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def add_equality_evidence(request: Request, reference: str, version: int) -> HttpResponse:
    """What is known, from where, since when."""
    row = _version(request, reference, version)
    form = forms.EvidenceForm(request.POST or None, groups=queries.duty(row.assessed_on).groups)
    return _ask(request, row, form, partial(commands.add_evidence, assessment=row, by=request.user),
                "Add evidence", "Add it", template="commissioning/equality/evidence.html", assessment=row)  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def add_area_figure(request: Request, reference: str, version: int) -> HttpResponse:
    """A published count of people as evidence."""
    row = _version(request, reference, version)
    figures = {str(one.pk): one for one in queries.area_figures(row)}
    offered = [(number, f"{one.measure}, {one.district}: {one.people:,}") for number, one in figures.items()]
    form = forms.AreaFigureForm(request.POST or None, figures=offered)

    def add(figure: str) -> None:
        commands.add_area_figure(assessment=row, figure=figures[figure], by=request.user)

    intro = "" if figures else "No published figures are loaded that were known on the day of the assessment."
    return _ask(request, row, form, add, "Add a published figure", "Add it", intro=intro)


@requires(Permission.COMMISSION_EDIT)
def drop_equality_evidence(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Take a piece of evidence out."""
    row = _version(request, reference, version)
    found = get_object_or_404(queries.evidence(row), pk=number)
    return _ask(request, row, Form(sent(request)), partial(commands.drop_evidence, evidence=found, by=request.user),
                "Take this evidence out", "Take it out", intro=found.statement)  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def plan_equality_action(request: Request, reference: str, version: int) -> HttpResponse:
    """What is done about an impact."""
    row = _version(request, reference, version)
    form = forms.ActionForm(request.POST or None, groups=queries.duty(row.assessed_on).groups)
    return _ask(request, row, form, partial(commands.plan_action, assessment=row, by=request.user),
                "Plan an action", "Add it to the plan")  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def drop_equality_action(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Take an action out of a draft's plan."""
    row = _version(request, reference, version)
    found = get_object_or_404(queries.actions(row), pk=number)
    return _ask(request, row, Form(sent(request)), partial(commands.drop_action, action=found, by=request.user),
                "Take this action out", "Take it out", intro=found.action)  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def follow_up_action(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """When an action was done, and what came of it."""
    row = _version(request, reference, version)
    found = get_object_or_404(queries.actions(row), pk=number)
    form = forms.FollowUpForm(request.POST or None)
    return _ask(request, row, form, partial(signing.follow_up_action, action=found, by=request.user),
                "What came of this action", "Save", intro=found.action)  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def attest_assessment(request: Request, reference: str, version: int) -> HttpResponse:
    """Write down that one of the two attests it."""
    row = _version(request, reference, version)
    left = queries.capacities_left(row)
    form = forms.AttestForm(
        request.POST or None, initial={"attested_on": clock.today(), "capacity": left[0] if len(left) == 1 else ""}
    )
    intro = "Two different people attest it. After the first its text waits unchanged; after the second it is public."
    done = "It is attested by two, and public." if len(left) == 1 else "One has attested it. Now the other has to."
    return _ask(request, row, form, partial(signing.attest_assessment, assessment=row, by=request.user),
                "Attest the assessment", "Attest it", done=done, intro=intro)  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def reopen_assessment(request: Request, reference: str, version: int) -> HttpResponse:
    """Make it a draft again, while only one has attested it."""
    row = _version(request, reference, version)
    form = forms.ReopenForm(request.POST or None)
    return _ask(request, row, form, partial(signing.reopen_assessment, assessment=row, by=request.user),
                "Open it again", "Open it again", intro="The first attestation is taken back.")  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def begin_new_version(request: Request, reference: str, version: int) -> HttpResponse:
    """Copy an attested version into a new draft."""
    row = _version(request, reference, version)
    form = forms.NewVersionForm(request.POST or None)
    intro = "Everything is copied but what has been done of the action plan. What was attested stays as it is."
    return _ask(request, row, form, partial(signing.begin_new_version, assessment=row, by=request.user),
                "Begin a new version", "Begin it", intro=intro)  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def log_due_regard(request: Request, reference: str, version: int) -> HttpResponse:
    """What a body considered when the assessment was before it."""
    row = _version(request, reference, version)
    form = forms.DueRegardForm(request.POST or None)
    return _ask(request, row, form, partial(signing.log_due_regard, assessment=row, by=request.user),
                "Log due regard", "Add it to the log",
                intro="The duty lies on each body at its own step: write down what it considered.")  # fmt: skip


def _ask(
    request: Request, row: EqualityAssessment, form: Form, do: Any, title: str, button: str,
    template: str = "layouts/act.html", done: str = "Saved.", **more: Any,
) -> HttpResponse:  # fmt: skip
    page = presenters.act_page(row, title, button, **more)
    return ask_and_do(request, form, do, done=done, then=_home(row.commission), page=page, template=template)


def _version(request: Request, reference: str, version: int) -> EqualityAssessment:
    return get_object_or_404(queries.assessments(editable(request, reference)), version=version)


def _home(commission: Commission) -> str:
    return reverse("commission_equality", args=[commission.reference])

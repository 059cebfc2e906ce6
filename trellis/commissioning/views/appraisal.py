"""An appraisal: its steps, its long list and its money, and opening, trying and concluding it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import appraisal as commands
from trellis.commissioning.commands import appraisal_options as options
from trellis.commissioning.forms import appraisal as forms
from trellis.commissioning.models import Appraisal, Commission
from trellis.commissioning.presenters import appraisal as presenters
from trellis.commissioning.presenters.commissions import trail
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.queries import market
from trellis.commissioning.views import commissions
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent


def visible(request: Request, reference: str, version: int) -> Appraisal:
    """A version of the appraisal of a commission that the visitor may see, or 404."""
    rows = queries.appraisals_visible_to(request.user)
    return get_object_or_404(rows, commission__reference=reference, version=version)


def editable(request: Request, reference: str, version: int) -> Appraisal:
    """A version of the appraisal of a commission that the visitor may change, or 404; a command says if it is over."""
    rows = queries.appraisals_editable_by(request.user)
    return get_object_or_404(rows, commission__reference=reference, version=version)


def can_edit(request: Request, appraisal: Appraisal) -> bool:
    """Whether the page offers to change anything."""
    return appraisal.is_draft and queries.appraisals_editable_by(request.user).filter(pk=appraisal.pk).exists()


@requires(Permission.COMMISSION_VIEW)
def appraisal(request: Request, reference: str) -> HttpResponseBase:
    """The newest version; before there is one, what an appraisal is."""
    commission = commissions.visible(request, reference)
    newest = queries.latest(commission)
    if newest is not None:
        return _show(request, newest)
    may_open = commissions.may_edit(request, commission)
    context = {"commission": commission, "may_open": may_open, "breadcrumbs": trail(commission)}
    return render(request, "commissioning/appraisal/none.html", context)


@requires(Permission.COMMISSION_VIEW)
def appraisal_version(request: Request, reference: str, version: int) -> HttpResponseBase:
    """One version, be it old or new."""
    return _show(request, visible(request, reference, version))


@requires(Permission.COMMISSION_EDIT)
def open_appraisal(request: Request, reference: str) -> HttpResponse:
    """Begin the appraisal, or a new version of it."""
    commission = commissions.editable(request, reference)
    last = queries.latest(commission)
    return ask_and_do(
        request,
        _open_form(request, commission, last),
        partial(commands.open_appraisal, commission=commission, by=request.user),
        done="The appraisal is open.",
        then=lambda made: presenters.address("appraisal_version", made),
        page={
            "title": "Open a new version" if last else "Begin the appraisal",
            "button": "Open a new version" if last else "Begin the appraisal",
            "intro": "It begins as a copy of the last."
            if last
            else "Business as usual and do-minimum are on its list.",
            "cancel": reverse("appraisal", args=[reference]),
            "breadcrumbs": trail(commission),
        },
    )


def _open_form(request: Request, commission: Commission, last: Appraisal | None) -> forms.OpenForm:
    if last:
        return forms.NewVersionForm(sent(request), initial={"is_illustrative": last.is_illustrative})
    return forms.BeginForm(sent(request), models=[one.name[:80] for one in market.models(commission)])


@requires(Permission.COMMISSION_VIEW)
def appraisal_options(request: Request, reference: str, version: int) -> HttpResponseBase:
    """The long list, the success factors and the money."""
    found = visible(request, reference, version)
    may = can_edit(request, found)
    tables = (
        presenters.options_table(request, found, can_edit=may),
        presenters.money_table(request, found, can_edit=may),
    )
    for table in tables:
        if table.wants_csv:
            return table.csv_response()
    context = _context(found, may, tables=tables, factors=list(found.factors.all()))
    return render(request, "commissioning/appraisal/options.html", context)


@requires(Permission.COMMISSION_EDIT)
def add_option(request: Request, reference: str, version: int) -> HttpResponse:
    """Put an option on the long list."""
    found = editable(request, reference, version)
    do = partial(options.add_option, appraisal=found, by=request.user)
    return _ask(request, found, forms.OptionForm(sent(request)), do, "Add an option", "Add the option")


@requires(Permission.COMMISSION_EDIT)
def describe_option(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Change what an option is called and what it is."""
    found = editable(request, reference, version)
    option = get_object_or_404(queries.long_list(found), pk=number)
    form = forms.OptionForm(sent(request), initial={"name": option.name, "description": option.description})
    do = partial(options.describe_option, option=option, by=request.user)
    return _ask(request, found, form, do, f"Describe {option.name}", "Save")


@requires(Permission.COMMISSION_EDIT)
def judge_option(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Hold an option against the success factors and say what becomes of it."""
    found = editable(request, reference, version)
    option = get_object_or_404(queries.long_list(found), pk=number)
    initial = {f"factor_{each.factor_id}": each.verdict for each in option.judgements.all()}
    form = forms.JudgeForm(
        sent(request),
        factors=found.factors.all(),
        initial=initial | {"fate": option.fate, "reason": option.fate_reason},
    )

    def judge(*, fate: str, reason: str, **_verdicts: str) -> None:
        options.judge_option(option=option, verdicts=form.verdicts(), fate=fate, reason=reason, by=request.user)

    return _ask(
        request, found, form, judge, f"Judge {option.name}", "Save",
        template="commissioning/appraisal/judge.html", option=option,
    )  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
@require_POST
def remove_option(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Take an option off the long list."""
    found = editable(request, reference, version)
    option = get_object_or_404(queries.long_list(found), pk=number)
    do = partial(options.remove_option, option=option, by=request.user)
    done = f"{option.name} is off the long list."
    return press(request, do, done=done, then=presenters.address("appraisal_options", found))


@requires(Permission.COMMISSION_EDIT)
def option_money(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Say what an option does with a year's money."""
    found = editable(request, reference, version)
    option = get_object_or_404(queries.long_list(found), pk=number)
    names = ("yearly_value", "management_cost", "organisations_reached", "basis", "is_illustrative")
    last = queries.last_money(found)
    if hasattr(option, "money"):
        initial = {name: getattr(option.money, name) for name in names}
    else:  # the options mostly do with the same sum, from one estimate
        initial = {name: getattr(last, name) for name in ("yearly_value", "basis", "is_illustrative") if last}
    do = partial(options.set_money, option=option, by=request.user)
    return _ask(request, found, forms.MoneyForm(sent(request), initial=initial), do, f"Money of {option.name}", "Save")


@requires(Permission.COMMISSION_EDIT)
def add_factor(request: Request, reference: str, version: int) -> HttpResponse:
    """Add a success factor of the appraisal's own."""
    found = editable(request, reference, version)
    do = partial(options.add_factor, appraisal=found, by=request.user)
    return _ask(request, found, forms.FactorForm(sent(request)), do, "Add a success factor", "Add the success factor")


@requires(Permission.COMMISSION_EDIT)
@require_POST
def remove_factor(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Take a success factor out."""
    found = editable(request, reference, version)
    factor = get_object_or_404(found.factors, pk=number)
    do = partial(options.remove_factor, factor=factor, by=request.user)
    done = f"{factor.name} is taken out."
    return press(request, do, done=done, then=presenters.address("appraisal_options", found))


def _show(request: Request, found: Appraisal) -> HttpResponseBase:
    commission: Commission = found.commission
    editor = queries.appraisals_editable_by(request.user).filter(pk=found.pk).exists()
    versions = list(queries.versions(commission))
    missing = queries.missing_to_conclude(found) if found.is_draft else []
    is_tried = not missing and queries.current_trial(found) is not None
    context = _context(
        found,
        editor and found.is_draft,
        tasks=presenters.tasks(found),
        versions=versions,
        missing=missing,
        is_tried=is_tried,
        may_reopen=editor and not versions[0].is_draft,
        breadcrumbs=trail(commission),
    )
    return render(request, "commissioning/appraisal/appraisal.html", context)


def _context(found: Appraisal, may: bool, **more: Any) -> dict[str, Any]:
    return {
        "appraisal": found,
        "can_edit": may,
        "status": presenters.status(found),
        "caption": f"{found.commission.title}, version {found.version}",
        "breadcrumbs": presenters.crumbs(found),
        **more,
    }


def _ask(
    request: Request, found: Appraisal, form: Any, do: Any, title: str, button: str, *, template: str = "", **more: Any
) -> HttpResponse:
    """A page that does one thing to the long list and comes back to it."""
    return ask_and_do(
        request, form, do, done="Saved.", then=presenters.address("appraisal_options", found),
        page=presenters.page(found, title, button, back="appraisal_options", **more),
        template=template or "layouts/act.html",
    )  # fmt: skip

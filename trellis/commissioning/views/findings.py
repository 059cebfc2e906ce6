"""The findings of a commission: what there is to find from, what was found, and the words that may be quoted."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import findings as commands
from trellis.commissioning.forms.findings import FindingForm, QuoteForm
from trellis.commissioning.models import Commission, Finding
from trellis.commissioning.presenters import findings as presenters
from trellis.commissioning.queries import findings as queries
from trellis.commissioning.queries import outcomes
from trellis.commissioning.queries import themes as texts
from trellis.commissioning.views.commissions import editable, may_edit, visible
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press


@requires(Permission.COMMISSION_VIEW)
def findings(request: Request, reference: str) -> HttpResponseBase:
    """Findings, consultations, notes and themes of a commission."""
    commission = visible(request, reference)
    can_edit = may_edit(request, commission)
    tables = presenters.tables(request, commission, can_edit=can_edit)
    for table in tables.values():
        if table.wants_csv:
            return table.csv_response()
    context = {
        "commission": commission,
        "tables": tables,
        "can_edit": can_edit,
        "left": presenters.left_to_code(commission),
        "breadcrumbs": presenters.trail(commission),
    }
    return render(request, "commissioning/findings/findings.html", context)


@requires(Permission.COMMISSION_VIEW)
def finding(request: Request, reference: str, finding: int) -> HttpResponse:
    """One finding: its evidence as officers see it and as it may be published, its quotes, what could be quoted."""
    commission = visible(request, reference)
    found = _finding(commission, finding)
    context = {
        "finding": found,
        "people": queries.people_behind(found),
        "published": next(one for one in queries.evidence(commission, clock.today()) if one.number == found.number),
        "heard": queries.notes_behind(found),
        "quotes": queries.quotes(found),
        "texts": [(presenters.text_kind(text), text, texts.source_words(text)) for text in queries.texts_behind(found)],
        "can_edit": may_edit(request, commission),
        "commission": commission,
        "breadcrumbs": presenters.below(commission),
    }
    return render(request, "commissioning/findings/finding.html", context)


@requires(Permission.COMMISSION_EDIT)
def state_finding(request: Request, reference: str) -> HttpResponse:
    """Set down a finding."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        _form(request, commission),
        partial(commands.state_finding, commission=commission, by=request.user),
        done="The finding is stated.",
        then=presenters.finding_url,
        page=presenters.page(commission, "State a finding", "State it"),
    )


@requires(Permission.COMMISSION_EDIT)
def change_finding(request: Request, reference: str, finding: int) -> HttpResponse:
    """Put it in other words, or on other themes."""
    commission = editable(request, reference)
    found = _finding(commission, finding)
    return ask_and_do(
        request,
        _form(request, commission, found),
        partial(commands.change_finding, finding=found, outcomes=(), by=request.user),
        done="Saved.",
        then=presenters.finding_url(found),
        page=presenters.page(commission, f"Finding {found.number}", "Save", cancel=presenters.finding_url(found)),
    )


@requires(Permission.COMMISSION_EDIT)
def choose_quote(request: Request, reference: str, finding: int, kind: str, text: int) -> HttpResponse:
    """Edit words of an answer or a note so that anyone may read them."""
    commission = editable(request, reference)
    found = _finding(commission, finding)
    source = texts.text(commission, kind, text)
    if source is None:
        raise Http404
    return ask_and_do(
        request,
        QuoteForm(request.POST or None, initial={"words": source.text[:500]}),
        partial(commands.choose_quote, finding=found, text=source, by=request.user),
        done="The quote stands with the finding.",
        then=presenters.finding_url(found),
        page=presenters.page(
            commission, "Edit a quote", "Use this quote", source=source, cancel=presenters.finding_url(found)
        ),
        template="commissioning/findings/quote.html",
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_quote(request: Request, reference: str, finding: int, quote: int) -> HttpResponse:
    """Publish a quote no more."""
    found = _finding(editable(request, reference), finding)
    chosen = get_object_or_404(queries.quotes(found), pk=quote)
    drop = partial(commands.drop_quote, quote=chosen, by=request.user)
    return press(request, drop, done="The quote is gone.", then=presenters.finding_url(found))


def _finding(commission: Commission, number: int) -> Finding:
    return get_object_or_404(queries.findings(commission), number=number)


def _form(request: Request, commission: Commission, found: Finding | None = None) -> FindingForm:
    initial = {}
    if found:
        initial = {
            "statement": found.statement,
            "explanation": found.explanation,
            "themes": [str(theme.pk) for theme in found.themes.all()],
            "outcomes": [outcome.code for outcome in found.outcomes.all()],
        }
    return FindingForm(
        request.POST or None,
        initial=initial,
        themes=list(texts.themes(commission)),
        outcomes=list(outcomes.outcomes_of(commission)),
    )

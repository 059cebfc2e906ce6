"""The report on a decision: written by the authority's people, its published versions for anybody."""

from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.core.permissions import Permission, public, requires
from trellis.decisions.commands import reports as commands
from trellis.decisions.forms import reports as forms
from trellis.decisions.models import Report, ReportVersion
from trellis.decisions.presenters import report_comparison
from trellis.decisions.presenters import reports as presenters
from trellis.decisions.presenters.report_files import TYPES, Edition, file_of
from trellis.decisions.queries import pathway as pathway_queries
from trellis.decisions.queries import reports as queries
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent


@public
def report(request: Request, reference: str) -> HttpResponseBase:
    """The latest version that the visitor may see; the authority's people start at the draft."""
    rows = queries.versions_visible_to(request.user)
    row = rows.filter(report__decision__reference=_number(reference), publication__isnull=False).first()
    if row is None:
        found = pathway_queries.decision(_number(reference))
        if found and queries.is_inside(request.user, found) and queries.report_on(found):
            return redirect("draft_report", reference=reference)
        raise Http404
    return render(request, "decisions/report/version.html", presenters.version_page(row, request.user))


@requires(Permission.DECISION_DRAFT)
@require_POST
def open_report(request: Request, reference: str) -> HttpResponse:
    """Begin the report on a decision."""
    decision = get_object_or_404(pathway_queries.decisions_drafted_by(request.user), reference=_number(reference))
    begin = partial(commands.open_report, decision=decision, by=request.user)
    then = reverse("draft_report", args=[reference])
    return press(request, begin, done="The report is open, as the data have it now.", then=then)


@requires(Permission.DECISION_VIEW)
def draft_report(request: Request, reference: str) -> HttpResponse:
    """The report as the data have it now; while there is none, a page to begin it."""
    decision = get_object_or_404(pathway_queries.decisions_of(request.user), reference=_number(reference))
    found = queries.report_on(decision)
    if found is None:
        return render(request, "decisions/report/begin.html", presenters.begin_page(decision, request.user))
    return render(request, "decisions/report/draft.html", presenters.draft_page(found, request.user))


@requires(Permission.DECISION_DRAFT)
def write_paragraph(request: Request, reference: str, key: str) -> HttpResponse:
    """Write one paragraph differently."""
    found = _drafted(request, reference)
    live = queries.paper(found)
    paragraph = live.paragraphs().get(key)
    if paragraph is None:
        raise Http404
    form = forms.ParagraphForm(sent(request), initial={"text": paragraph.template, "seen": paragraph.template})
    return ask_and_do(
        request,
        form,
        partial(commands.write_paragraph, report=found, key=key, by=request.user),
        done="The paragraph is saved.",
        then=f"{_home(found)}#section-{key.rpartition('-')[0]}",
        page=presenters.paragraph_page(found, key, live),
        template="decisions/report/paragraph.html",
    )


@requires(Permission.DECISION_DRAFT)
@require_POST
def restore_paragraph(request: Request, reference: str, key: str) -> HttpResponse:
    """Put the generated words back."""
    found = _drafted(request, reference)
    restore = partial(commands.restore_paragraph, report=found, key=key, by=request.user)
    return press(request, restore, done="The paragraph is as it was generated.", then=_home(found))


@requires(Permission.DECISION_DRAFT)
def make_version(request: Request, reference: str) -> HttpResponse:
    """Keep the report as it stands now."""
    found = _drafted(request, reference)
    return ask_and_do(
        request,
        forms.VersionForm(sent(request)),
        partial(commands.make_version, report=found, by=request.user),
        done=lambda made: f"Version {made.number} is made.",
        then=lambda made: reverse("report_version", args=[reference, made.number]),
        page={
            "title": "Make a version",
            "intro": "It keeps every word and figure as they are now. Nothing in it changes any more.",
            "button": "Make the version",
            "cancel": _home(found),
            "breadcrumbs": presenters.trail(found.decision, presenters.to_draft(found)),
        },
    )


@public
def report_version(request: Request, reference: str, version: int) -> HttpResponse:
    """One version as it stands for good."""
    row = _version(request, reference, version)
    return render(request, "decisions/report/version.html", presenters.version_page(row, request.user))


@public
def report_file(request: Request, reference: str, version: int, kind: str) -> HttpResponse:
    """A version as a PDF or a Word file; its HTML is its page."""
    if kind not in ("pdf", "docx"):
        raise Http404
    row = _version(request, reference, version)
    edition = Edition(queries.version(row).paper, presenters.state_of(row), row.digest, row.made_at)
    disposition = f'{"attachment" if kind == "docx" else "inline"}; filename="{edition.name}-v{version}.{kind}"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(file_of(edition, kind), content_type=TYPES[kind], headers=headers)


@requires(Permission.DECISION_RECORD)
@require_POST
def publish_report(request: Request, reference: str, version: int) -> HttpResponse:
    """Let anybody read a version."""
    found = get_object_or_404(queries.reports_published_by(request.user), decision__reference=_number(reference))
    row = get_object_or_404(queries.versions(found), number=version)
    publish = partial(commands.publish_version, version=row, by=request.user)
    return press(request, publish, done=f"Version {version} is published: anybody can read it.", then=_home(found))


@public
def compare_reports(request: Request, reference: str) -> HttpResponse:
    """Two versions side by side: `?from=1&to=2`; the last two when nothing is asked."""
    rows = list(queries.versions_visible_to(request.user).filter(report__decision__reference=_number(reference)))
    if not rows:
        raise Http404
    page = report_comparison.page(rows, request.GET.get("from", ""), request.GET.get("to", ""), request.user)
    return render(request, "decisions/report/compare.html", page)


def _number(reference: str) -> str:
    """16-00051 as the decision has it: 16/00051."""
    return reference.replace("-", "/", 1)


def _drafted(request: Request, reference: str) -> Report:
    return get_object_or_404(queries.reports_drafted_by(request.user), decision__reference=_number(reference))


def _version(request: Request, reference: str, number: int) -> ReportVersion:
    rows = queries.versions_visible_to(request.user).filter(report__decision__reference=_number(reference))
    return get_object_or_404(rows, number=number)


def _home(found: Report) -> str:
    return reverse("draft_report", args=[found.decision.slug])

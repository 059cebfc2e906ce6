"""Equality impact assessments to read: of a commission, a version, two versions, and the public page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.commissioning.models import Commission, EqualityAssessment
from trellis.commissioning.presenters import equality as presenters
from trellis.commissioning.presenters.commissions import trail
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.rules import equality as rules
from trellis.commissioning.views.commissions import may_edit, visible
from trellis.core import clock
from trellis.core.permissions import Permission, public, requires
from trellis.web import documents

PDF = "commissioning/equality/assessment_pdf.html"


@requires(Permission.COMMISSION_VIEW)
def commission_equality(request: Request, reference: str) -> HttpResponseBase:
    """The versions of a commission's assessment, what the newest lacks, and the log of due regard."""
    commission = visible(request, reference)
    rows = list(queries.assessments(commission))
    table = presenters.versions_table(request, rows)
    if table.wants_csv:
        return table.csv_response()
    newest = rows[0] if rows else None
    seen = presenters.document(newest, clock.today()) if newest else None
    lacks = rules.missing(seen.content, queries.duty(newest.assessed_on)) if newest and seen else []
    context = {
        "commission": commission,
        "can_edit": may_edit(request, commission),
        "newest": newest,
        "lacks": lacks if newest and newest.status == "draft" else [],
        "tasks": presenters.tasks(seen, lacks) if seen else [],
        "versions": table,
        "count": len(rows),
        "regard": presenters.regard_events(list(queries.regard(commission))),
        "attested": queries.latest_attested(commission),
        "status": presenters.status_of(newest) if newest else None,
        "breadcrumbs": trail(commission),
    }
    return render(request, "commissioning/equality/equality.html", context)


@requires(Permission.COMMISSION_VIEW)
def equality_version(request: Request, reference: str, version: int) -> HttpResponseBase:
    """One version in full."""
    row = _version(visible(request, reference), version)
    can_edit = may_edit(request, row.commission)
    context = _document(request, row, can_edit=can_edit)
    for table in context["tables"].values():
        if table.wants_csv:
            return table.csv_response()
    crumbs = presenters.equality_trail(row)[:-1]
    context |= {"can_edit": can_edit, "status": presenters.status_of(row), "breadcrumbs": crumbs}
    return render(request, "commissioning/equality/version.html", context)


@requires(Permission.COMMISSION_VIEW)
def equality_version_pdf(request: Request, reference: str, version: int) -> HttpResponse:
    """One version on paper, attested or not: it says which."""
    row = _version(visible(request, reference), version)
    return documents.pdf_response(PDF, {"seen": presenters.document(row, clock.today())}, row.reference)


@requires(Permission.COMMISSION_VIEW)
def compare_versions(request: Request, reference: str, before: int, after: int) -> HttpResponse:
    """Two versions side by side, with what differs marked."""
    commission = visible(request, reference)
    first, second = _version(commission, before), _version(commission, after)
    context = {
        "commission": commission,
        "first": first,
        "second": second,
        "differences": queries.compared(first, second),
        "breadcrumbs": presenters.equality_trail(second),
    }
    return render(request, "commissioning/equality/compare.html", context)


@public
def public_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """An attested assessment, for anyone."""
    context = _document(request, _published(reference), can_edit=False)
    for table in context["tables"].values():
        if table.wants_csv:
            return table.csv_response()
    return render(request, "commissioning/equality/public.html", context)


@public
def public_assessment_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same on paper."""
    row = _published(reference)
    return documents.pdf_response(PDF, {"seen": presenters.document(row, clock.today())}, row.reference)


def _document(request: HttpRequest, row: EqualityAssessment, *, can_edit: bool) -> dict[str, Any]:
    seen = presenters.document(row, clock.today(), can_edit=can_edit)
    return {"seen": seen, "row": row, "tables": presenters.tables(request, seen)}


def _version(commission: Commission, version: int) -> EqualityAssessment:
    return get_object_or_404(queries.assessments(commission), version=version)


def _published(reference: str) -> EqualityAssessment:
    row = queries.published(reference)
    if row is None:
        raise Http404
    return row

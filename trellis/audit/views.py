"""Pages of the audit."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.audit import presenters, queries
from trellis.audit.forms import LogFilters
from trellis.core.permissions import Permission, requires


@requires(Permission.AUDIT_VIEW)
def audit_log(request: HttpRequest) -> HttpResponseBase:
    """Who did what, to search and export, and whether the record is whole."""
    form = LogFilters(request.GET)
    table = presenters.log_table(request, form)
    if table.wants_csv:
        return table.csv_response()
    page = {"form": form, "table": table, "checked": queries.last_checked(), "narrowed": presenters.is_narrowed(form)}
    return render(request, "audit/log.html", page)


@requires(Permission.AUDIT_VIEW)
def audit_entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with its facts, its detail if it is still kept, and its place in the chain."""
    entry = get_object_or_404(queries.entries().select_related("link", "detail"), pk=number)
    return render(request, "audit/entry.html", presenters.entry_page(entry))

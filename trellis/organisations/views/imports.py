"""Bringing a list in: send it, say what its columns mean, see what it would do, confirm, watch, read the report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from trellis.core.actors import person
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.organisations.forms.imports import ColumnsForm, UploadForm
from trellis.organisations.imports import lists
from trellis.organisations.models import ImportRun
from trellis.organisations.presenters import imports as presenters
from trellis.organisations.queries import imports as queries

Status = ImportRun.Status


@requires(Permission.REGISTER_IMPORT)
def import_lists(request: HttpRequest) -> HttpResponseBase:
    """Every list that was brought in, and the way to bring in another."""
    table = presenters.imports_table(request)
    if table.wants_csv:
        return table.csv_response()
    return render(request, "organisations/import_lists.html", {"table": table})


@requires(Permission.REGISTER_IMPORT)
def import_list(request: HttpRequest) -> HttpResponse:
    """Send a list."""
    form = UploadForm(request.POST or None, request.FILES or None, sources=queries.sources())
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = lists.upload_list(
                upload=file, file_name=file.name, source=form.cleaned_data["source"], by=person(request)
            )
            return redirect("import_run", reference=run.reference)
        except RuleBroken as refusal:
            form.refuse(refusal)
    return render(request, "organisations/import_list.html", {"form": form, "button": "Send this list"})


@requires(Permission.REGISTER_IMPORT)
def import_run(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One import, wherever it is: its columns, what it would do, how far it is, what it did."""
    run = get_object_or_404(queries.imports(), reference=reference)
    if run.status == Status.MAPPING or (run.status == Status.CHECKED and "columns" in request.GET):
        return _columns(request, run)
    if run.status in (Status.WAITING, Status.RUNNING):
        return render(request, "organisations/import_running.html", presenters.running(run))
    table = presenters.refusals_table(request, run)
    if table.wants_csv:
        return table.csv_response()
    is_checked = run.status == Status.CHECKED
    template = "organisations/import_checked.html" if is_checked else "organisations/import_ended.html"
    return render(request, template, presenters.page(run) | {"table": table})


@requires(Permission.REGISTER_IMPORT)
@require_POST
def confirm_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring a checked list in."""
    run = get_object_or_404(queries.imports(), reference=reference)
    try:
        lists.confirm_list(run=run, by=person(request))
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
    return redirect("import_run", reference=reference)


def _columns(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Say what the columns mean."""
    sheet = queries.sheet(run)
    form = ColumnsForm(
        request.POST or None, heading=sheet.heading, samples=sheet.samples(), meanings=run.mapping
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            lists.check_list(run=run, columns=form.meanings, by=person(request))
            return redirect("import_run", reference=run.reference)
        except RuleBroken as refusal:
            form.refuse(refusal)
    context = presenters.page(run) | {"form": form, "sheet": sheet, "button": "Check this list"}
    return render(request, "organisations/import_columns.html", context)

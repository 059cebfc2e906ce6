"""Bringing lists in: send them, see what each would do, confirm, watch, read the report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from trellis.core.actors import person
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.organisations.forms.imports import ColumnsForm, ReadingForm, UploadForm
from trellis.organisations.imports import reading, uploads
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import ImportRun
from trellis.organisations.presenters import import_reports as reports
from trellis.organisations.presenters import imports as presenters
from trellis.organisations.queries import imports as queries
from trellis.web.forms import sent
from trellis.web.words import counted

Status = ImportRun.Status


@requires(Permission.REGISTER_IMPORT)
def import_lists(request: HttpRequest) -> HttpResponseBase:
    """Lists that wait for somebody's word, every list that was brought in, and the way to bring in more."""
    waiting, others = presenters.waiting_table(request), presenters.imports_table(request)
    for table in (waiting, others):
        if table.wants_csv:
            return table.csv_response()
    may = person(request).can
    leads_to = {"links": may(Permission.REGISTER_LINK), "keeps": may(Permission.REGISTER_KEEP)}
    context = {"waiting": waiting, "table": others} | leads_to | presenters.waiting_words(request)
    return render(request, "organisations/import_lists.html", context)


@requires(Permission.REGISTER_IMPORT)
def import_list(request: HttpRequest) -> HttpResponse:
    """Send lists. Once one of them is kept, the answer is another page: sent again, it would wait twice."""
    form = UploadForm(sent(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        runs, refused = [], []
        for file in form.cleaned_data["file"]:
            try:
                runs.append(uploads.upload_list(upload=file, file_name=file.name, by=person(request)))
            except RuleBroken as refusal:
                refused.append(f"{file.name}: {refusal.sentence}")
        if len(runs) == 1 and not refused:
            return redirect("import_run", reference=runs[0].reference)
        if runs:
            kept = f"the other {counted(len(runs), 'list')}" if refused else counted(len(runs), "list")
            messages.success(request, f"We have {kept}. Nothing has changed in the register yet.")
            for sentence in refused:
                messages.error(request, sentence)
            return redirect("import_lists")
        for sentence in refused:
            form.add_error("file", sentence)
    context = {"form": form, "button": "Send", "breadcrumbs": presenters.breadcrumbs()}
    return render(request, "organisations/import_list.html", context)


@requires(Permission.REGISTER_IMPORT)
def import_run(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One import, wherever it is: its columns, what it would do, how far it is, what it did."""
    run = get_object_or_404(queries.imports(), reference=reference)
    if run.source.recorded_at is None and run.status in queries.FOR_YOU:
        return redirect("import_source", reference=reference)
    if run.status == Status.MAPPING or (run.status == Status.CHECKED and "columns" in request.GET):
        return _columns(request, run)
    if run.status in presenters.UNDER_WAY:
        return render(request, "organisations/import_running.html", presenters.running(run))
    table = reports.report_table(request, run)
    if table.wants_csv:
        return table.csv_response()
    context = presenters.page(run) | reports.report(request, run) | {"table": table}
    if run.status == Status.CHECKED:
        return render(request, "organisations/import_checked.html", context | {"how": _how(run, queries.sheet(run))})
    return render(request, "organisations/import_ended.html", context)


@requires(Permission.REGISTER_IMPORT)
def import_reading(request: HttpRequest, reference: str) -> HttpResponse:
    """How a list is read: its encoding, the line of its heading, the order of its dates."""
    run = get_object_or_404(queries.imports(), reference=reference, status__in=queries.FOR_YOU)
    sheet = queries.sheet(run)
    form = ReadingForm(sent(request), sheet=sheet, initial=presenters.reading_as_it_is(run))
    if form.is_bound and form.is_valid():
        try:
            uploads.read_differently(run=run, changed=form.reading, by=person(request))
            return redirect("import_run", reference=reference)
        except RuleBroken as refusal:
            form.refuse(refusal)
    context = presenters.page(run) | {"form": form, "sheet": sheet, "button": "Read it like this"}
    return render(request, "organisations/import_reading.html", context)


@requires(Permission.REGISTER_IMPORT)
@require_POST
def confirm_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring a checked list in."""
    run = get_object_or_404(queries.imports(), reference=reference)
    try:
        uploads.confirm_list(run=run, by=person(request))
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
    return redirect("import_run", reference=reference)


@requires(Permission.REGISTER_IMPORT)
@require_POST
def confirm_lists(request: HttpRequest) -> HttpResponse:
    """Bring every checked list in."""
    number, refused = uploads.confirm_lists(runs_to_confirm=queries.checked(), by=person(request))
    if number:
        words = f"{counted(number, 'list')} will come in one after the other, the most trusted first."
        messages.success(request, words)
    for run, why in refused:
        messages.error(request, f"{run.file_name} did not come in. {why}")
    return redirect("import_lists")


def _columns(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Say what the columns mean."""
    try:
        sheet = queries.sheet(run)
    except RuleBroken as refusal:
        return render(request, "organisations/import_ended.html", presenters.unreadable(run, refusal.sentence))
    guessed = queries.likely_name(run, sheet)
    meanings = run.mapping | ({guessed: "name"} if guessed else {})
    form = ColumnsForm(sent(request), heading=sheet.heading, samples=sheet.samples(), meanings=meanings)
    if form.is_bound and form.is_valid():
        try:
            uploads.check_list(run=run, columns=form.meanings, by=person(request))
            return redirect("import_run", reference=run.reference)
        except RuleBroken as refusal:
            form.refuse(refusal)
    how = [*_how(run, sheet), *presenters.guessed_name(guessed)]
    context = presenters.page(run) | {"form": form, "how": how, "button": "Check this list"}
    return render(request, "organisations/import_columns.html", context)


def _how(run: ImportRun, sheet: Sheet) -> list[str]:
    """What was guessed of its file."""
    return presenters.how_it_is_read(run, sheet, queries.day_order(run, sheet), reading.of(run.reading))

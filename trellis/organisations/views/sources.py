"""The lists that the register is made from: whose each is, and on what terms we have it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from trellis.core.actors import person
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.organisations.commands.sources import record_source
from trellis.organisations.forms.imports import ChooseSourceForm, SourceForm
from trellis.organisations.imports import uploads, withdrawal
from trellis.organisations.models import ImportRun, SourceList
from trellis.organisations.presenters import imports as presenters
from trellis.organisations.presenters import list_sources as source_presenters
from trellis.organisations.queries import imports as queries
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent


@requires(Permission.REGISTER_IMPORT)
def sources(request: HttpRequest) -> HttpResponseBase:
    """Every list, with its owner, its terms and its basis."""
    table = source_presenters.sources_table(request)
    if table.wants_csv:
        return table.csv_response()
    context = {"table": table, "breadcrumbs": presenters.breadcrumbs()}
    return render(request, "organisations/sources.html", context)


@requires(Permission.REGISTER_IMPORT)
def new_source(request: HttpRequest) -> HttpResponse:
    """Record a list before its first file comes."""
    form = SourceForm(sent(request), initial=source_presenters.begun(None, queries.latest_recorded()))
    return _record(request, form, None, "Record a list")


@requires(Permission.REGISTER_IMPORT)
def edit_source(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is on record of a list."""
    source = get_object_or_404(queries.sources_with_readings(), code=code)
    begun = source_presenters.begun(source, queries.latest_recorded())
    form = SourceForm(sent(request), initial=begun, what_would_go=source_presenters.what_would_go(source))
    return _record(request, form, source, source.name)


@requires(Permission.REGISTER_IMPORT)
def withdrawn_contacts(request: HttpRequest, code: str) -> HttpResponse:
    """How far the contacts of a list are out whose basis was withdrawn; and going on where that broke off."""
    source = get_object_or_404(queries.sources_with_readings(), code=code)
    last = queries.withdrawal(source)
    if last is None:
        raise Http404
    if request.method == "POST":
        then = reverse("withdrawn_contacts", args=[code])
        deed = partial(withdrawal.take_up, withdrawal=last, by=person(request))
        return press(request, deed, done="It goes on.", then=then)
    return render(request, "organisations/withdrawn_contacts.html", source_presenters.withdrawn(source, last))


@requires(Permission.REGISTER_IMPORT)
def import_source(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whose list a file is: one that is on record, or a new one."""
    run = get_object_or_404(queries.imports(), reference=reference, status__in=queries.FOR_YOU)
    is_choice = "source" in request.POST
    choice = ChooseSourceForm(request.POST if is_choice else None, sources=queries.sources())
    begun = source_presenters.begun(run.source, queries.latest_recorded())
    form = SourceForm(None if is_choice else sent(request), initial=begun)
    for one in (choice, form):
        if one.is_bound and one.is_valid():
            try:
                _take_as(run, one, request)
                return _next(request, run)
            except RuleBroken as refusal:
                one.refuse(refusal)
    context = presenters.page(run) | {"form": choice if is_choice else form, "choice": choice, "record": form}
    return render(request, "organisations/import_source.html", context | source_presenters.told(run))


def _take_as(run: ImportRun, form: ChooseSourceForm | SourceForm, request: HttpRequest) -> None:
    if isinstance(form, SourceForm):
        is_new = run.source.recorded_at is not None  # a list on record keeps its own record
        source = record_source(values=form.said, source=None if is_new else run.source, by=person(request))
    else:
        source = queries.source(form.cleaned_data["source"]) or run.source
    uploads.choose_source(run=run, source=source, by=person(request))


def _next(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """The next file of which nobody has said whose it is; or else all that wait, where there are more than this one."""
    waiting = queries.waiting_for_somebody()
    other = waiting.filter(source__recorded_at__isnull=True).first()
    if not other and waiting.exclude(pk=run.pk).exists():
        messages.success(request, "We know whose all these lists are.")
        return redirect("import_lists")
    if not other:
        return redirect("import_run", reference=run.reference)
    messages.success(request, f"{run.file_name} is {run.source.name}. This is the next.")
    return redirect("import_source", reference=other.reference)


def _record(request: HttpRequest, form: SourceForm, source: SourceList | None, title: str) -> HttpResponse:
    page = {
        "title": title, "button": "Record this", "cancel": reverse("sources"),
        "breadcrumbs": [*presenters.breadcrumbs(), ("Whose they are", reverse("sources"))],
    }  # fmt: skip
    loses = bool(form.is_bound and source and source.keeps_contacts)

    def then(recorded: SourceList) -> str:
        has_lost = loses and not recorded.keeps_contacts and queries.withdrawal(recorded)
        return reverse("withdrawn_contacts", args=[recorded.code]) if has_lost else reverse("sources")

    return ask_and_do(
        request, form, lambda **_: record_source(values=form.said, source=source, by=person(request)),
        done="It is on record.", then=then, page=page,
    )  # fmt: skip

"""The public directory."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from trellis.core import clock
from trellis.core.actors import person
from trellis.core.permissions import public
from trellis.organisations import forms, presenters, queries
from trellis.organisations.queries import keeping

LONGEST_TEXT = 100


@public
def directory(request: HttpRequest) -> HttpResponseBase:
    """Every organisation of the register: search, filters with counts, table, map. A number leads straight there."""
    today = clock.today()
    form = forms.DirectoryForm(request.GET, on=today)
    criteria = form.criteria()
    matches = queries.matches(criteria, today)
    table = presenters.directory_table(request, matches, criteria, today)
    if table.wants_csv:
        return table.csv_response()
    if matches.found and matches.found.by_number and len(matches.found.ids) == 1:
        return redirect("organisation", reference=matches.rows[0].reference)
    every = queries.found_by_text(criteria, matches, today)
    form.show_counts(queries.facets(criteria, every, today))
    context = presenters.directory(form, criteria, matches, every, table, today)
    context["works_with_all"] = request.user.is_authenticated and keeping.may_work_with_all(person(request))
    return render(request, "organisations/directory.html", context)


@public
@cache_control(public=True, max_age=60)
def suggest_organisations(request: HttpRequest) -> JsonResponse:
    """What somebody may mean by what they have typed so far, as JSON: organisations, places, causes and services."""
    found = queries.suggestions(request.GET.get("q", "")[:LONGEST_TEXT])
    return JsonResponse({"suggestions": presenters.suggestions(found)})

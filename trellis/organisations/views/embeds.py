"""Small pages that other sites may show in a frame: one organisation, or a list of some."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from trellis.core import clock
from trellis.core.permissions import public
from trellis.organisations import forms, presenters, queries

ANYWHERE = {"frame-ancestors": ["*"]}


@public
@xframe_options_exempt
@csp_replace(ANYWHERE)  # type: ignore[arg-type]  # it takes any view, and says that it takes those of one argument
@cache_control(public=True, max_age=300)
def organisation_embed(request: HttpRequest, reference: str) -> HttpResponse:
    """What anybody may see of an organisation, small: there is nothing to press in it, so a frame can trick nobody."""
    found = queries.organisation(reference)
    if found is None:
        raise Http404
    if found.standing.unlisted_at:
        raise Http404
    if found.merged_into_id:
        return redirect("organisation_embed", reference=found.standing.reference, permanent=False)
    return render(request, "organisations/organisation_embed.html", presenters.organisation_embed(found, clock.today()))


@public
@xframe_options_exempt
@csp_replace(ANYWHERE)
@cache_control(public=True, max_age=300)
def directory_embed(request: HttpRequest) -> HttpResponse:
    """The first organisations of a search, as the directory's own address asks for it."""
    today = clock.today()
    criteria = forms.DirectoryForm(request.GET, on=today).criteria()
    found = queries.matches(criteria, today)
    return render(request, "organisations/directory_embed.html", presenters.directory_embed(request, found))

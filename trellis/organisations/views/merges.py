"""Merges: which there are and why, undoing them, and what an organisation is made of."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.core.actors import person
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.organisations import commands, forms, queries
from trellis.organisations.models import Merge, Organisation
from trellis.organisations.presenters import merges as presenters
from trellis.organisations.queries import links
from trellis.organisations.rules.survivorship import GROUPS
from trellis.web.acts import ask_and_do, press


@requires(Permission.REGISTER_LINK)
def merges(request: HttpRequest) -> HttpResponseBase:
    """Every merge, undone ones too."""
    form = forms.MergesForm(request.GET)
    table = presenters.merges_table(request, form)
    if table.wants_csv:
        return table.csv_response()
    page = {"table": table, "search": form, "breadcrumbs": presenters.above()}
    return render(request, "organisations/links/merges.html", page)


@requires(Permission.REGISTER_LINK)
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """One merge, and why."""
    return render(request, "organisations/links/merge.html", presenters.merge_page(_merge(reference)))


@requires(Permission.REGISTER_LINK)
@require_POST
def check_merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a merge is right."""
    check = partial(commands.check_merge, merge=_merge(reference), by=person(request))
    return press(request, check, done="Noted: that merge is right.", then=reverse("merge", args=[reference]))


@requires(Permission.REGISTER_LINK)
def undo_merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Undo a merge, with a reason."""
    found = _merge(reference)
    return ask_and_do(
        request,
        forms.UndoForm(request.POST or None),
        partial(commands.undo_merge, merge=found, by=person(request)),
        done="Undone. They are two organisations again.",
        then=reverse("merge", args=[reference]),
        page=presenters.undo_page(found),
    )


@requires(Permission.REGISTER_LINK)
def made_of(request: HttpRequest, reference: str) -> HttpResponse:
    """What an organisation is made of: its records, and field by field whose value is shown."""
    return render(request, "organisations/links/made_of.html", presenters.made_of(_standing(reference)))


@requires(Permission.REGISTER_LINK)
def choose_value(request: HttpRequest, reference: str, field: str) -> HttpResponse:
    """Choose whose value is shown in a field."""
    found = _standing(reference)
    if field not in GROUPS:
        raise Http404
    offered, chosen = presenters.choices(found, field)
    form = forms.ValueForm(request.POST or None, choices=offered, initial={"taken_from": chosen})

    def choose(taken_from: str) -> None:
        of = None if taken_from == forms.AS_THE_SOURCES_SAY else queries.organisation(taken_from)
        commands.choose_value(organisation=found, field=field, taken_from=of, by=person(request))

    back = reverse("made_of", args=[reference])
    page = presenters.choose_page(found, field)
    return ask_and_do(request, form, choose, done="That is shown from now on.", then=back, page=page)


@requires(Permission.REGISTER_LINK)
def merge_organisation(request: HttpRequest, reference: str) -> HttpResponse:
    """Merge an organisation with another that somebody names."""
    found = _standing(reference)

    def merge_both(other: str, reason: str) -> Merge:
        named = queries.organisation(other.strip())
        if named is None:
            raise RuleBroken("There is no organisation with that reference.", field="other")
        return commands.merge_organisations(one=found, other=named, reason=reason, by=person(request))

    return ask_and_do(
        request,
        forms.MergeForm(request.POST or None),
        merge_both,
        done="Merged. Everything that pointed at either stays where it is.",
        then=lambda made: reverse("merge", args=[made.reference]),
        page=presenters.merge_with_page(found),
    )


def _merge(reference: str) -> Merge:
    return get_object_or_404(links.merges(), reference=reference)


def _standing(reference: str) -> Organisation:
    """An organisation that stands; else 404."""
    found = queries.organisation(reference)
    if found is None or found.merged_into_id:
        raise Http404
    return found

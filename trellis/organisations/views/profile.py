"""An organisation's profile, and its own pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.core import clock
from trellis.core.actors import person
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, public, requires
from trellis.organisations import commands, forms, presenters, queries
from trellis.organisations.models import Organisation
from trellis.web.acts import ask_and_do


@public
def organisation(request: HttpRequest, reference: str) -> HttpResponse:
    """An organisation's public profile; its own people can change it, and staff see where it came from."""
    found = queries.organisation(reference)
    if found is None or not queries.may_see(found.standing, request.user):
        raise Http404
    if found.merged_into_id or found.reference != reference:
        return redirect("organisation", reference=found.standing.reference, permanent=False)
    return render(request, "organisations/organisation.html", presenters.profile(found, request.user, clock.today()))


@requires(Permission.ORGANISATION_EDIT)
def edit_organisation(request: HttpRequest, reference: str) -> HttpResponse:
    """The organisation's own people change its profile."""
    own = _own(request, reference)
    form = forms.ProfileForm(request.POST or None, initial=forms.profile_as_it_is(own))
    if request.method == "POST" and form.is_valid():
        try:
            change = commands.change_profile(organisation=own, values=form.cleaned_data, by=person(request))
        except RuleBroken as error:
            form.refuse(error)
        else:
            messages.success(request, "Your profile is changed." if change else "Nothing differs from what was there.")
            return redirect("organisation", reference=own.reference)
    return render(request, "organisations/edit_organisation.html", presenters.edit(own, form))


@requires(Permission.REGISTER_KEEP)
def correct_organisation(request: HttpRequest, reference: str) -> HttpResponse:
    """Those who keep the register put something right; the organisation sees what, and can undo it."""
    found = queries.organisation(reference)
    if found is None or found.merged_into_id:
        raise Http404
    form = forms.ProfileForm(request.POST or None, initial=forms.profile_as_it_is(found))
    return ask_and_do(
        request, form, lambda **values: commands.change_profile(organisation=found, values=values, by=person(request)),
        done=lambda change: "The profile is put right." if change else "Nothing differs from what was there.",
        then=reverse("organisation", args=[found.reference]),
        page=presenters.correct(found, form),
    )  # fmt: skip


@requires(Permission.ORGANISATION_EDIT)
@require_POST
def undo_profile_change(request: HttpRequest, reference: str, change: int) -> HttpResponse:
    """Put back what stood before a change to the profile."""
    own = _own(request, reference)
    try:
        commands.undo_profile_change(change=get_object_or_404(own.profile_changes, pk=change), by=person(request))
    except RuleBroken as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "Undone. Your profile is as it was before.")
    return redirect("organisation", reference=own.reference)


@requires(Permission.REGISTER_VIEW_SOURCES)
def organisation_sources(request: HttpRequest, reference: str) -> HttpResponse:
    """The rows of registers and lists that an organisation was made from, as they came."""
    found = queries.organisation(reference)
    if found is None:
        raise Http404
    return render(request, "organisations/organisation_sources.html", presenters.sources(found))


def _own(request: HttpRequest, reference: str) -> Organisation:
    """The organisation, if this person may edit it; else 404."""
    own = queries.edited_by(person(request).organisation_ids(Permission.ORGANISATION_EDIT))
    return get_object_or_404(own, reference=reference)

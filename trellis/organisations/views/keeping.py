"""Keeping a profile right: "is this still right?", out of the directory and back, what keepers put right."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.core.actors import person
from trellis.core.permissions import Permission, requires, signed_in
from trellis.organisations import commands, queries
from trellis.organisations.forms import keeping as forms
from trellis.organisations.models import Organisation
from trellis.organisations.presenters import keeping as presenters
from trellis.organisations.queries import keeping
from trellis.web.acts import ask_and_do, press
from trellis.web.forms import sent

HIDDEN = "It is out of the directory. You can bring it back at any time, from its profile."
SHOWN = "It is in the directory again."
STALE = "organisations/stale_profiles.html"


@signed_in
def stale_profiles(request: HttpRequest) -> HttpResponseBase:
    """Profiles that nobody has confirmed for long, for those whose work it is to know organisations."""
    if not keeping.may_work_with_all(person(request)):
        raise Http404
    table = presenters.stale_table(request)
    return table.csv_response() if table.wants_csv else render(request, STALE, {"table": table})


@requires(Permission.ORGANISATION_EDIT)
@require_POST
def confirm_profile(request: HttpRequest, reference: str) -> HttpResponse:
    """One press: yes, all is right."""
    own = _own(request, reference)
    deed = partial(commands.confirm_profile, organisation=own, by=person(request))
    return press(request, deed, done="Thank you. We ask again in a year.", then=_profile(own))


@requires(Permission.ORGANISATION_EDIT)
def unlist_own(request: HttpRequest, reference: str) -> HttpResponse:
    """An organisation's own people take it out of the directory."""
    intro = (
        "Nobody will find it in the directory or open its profile, but you, and those who keep the register or advise"
        " groups. You can still ask for support. It still counts in figures, without its name."
    )
    return _unlist(request, _own(request, reference), intro)


@requires(Permission.REGISTER_KEEP)
def unlist_for(request: HttpRequest, reference: str) -> HttpResponse:
    """Those who keep the register take one out, because somebody who speaks for it asked."""
    intro = "Do this when the organisation asks for it. Its own people still see it, and can bring it back."
    return _unlist(request, _known(reference), intro)


@requires(Permission.ORGANISATION_EDIT)
@require_POST
def list_own_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Its own people bring it back."""
    return _list_again(request, _own(request, reference))


@requires(Permission.REGISTER_KEEP)
@require_POST
def list_for_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Those who keep the register bring it back."""
    return _list_again(request, _known(reference))


@requires(Permission.REGISTER_KEEP)
def say_where_it_went(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the work of an organisation that is gone went."""
    gone = _known(reference)
    if gone.status != Organisation.Status.REMOVED:
        return redirect(_profile(gone))
    return ask_and_do(
        request, forms.WentToForm(sent(request), initial={"went_to": gone.went_to}),
        partial(commands.say_where_it_went, organisation=gone, by=person(request)),
        done="Its profile says so now.", then=_profile(gone),
        page=presenters.act(gone, title="Say where it went", button="Show this on its profile"),
    )  # fmt: skip


def _unlist(request: HttpRequest, organisation: Organisation, intro: str) -> HttpResponse:
    return ask_and_do(
        request, forms.UnlistForm(sent(request)),
        partial(commands.unlist_organisation, organisation=organisation, by=person(request)),
        done=HIDDEN, then=_profile(organisation),
        page=presenters.act(organisation, title="Take it out of the directory", button="Take it out", intro=intro),
    )  # fmt: skip


def _list_again(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    deed = partial(commands.list_organisation_again, organisation=organisation, by=person(request))
    return press(request, deed, done=SHOWN, then=_profile(organisation))


def _own(request: HttpRequest, reference: str) -> Organisation:
    """The organisation, if this person may edit it; else 404."""
    own = queries.edited_by(person(request).organisation_ids(Permission.ORGANISATION_EDIT))
    return get_object_or_404(own, reference=reference)


def _known(reference: str) -> Organisation:
    """Any organisation that stands; else 404."""
    found = queries.organisation(reference)
    if found is None or found.merged_into_id:
        raise Http404
    return found


def _profile(organisation: Organisation) -> str:
    return reverse("organisation", args=[organisation.reference])

"""Opportunities and events: an organisation's own pages for what it announces, and an event for anybody's calendar."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from trellis.core import clock
from trellis.core.actors import person
from trellis.core.permissions import Permission, public, requires
from trellis.organisations import queries as register
from trellis.organisations.commands import announcements as commands
from trellis.organisations.forms import announcements as forms
from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.presenters import announcements as presenters
from trellis.organisations.presenters.calendar import event_file
from trellis.organisations.queries import announcements as queries
from trellis.web.acts import ask_and_do
from trellis.web.forms import Form, sent


@requires(Permission.ORGANISATION_EDIT)
def announcements(request: HttpRequest, reference: str) -> HttpResponseBase:
    """All that an organisation announced, for its own people."""
    page = presenters.own_page(request, _own(request, reference), clock.today())
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "organisations/announcements.html", page)


@requires(Permission.ORGANISATION_EDIT)
def choose_announcement(request: HttpRequest, reference: str) -> HttpResponse:
    """An opportunity, or an event?"""
    own = _own(request, reference)
    form = forms.KindForm(sent(request))
    if form.is_bound and form.is_valid():
        return redirect("announce", reference=own.reference, kind=form.cleaned_data["kind"])
    page = presenters.asking(own, "Add an opportunity or event", "Continue", intro="")
    return render(request, "layouts/act.html", {"form": form, **page})


@requires(Permission.ORGANISATION_EDIT)
def announce(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Add one of a kind."""
    own = _own(request, reference)
    if kind not in forms.FORMS:
        raise Http404
    noun = presenters.NOUNS[kind]
    return ask_and_do(
        request, forms.FORMS[kind](sent(request), initial=forms.begins_with(own)),
        lambda **values: commands.announce(organisation=own, kind=kind, values=values, by=person(request)),
        done=f"Your {noun} is on your profile.", then=presenters.own_list(own),
        page=presenters.asking(own, f"Add an {noun}", f"Add this {noun}"),
    )  # fmt: skip


@requires(Permission.ORGANISATION_EDIT)
def change_announcement(request: HttpRequest, reference: str, announcement: str) -> HttpResponse:
    """Change one."""
    own, found = _found(request, reference, announcement)
    noun = presenters.NOUNS[found.kind]
    return ask_and_do(
        request, forms.FORMS[found.kind](sent(request), initial=forms.as_it_is(found)),
        lambda **values: commands.change_announcement(announcement=found, values=values, by=person(request)),
        done=lambda changed: f"Your {noun} is changed." if changed else "Nothing differs from what was there.",
        then=presenters.own_list(own),
        page=presenters.asking(own, f"Change this {noun}", f"Change this {noun}")
        | {"organisation": own, "announcement": found},
        template="organisations/change_announcement.html",
    )  # fmt: skip


@requires(Permission.ORGANISATION_EDIT)
def withdraw_announcement(request: HttpRequest, reference: str, announcement: str) -> HttpResponse:
    """Take one off the profile."""
    own, found = _found(request, reference, announcement)
    intro = f"“{found.title}” leaves your profile at once. Only your own people see it then. You can put it back."
    return ask_and_do(
        request, Form(sent(request)),
        partial(commands.withdraw_announcement, announcement=found, by=person(request)),
        done=f"“{found.title}” is withdrawn. You can put it back.", then=presenters.own_list(own),
        page=presenters.asking(own, f"Withdraw this {presenters.NOUNS[found.kind]}", "Withdraw it", intro),
    )  # fmt: skip


@requires(Permission.ORGANISATION_EDIT)
def restore_announcement(request: HttpRequest, reference: str, announcement: str) -> HttpResponse:
    """Put one back on the profile."""
    own, found = _found(request, reference, announcement)
    intro = f"You withdrew “{found.title}”. Everybody can read it on your profile again when you put it back."
    return ask_and_do(
        request, Form(sent(request)),
        partial(commands.restore_announcement, announcement=found, by=person(request)),
        done=f"“{found.title}” is on your profile again.", then=presenters.own_list(own),
        page=presenters.asking(own, f"Put this {presenters.NOUNS[found.kind]} back", "Put it back", intro),
    )  # fmt: skip


@requires(Permission.REGISTER_KEEP)
def take_off_announcement(request: HttpRequest, reference: str, announcement: str) -> HttpResponse:
    """Those who keep the register take off what does not belong there."""
    organisation = register.organisation(reference)
    if organisation is None:
        raise Http404
    found = get_object_or_404(queries.of(organisation), reference=announcement)
    return ask_and_do(
        request, forms.TakeOffForm(sent(request)),
        lambda reason: commands.take_off_announcement(announcement=found, reason=reason, by=person(request)),
        done=f"“{found.title}” is taken off. {organisation.name} can read why.",
        then=reverse("organisation", args=[organisation.reference]),
        page=presenters.taking_off(organisation, found),
    )  # fmt: skip


@public
def announcement_calendar(request: HttpRequest, reference: str, announcement: str) -> HttpResponse:
    """An event that anybody may see, for their calendar program."""
    found = register.organisation(reference)
    if found is None:
        raise Http404
    events = queries.shown(found, clock.today()).filter(kind=Announcement.Kind.EVENT)
    made = event_file(get_object_or_404(events, reference=announcement), found)
    name = {"Content-Disposition": f'attachment; filename="{announcement}.ics"'}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=name)


def _own(request: HttpRequest, reference: str) -> Organisation:
    """The organisation, if this person may edit it; else 404."""
    own = register.edited_by(person(request).organisation_ids(Permission.ORGANISATION_EDIT))
    return get_object_or_404(own, reference=reference)


def _found(request: HttpRequest, reference: str, announcement: str) -> tuple[Organisation, Announcement]:
    """The organisation, and what it announced; else 404."""
    own = _own(request, reference)
    return own, get_object_or_404(queries.of(own), reference=announcement)

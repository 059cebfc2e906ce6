"""Groups that people added: the list for advisers, and the check."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.core import clock
from trellis.core.actors import person
from trellis.core.permissions import Permission, requires
from trellis.organisations import conflicts
from trellis.organisations.commands import groups as commands
from trellis.organisations.forms import groups as forms
from trellis.organisations.presenters import groups as presenters
from trellis.organisations.presenters import keeping
from trellis.organisations.queries import groups as queries
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent


@requires(Permission.ORGANISATION_VOUCH)
def unchecked_groups(request: HttpRequest) -> HttpResponseBase:
    """Groups that people added and nobody has checked."""
    table = presenters.unchecked_table(request, queries.to_check(person(request)))
    if table.wants_csv:
        return table.csv_response()
    return render(request, "organisations/unchecked_groups.html", {"table": table})


@requires(Permission.ORGANISATION_VOUCH)
def check_group(request: HttpRequest, reference: str) -> HttpResponse:
    """An adviser says that a group is there, and how they know it."""
    group = get_object_or_404(queries.additions(), organisation__reference=reference)
    if conflicts.competes(person(request), group.organisation, clock.today()):
        raise Http404  # it is not on their list either
    intro = "Check that the group is there, and that its profile says what is so. It is then marked no longer."
    return ask_and_do(
        request, forms.CheckForm(sent(request)), partial(commands.check_group, group=group, by=person(request)),
        done="The group is checked.", then=reverse("organisation", args=[group.organisation.reference]),
        page=keeping.act(group.organisation, title="Check this group", button="This group is there", intro=intro),
    )  # fmt: skip

"""My group is not here: look first, then add it."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trellis.accounts import commands
from trellis.accounts.requests import Request
from trellis.core.permissions import signed_in
from trellis.organisations.forms.groups import GroupForm
from trellis.organisations.queries import groups as register
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent

DONE = "Your group is here now, and you speak for it. It is marked as not yet checked until an adviser knows it."


@signed_in
def add_group(request: Request) -> HttpResponse:
    """First its name, and whether it is there already; then the rest."""
    name = (request.POST.get("name") or request.GET.get("name") or "").strip()[:255]
    if not name and request.method != "POST":
        return render(request, "account/groups/name.html")
    alike = register.alike(name)
    return ask_and_do(
        request, GroupForm(sent(request), alike=alike, initial={"name": name}),
        partial(commands.add_own_group, by=request.user),
        done=DONE, then=lambda group: reverse("organisation", args=[group.reference]),
        page={"alike": alike, "button": "Add my group", "cancel": reverse("directory")},
        template="account/groups/add.html",
    )  # fmt: skip

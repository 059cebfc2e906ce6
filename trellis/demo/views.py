"""Signing in with one click, in the demo alone: nobody should need a telephone to try it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from trellis.accounts import demo_session
from trellis.accounts import queries as accounts
from trellis.accounts.roles import PARTNER_LEAD
from trellis.core.permissions import public
from trellis.demo.people import BY_EMAIL, PEOPLE


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """One button for each person of the demo, other leads last. POST begins a session marked as the demo's."""
    if settings.TRELLIS_ENV != "demo":
        raise Http404
    if request.method == "POST":
        user = get_object_or_404(accounts.demo_people(), email=request.POST.get("person", ""))
        demo_session.begin(request, user)
        return redirect("home")
    others = accounts.demo_people_beside(BY_EMAIL, PARTNER_LEAD.code)
    return render(request, "demo/sign_in.html", {"people": PEOPLE, "others": others})

"""One deadline, worked out for anybody: the page that does what `trellis deadline` does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trellis.core.errors import RuleBroken
from trellis.core.permissions import public
from trellis.decisions.forms.deadlines import DeadlineForm
from trellis.decisions.presenters.decision import trail
from trellis.decisions.rules.deadlines import Deadline
from trellis.decisions.rules.deadlines import deadline as worked_out


@public
def deadline(request: HttpRequest) -> HttpResponse:
    """From which day something may be done, and how that was counted."""
    form = DeadlineForm(request.GET or None)
    found: Deadline | None = None
    if form.is_bound and form.is_valid():
        try:
            found = worked_out(form.cleaned_data["rule"], form.cleaned_data["start"])
        except RuleBroken as refusal:
            form.refuse(refusal)
    page = {"form": form, "deadline": found, "address": reverse("deadline"), "breadcrumbs": trail()}
    return render(request, "decisions/timetable/deadline.html", page)

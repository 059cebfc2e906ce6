"""The timetable check: a plan against every rule of time."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.decisions.forms.timetable import PlanForm
from trellis.decisions.presenters import timetable as presenters
from trellis.decisions.presenters.decision import page
from trellis.decisions.queries import pathway as queries
from trellis.decisions.rules.timetable import Timetable, check_plan


@requires(Permission.DECISION_VIEW)
def timetable(request: Request, reference: str) -> HttpResponse:
    """The days known, checked; other days can be tried, and the address holds them."""
    visible = queries.decisions_of(request.user)
    decision = get_object_or_404(visible, reference=reference.replace("-", "/", 1))
    known = presenters.known_days(decision)
    form = PlanForm(request.GET or None, initial=known)
    found: Timetable | None = None
    if not form.is_bound or form.is_valid():
        days = form.days() if form.is_bound else known
        try:
            found = check_plan(presenters.plan_of(decision, days, clock.today()))
        except RuleBroken as refusal:
            form = form if form.is_bound else PlanForm(_as_typed(known))
            form.is_valid()
            form.refuse(refusal)
    context = page(decision, "Check the timetable", "Check these days")
    return render(
        request,
        "decisions/timetable/timetable.html",
        {**context, "reference": reference, "form": form, "timetable": found},
    )


def _as_typed(days) -> dict[str, str]:
    """Days as the boxes of the form would send them."""
    return {
        f"{event}-{part}": str(getattr(day, part)) for event, day in days.items() for part in ("day", "month", "year")
    }

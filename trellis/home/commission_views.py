"""The page of a commission: its thread from the first finding to the decision and on, and what is missing."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.commissioning.presenters.commissions import timetable, trail
from trellis.commissioning.queries import commissions as commissions_queries
from trellis.core.permissions import Permission, requires
from trellis.home import thread


@requires(Permission.COMMISSION_VIEW)
def commission(request: Request, reference: str) -> HttpResponseBase:
    """Where it stands, what the next stage lacks, its topics and its timetable."""
    visible = commissions_queries.commissions_visible_to(request.user)
    found = get_object_or_404(visible, reference=reference)
    can_edit = commissions_queries.commissions_editable_by(request.user).filter(pk=found.pk).exists()
    table = timetable(request, list(commissions_queries.milestones(found)), can_edit=can_edit)
    if table.wants_csv:
        return table.csv_response()
    context = {
        "commission": found,
        "can_edit": can_edit,
        "next": thread.next_step(found),
        "stages": thread.stages(found),
        "timetable": table,
        "history": thread.history(found),
        "breadcrumbs": trail(),
    }
    return render(request, "home/commission.html", context)

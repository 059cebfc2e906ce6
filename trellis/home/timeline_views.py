"""The whole contract on one line of time."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.core import clock
from trellis.core.permissions import Permission, public
from trellis.home.timeline import timeline_page


@public
def contract_timeline(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Where a contract is, what comes next, and what is due from whom; members see their own rooms' days too."""
    contract = contracts.contract(reference)
    if contract is None:
        raise Http404
    user = request.user
    is_member = (
        isinstance(user, User)
        and contracts.alliances_of(user, Permission.ALLIANCE_VIEW, clock.today()).filter(pk=contract.pk).exists()
    )
    page = timeline_page(request, contract, is_member=is_member)
    if page["moments"].wants_csv:
        return page["moments"].csv_response()
    return render(request, "home/timeline.html", page)

"""The front door, and what needs me today."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.contracts import queries as contracts
from trellis.core import clock
from trellis.core.permissions import Permission, public
from trellis.home.figures import five_figures
from trellis.home.needs import needs_of


@public
def home(request: HttpRequest) -> HttpResponse:
    """Four doors for anybody; for those who signed in, what waits for them."""
    contract = contracts.current_contract(clock.today())
    context: dict[str, Any] = {"five": five_figures(), "contract": contract}
    if not request.user.is_authenticated:
        return render(request, "home/public.html", context)
    context |= {
        "needs": needs_of(request.user),
        "roles": [role.name for role in request.user.roles],
        "can_ask": request.user.can(Permission.CASE_REQUEST),
    }
    return render(request, "home/today.html", context)

"""Call-in, entered on the members' behalf."""

from functools import partial

from django.http import HttpResponse

from trellis.accounts.requests import Request
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.decisions.commands import call_in as commands
from trellis.decisions.forms import call_in as forms
from trellis.decisions.presenters.decision import page
from trellis.decisions.views.pathway import home, recorded
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent


@requires(Permission.DECISION_RECORD)
def call_in(request: Request, reference: str) -> HttpResponse:
    """Record that members call it in."""
    decision = recorded(request, reference)
    return ask_and_do(
        request,
        forms.CallInForm(sent(request), initial={"called_in_on": clock.today()}),
        partial(commands.call_in, decision=decision, by=request.user),
        done="Called in. It does not take effect until scrutiny has looked at it.",
        then=home(decision),
        page=page(decision, "Record a call-in", "Record it"),
    )


@requires(Permission.DECISION_RECORD)
def conclude_call_in(request: Request, reference: str) -> HttpResponse:
    """Record what scrutiny resolved."""
    decision = recorded(request, reference)
    return ask_and_do(
        request,
        forms.OutcomeForm(sent(request)),
        partial(commands.conclude_call_in, decision=decision, by=request.user),
        done="Recorded.",
        then=home(decision),
        page=page(decision, "What did scrutiny resolve?", "Record it"),
    )

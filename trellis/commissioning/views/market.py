"""Market engagement as pages: for those who work on it, and for everybody once it is published."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import market as commands
from trellis.commissioning.forms.market import EventForm, ModelForm, ProviderForm, ResponseForm, StatementForm
from trellis.commissioning.models import Commission, Provider
from trellis.commissioning.presenters import market as presenters
from trellis.commissioning.queries import market as queries
from trellis.commissioning.views.commissions import editable, may_edit, visible
from trellis.core.permissions import Permission, public, requires
from trellis.web.acts import ask_and_do, press

ITEM = "commissioning/item.html"


@requires(Permission.COMMISSION_VIEW)
def market(request: Request, reference: str) -> HttpResponseBase:
    """Whom we asked, what they said and what they prefer."""
    commission = visible(request, reference)
    page = presenters.market_page(
        request,
        commission,
        can_edit=may_edit(request, commission),
        is_published=queries.published_market(reference) is not None,
    )
    for table in (page["preferences"], page["statements"], page["providers"], page["events"]):
        if table.wants_csv:
            return table.csv_response()
    return render(request, "commissioning/market/market.html", page)


@public
def published_market(request: HttpRequest, reference: str) -> HttpResponse:
    """What the market said, without names, for everybody."""
    found = queries.published_market(reference)
    if found is None:
        raise Http404
    return render(request, "commissioning/market/published.html", presenters.published_page(found))


@requires(Permission.COMMISSION_EDIT)
def add_market_model(request: Request, reference: str) -> HttpResponse:
    """Name a model that providers are asked about."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        ModelForm(request.POST or None),
        partial(commands.add_market_model, commission=commission, by=request.user),
        done="Added.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add a model to ask about", "Add it"),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_market_model(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a model out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.models(commission), pk=number)
    drop = partial(commands.drop_market_model, model=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def add_market_question(request: Request, reference: str) -> HttpResponse:
    """Put a statement to providers."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        StatementForm(request.POST or None),
        partial(commands.add_market_question, commission=commission, by=request.user),
        done="Added.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add a statement", "Add it"),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_market_question(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a statement out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.questions(commission), pk=number)
    drop = partial(commands.drop_market_question, question=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def add_provider(request: Request, reference: str) -> HttpResponse:
    """Set down a provider that is asked."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        ProviderForm(request.POST or None),
        partial(commands.add_provider, commission=commission, by=request.user),
        done="The provider is set down. Record what it says once it has answered.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add a provider", "Add the provider"),
    )


@requires(Permission.COMMISSION_EDIT)
def provider(request: Request, reference: str, number: int) -> HttpResponse:
    """Correct who a provider is, or take it out; from here one records what it says."""
    commission = editable(request, reference)
    found = _provider(commission, number)
    said = {"name": found.name, "kind": found.kind}
    said["organisation"] = found.organisation.reference if found.organisation else ""
    return ask_and_do(
        request,
        ProviderForm(request.POST or None, initial=said),
        partial(commands.change_provider, provider=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(
            commission, found.name, "Save", provider=found, drop=reverse("drop_provider", args=[reference, number])
        ),
        template="commissioning/market/provider.html",
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_provider(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a provider out."""
    commission = editable(request, reference)
    drop = partial(commands.drop_provider, provider=_provider(commission, number), by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
def record_response(request: Request, reference: str, number: int) -> HttpResponse:
    """Keep what a provider says, or correct it."""
    commission = editable(request, reference)
    found = _provider(commission, number)
    models, questions = list(queries.models(commission)), list(queries.questions(commission))
    said = ResponseForm.of(found) or {"answered_on": queries.last_answer_on(commission)}
    return ask_and_do(
        request,
        ResponseForm(request.POST or None, initial=said, models=models, questions=questions),
        partial(commands.record_response, provider=found, by=request.user),
        done="The answer is kept.",
        then=presenters.room(commission),
        page=presenters.step(commission, f"What {found.name} says", "Save the answer"),
    )


@requires(Permission.COMMISSION_EDIT)
def add_market_event(request: Request, reference: str) -> HttpResponse:
    """Set down a meeting with providers."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        EventForm(request.POST or None, providers=list(queries.providers(commission))),
        partial(commands.add_market_event, commission=commission, by=request.user),
        done="Added.",
        then=presenters.room(commission),
        page=presenters.step(commission, "Add an event", "Add the event"),
    )


@requires(Permission.COMMISSION_EDIT)
def market_event(request: Request, reference: str, number: int) -> HttpResponse:
    """Correct what is said of a meeting, or take it out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.events(commission), pk=number)
    said = {name: getattr(found, name) for name in ("name", "held_on", "note")}
    said["providers"] = [str(one.pk) for one in found.providers.all()]
    return ask_and_do(
        request,
        EventForm(request.POST or None, initial=said, providers=list(queries.providers(commission))),
        partial(commands.change_market_event, event=found, by=request.user),
        done="Saved.",
        then=presenters.room(commission),
        page=presenters.step(
            commission, found.name, "Save", drop=reverse("drop_market_event", args=[reference, number])
        ),
        template=ITEM,
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def drop_market_event(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a meeting out."""
    commission = editable(request, reference)
    found = get_object_or_404(queries.events(commission), pk=number)
    drop = partial(commands.drop_market_event, event=found, by=request.user)
    return press(request, drop, done="It is out.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
@require_POST
def publish_market(request: Request, reference: str) -> HttpResponse:
    """Show everybody what the market said, without names."""
    commission = editable(request, reference)
    publish = partial(commands.publish_market, commission=commission, by=request.user)
    return press(request, publish, done="Published, without names.", then=presenters.room(commission))


@requires(Permission.COMMISSION_EDIT)
@require_POST
def withdraw_market(request: Request, reference: str) -> HttpResponse:
    """Show it to nobody outside any more."""
    commission = editable(request, reference)
    withdraw = partial(commands.withdraw_market, commission=commission, by=request.user)
    return press(request, withdraw, done="It is no longer published.", then=presenters.room(commission))


def _provider(commission: Commission, number: int) -> Provider:
    return get_object_or_404(queries.providers(commission), pk=number)

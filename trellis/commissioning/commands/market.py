"""Writes of market engagement: whom we asked, what they said, and that it is published."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import (
    Commission,
    MarketAnswer,
    MarketEvent,
    MarketModel,
    MarketPublication,
    MarketQuestion,
    Provider,
)
from trellis.commissioning.rules import market as rules
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.models import Organisation

FEWEST = "findings.suppression_threshold"


@transaction.atomic
def add_market_model(*, commission: Commission, name: str, by: Actor) -> MarketModel:
    """Name a model of delivery that providers are asked about."""
    model = MarketModel(commission=commission, name=name)
    _save(model, f"“{name}” is there already.")
    _record(by, "add_market_model", commission, name=name)
    return model


@transaction.atomic
def drop_market_model(*, model: MarketModel, by: Actor) -> None:
    """Take out a model that nobody prefers."""
    if model.preferred_by.exists():
        raise RuleBroken("Providers prefer it: it stays.")
    model.delete()
    _record(by, "drop_market_model", model.commission, name=model.name)


@transaction.atomic
def add_market_question(*, commission: Commission, text: str, by: Actor) -> MarketQuestion:
    """Set down a statement that providers agree with or not."""
    question = MarketQuestion(commission=commission, text=text)
    _save(question, "This is asked already.", field="text")
    _record(by, "add_market_question", commission, text=text)
    return question


@transaction.atomic
def drop_market_question(*, question: MarketQuestion, by: Actor) -> None:
    """Take out a statement that nobody has answered."""
    if question.answers.exists():
        raise RuleBroken("Providers have answered it: it stays.")
    question.delete()
    _record(by, "drop_market_question", question.commission, text=question.text)


@transaction.atomic
def add_provider(
    *,
    commission: Commission,
    name: str,
    kind: str,
    organisation: Organisation | None = None,
    is_illustrative: bool = False,
    by: Actor,
) -> Provider:
    """Set down a provider that is asked. Its name stays inside the authority."""
    provider = Provider(
        commission=commission, name=name, kind=kind, organisation=organisation, is_illustrative=is_illustrative
    )
    _save(provider, f"“{name}” is there already.")
    _record(by, "add_provider", commission, kind=kind)
    return provider


@transaction.atomic
def change_provider(*, provider: Provider, name: str, kind: str, organisation: Organisation | None, by: Actor) -> None:
    """Correct who a provider is."""
    provider.name, provider.kind, provider.organisation = name, kind, organisation
    _save(provider, f"“{name}” is there already.")
    _record(by, "change_provider", provider.commission, kind=kind)


@transaction.atomic
def drop_provider(*, provider: Provider, by: Actor) -> None:
    """Take out a provider that was named by mistake and has not answered."""
    if provider.answered_on:
        raise RuleBroken("It has answered: it stays.")
    provider.events.clear()
    provider.delete()
    _record(by, "drop_provider", provider.commission, kind=provider.kind)


@transaction.atomic
def record_response(
    *,
    provider: Provider,
    answered_on: date,
    preferred: MarketModel | None,
    reasons: str,
    public_reasons: str,
    stances: Mapping[MarketQuestion, str],
    by: Actor,
) -> None:
    """Keep what a provider says; what it said before is replaced.

    `preferred` None: it prefers none of them. `public_reasons` are the reasons as they are published, without what says
    who gave them; empty: none are published. `stances` maps a statement to one of MarketAnswer.Stance.
    """
    if answered_on > clock.today():
        raise RuleBroken("That day has not come yet.", field="answered_on")
    rules.check_answer(preferred=preferred.name if preferred else "", reasons=reasons)
    provider.answered_on, provider.preferred = answered_on, preferred
    provider.reasons, provider.public_reasons = reasons, public_reasons
    provider.save(update_fields=["answered_on", "preferred", "reasons", "public_reasons"])
    provider.answers.all().delete()
    MarketAnswer.objects.bulk_create(
        MarketAnswer(provider=provider, question=question, stance=stance)
        for question, stance in stances.items()
        if stance
    )
    _record(by, "record_response", provider.commission, kind=provider.kind, stances=len(stances))


@transaction.atomic
def add_market_event(
    *, commission: Commission, name: str, held_on: date, note: str, providers: Sequence[Provider], by: Actor
) -> MarketEvent:
    """Set down a meeting with providers: who came, and what was said, without names."""
    _check_held(held_on)
    event = MarketEvent.objects.create(commission=commission, name=name, held_on=held_on, note=note)
    event.providers.set(providers)
    _record(by, "add_market_event", commission, name=name, providers=len(providers))
    return event


@transaction.atomic
def change_market_event(
    *, event: MarketEvent, name: str, held_on: date, note: str, providers: Sequence[Provider], by: Actor
) -> None:
    """Correct what is said of a meeting."""
    _check_held(held_on)
    event.name, event.held_on, event.note = name, held_on, note
    event.save()
    event.providers.set(providers)
    _record(by, "change_market_event", event.commission, name=name, providers=len(providers))


@transaction.atomic
def drop_market_event(*, event: MarketEvent, by: Actor) -> None:
    """Take out a meeting that was entered by mistake."""
    event.providers.clear()
    event.delete()
    _record(by, "drop_market_event", event.commission, name=event.name)


@transaction.atomic
def publish_market(*, commission: Commission, by: Actor) -> MarketPublication:
    """Show everybody what the market said, without names. RuleBroken while readers could tell who said what."""
    providers = Provider.objects.filter(commission=commission)
    answered = providers.filter(answered_on__isnull=False).count()
    reasons = dict(providers.values_list("name", "public_reasons"))
    notes = MarketEvent.objects.filter(commission=commission).values_list("note", flat=True)
    rules.check_can_publish(
        answered=answered,
        fewest=rulebook.value(FEWEST, on=clock.today()),
        named=rules.naming(reasons, [*reasons.values(), *notes]),
    )
    made, is_new = MarketPublication.objects.get_or_create(
        commission=commission, defaults={"published_by": by.actor_name}
    )
    if not is_new:
        raise RuleBroken("It is published already.")
    _record(by, "publish_market", commission, answered=answered)
    return made


@transaction.atomic
def withdraw_market(*, commission: Commission, by: Actor) -> None:
    """Show it to nobody outside any more."""
    gone, _ = MarketPublication.objects.filter(commission=commission).delete()
    if not gone:
        raise RuleBroken("It is not published.")
    _record(by, "withdraw_market", commission)


def _check_held(held_on: date) -> None:
    if held_on > clock.today():
        raise RuleBroken("That day has not come yet.", field="held_on")


def _save(row: MarketModel | MarketQuestion | Provider, taken: str, *, field: str = "name") -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RuleBroken(taken, field=field) from error


def _record(by: Actor, verb: str, commission: Commission, **facts: Any) -> None:
    audit.record(by=by, action=f"commissioning.{verb}", subject=f"commission {commission.reference}", facts=facts)

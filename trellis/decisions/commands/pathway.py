"""Preparing a decision: opening it, describing it, and taking it through its pathway."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.models import Decision, Pathway, PathwayBody, PathwayStep, RecordDraft
from trellis.decisions.moving import hold, move, record, tell
from trellis.decisions.queries import pathway as queries
from trellis.decisions.rules import pathway as rules
from trellis.organisations.models import Organisation

MATTER = ("title", "matter")
MAKER = ("maker_kind", "maker_name", "maker_title", "maker_members", "key_reason", "divisions")
# Until somebody says who takes it. The law asks most of a key decision, so it counts as one.
NOT_SAID_YET: dict[str, Any] = {"maker_kind": Decision.Maker.PERSON, "is_key": True}
RESTRICTED = ("restriction", "exemption", "public_interest")


@transaction.atomic
def define_pathway(*, authority: Organisation, name: str, bodies: list[tuple[str, bool]], by: Actor) -> Pathway:
    """Set down an authority's usual way to a decision: its bodies in order, and whether each needs an agenda.

    Raises RuleBroken for a name that is none or is taken, for no body, and for a body that is there twice.
    """
    name, bodies = _checked_pathway(authority, name, bodies)
    try:
        with transaction.atomic():
            pathway = Pathway.objects.create(authority=authority, name=name)
    except IntegrityError as error:
        raise rules.name_is_taken(name) from error
    _set_down(pathway, bodies)
    _record_pathway(pathway, "define_pathway", by, bodies)
    return pathway


@transaction.atomic
def change_pathway(*, pathway: Pathway, name: str, bodies: list[tuple[str, bool]], by: Actor) -> None:
    """Say anew what a pathway is called and which bodies it has, for the decisions that are opened from now on.

    Those that were opened by it keep the bodies that they copied. Raises RuleBroken as `define_pathway` does.
    """
    name, bodies = _checked_pathway(pathway.authority, name, bodies, but=pathway)
    try:
        with transaction.atomic():
            # Before the bodies, so that whoever changes it at the same moment waits here and does not mix theirs in.
            Pathway.objects.filter(pk=pathway.pk).update(name=name)
    except IntegrityError as error:
        raise rules.name_is_taken(name) from error
    pathway.name = name
    before = list(PathwayBody.objects.filter(pathway=pathway).values_list("body", flat=True))
    PathwayBody.objects.filter(pathway=pathway).delete()
    _set_down(pathway, bodies)
    _record_pathway(pathway, "change_pathway", by, bodies, bodies_before=before)


def _checked_pathway(
    authority: Organisation, name: str, bodies: list[tuple[str, bool]], *, but: Pathway | None = None
) -> tuple[str, list[tuple[str, bool]]]:
    others = Pathway.objects.filter(authority=authority)
    if but:
        others = others.exclude(pk=but.pk)
    name, bodies = name.strip(), [(body.strip(), needs_agenda) for body, needs_agenda in bodies]
    rules.check_pathway(name=name, bodies=[body for body, _ in bodies], taken=others.values_list("name", flat=True))
    return name, bodies


def _set_down(pathway: Pathway, bodies: list[tuple[str, bool]]) -> None:
    PathwayBody.objects.bulk_create(
        PathwayBody(pathway=pathway, order=order, body=body, needs_agenda=needs_agenda)
        for order, (body, needs_agenda) in enumerate(bodies, start=1)
    )


def _record_pathway(pathway: Pathway, what: str, by: Actor, bodies: list[tuple[str, bool]], **more: Any) -> None:
    agendas = [body for body, needs_agenda in bodies if needs_agenda]
    facts = {"bodies": [body for body, _ in bodies], "agendas": agendas, **more}
    audit.record(by=by, action=f"decisions.{what}", subject=f"pathway {pathway.name}"[:80], facts=facts)


@transaction.atomic
def open_decision(
    *, reference: str, authority: Organisation, by: Actor, pathway: Pathway | None = None, **fields: Any
) -> Decision:
    """Begin a decision under the authority's own reference, with the bodies of its usual pathway.

    `fields` are the columns of Decision that describe it; who takes it and whom it affects can be said later, but
    before the public is told. Raises RuleBroken for a reference that is taken or is none, and for whatever a decision
    must say of itself and does not.
    """
    rules.check_reference(reference)
    fields = {"title": "", "matter": ""} | NOT_SAID_YET | fields
    _check(fields)
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                reference=reference, authority=authority, opened_by=by.actor_name, **fields
            )
    except IntegrityError as error:
        raise RuleBroken(f"There is already a decision {reference}.", field="reference") from error
    RecordDraft.objects.create(decision=decision, saved_by=by.actor_name)
    bodies = pathway.bodies.all() if pathway else []
    PathwayStep.objects.bulk_create(
        PathwayStep(decision=decision, order=one.order, body=one.body, needs_agenda=one.needs_agenda) for one in bodies
    )
    tell(decision, by=by)
    record(decision, "open_decision", by, is_key=decision.is_key, pathway=pathway.name if pathway else "")
    return decision


@transaction.atomic
def describe_decision(*, decision: Decision, by: Actor, **fields: Any) -> None:
    """Say differently what a decision is, who takes it and whom it affects, until it is taken."""
    _check(fields)
    hold(decision, "plan")
    Decision.objects.filter(pk=decision.pk).update(**fields)
    for name, value in fields.items():
        setattr(decision, name, value)
    record(decision, "describe_decision", by, fields=sorted(fields))


def _check(fields: dict[str, Any]) -> None:
    """Ask the rules about what is said; a decision is described in parts."""
    if "title" in fields:
        rules.check_matter(**{name: fields.get(name, "") for name in MATTER})
    if "maker_name" in fields:
        rules.check_maker(**{name: fields.get(name, "") for name in MAKER})
    rules.check_restriction(
        **{"restriction": "open", "exemption": "", "public_interest": ""} | _only(fields, RESTRICTED)
    )


def _only(fields: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in names}


@transaction.atomic
def add_step(*, decision: Decision, body: str, needs_agenda: bool, planned_on: date | None, by: Actor) -> PathwayStep:
    """Add a body at the end of a decision's pathway; `planned_on` is the day of its meeting, if known."""
    hold(decision, "plan")
    if not body.strip():
        raise RuleBroken("Say which body it is.", field="body")
    last = decision.steps.order_by("-order").values_list("order", flat=True).first() or 0
    step = PathwayStep.objects.create(
        decision=decision, order=last + 1, body=body.strip(), needs_agenda=needs_agenda, planned_on=planned_on
    )
    record(decision, "add_step", by, body=step.body)
    return step


@transaction.atomic
def plan_step(*, step: PathwayStep, planned_on: date, by: Actor) -> None:
    """Say on which day a body meets."""
    hold(step.decision, "plan")
    if not PathwayStep.objects.filter(pk=step.pk, outcome="").update(planned_on=planned_on):
        raise RuleBroken(f"What {step.body} said is recorded already.")
    step.planned_on = planned_on
    record(step.decision, "plan_step", by, body=step.body, planned_on=planned_on)


@transaction.atomic
def record_outcome(*, step: PathwayStep, held_on: date, outcome: str, note: str = "", by: Actor) -> None:
    """Record what a body said on the day on which it met. Put off, it is to be heard again."""
    decision = step.decision
    hold(decision, "plan")
    before = tuple(
        queries.step_facts(row, None) for row in decision.steps.all() if (row.order, row.pk) < (step.order, step.pk)
    )
    rules.check_can_record_outcome(
        step=queries.step_facts(step, queries.agenda_allows_from(step)),
        before=before,
        held_on=held_on,
        outcome=outcome,
        note=note,
        today=clock.today(),
    )
    changes = {"outcome": outcome, "held_on": held_on, "note": note.strip()}
    if not PathwayStep.objects.filter(pk=step.pk, outcome="").update(**changes):
        raise RuleBroken(f"What {step.body} said is recorded already.")
    step.outcome, step.held_on, step.note = outcome, held_on, note.strip()
    if outcome == PathwayStep.Outcome.DEFERRED:
        PathwayStep.objects.create(decision=decision, order=step.order, body=step.body, needs_agenda=step.needs_agenda)
    tell(decision, by=by, note=f"{step.body}: {step.get_outcome_display().lower()}")
    record(decision, "record_outcome", by, body=step.body, outcome=outcome, held_on=held_on)


@transaction.atomic
def withdraw_decision(*, decision: Decision, reason: str, by: Actor) -> None:
    """Give up a decision before it is taken; it stays on the register as withdrawn if it was announced."""
    if not reason.strip():
        raise RuleBroken("Say why it is withdrawn: the register says so.", field="reason")
    move(decision, "withdraw", by=by, note=reason.strip())
    record(decision, "withdraw_decision", by, reason=reason.strip())

"""Writes to what an equality impact assessment says. Only a draft changes; what is attested stays as it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from trellis.commissioning.commands.equality_changes import create_version, record_change
from trellis.commissioning.models import (
    AreaFigure,
    Commission,
    EqualityAction,
    EqualityAssessment,
    EqualityEvidence,
    EqualityImpact,
    EqualityLimb,
)
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.rules import equality as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.web.words import day

Ratings = Mapping[str, tuple[str, str, str]]


@transaction.atomic
def begin_assessment(
    *, commission: Commission, title: str, service: str, responsible: str, assessed_on: date, context: str, aims: str,
    is_illustrative: bool = False, by: Actor,
) -> EqualityAssessment:  # fmt: skip
    """Begin the first version. `assessed_on` is its date: nothing that was known only later belongs in it.

    `is_illustrative`: its judgements only show how it is done, and the page says so.
    """
    rules.check_assessed_on(assessed_on, [], today=clock.today(), duty_since=queries.duty_since())
    if queries.assessments(commission).exists():
        raise RuleBroken("There is an assessment already: change it, or begin a new version.")
    return create_version(
        commission=commission, verb="begin_assessment", by=by, version=1, title=title, service=service,
        responsible=responsible, assessed_on=assessed_on, context=context, aims=aims, is_illustrative=is_illustrative,
    )  # fmt: skip


@transaction.atomic
def describe_assessment(
    *, assessment: EqualityAssessment, title: str, service: str, responsible: str, assessed_on: date, context: str,
    aims: str, summary: str, by: Actor,
) -> None:  # fmt: skip
    """Say what is to be decided and why, and sum the impact up. RuleBroken for a date before its own evidence."""
    _lock_draft(assessment)
    dates = assessment.evidence.values_list("dated_on", flat=True)
    rules.check_assessed_on(assessed_on, dates, today=clock.today(), duty_since=queries.duty_since())
    _set(
        assessment, title=title, service=service, responsible=responsible, assessed_on=assessed_on, context=context,
        aims=aims, summary=summary,
    )  # fmt: skip
    record_change(
        assessment=assessment, verb="describe_assessment", by=by, title=title, assessed_on=assessed_on.isoformat()
    )


@transaction.atomic
def rate_groups(*, assessment: EqualityAssessment, ratings: Ratings, by: Actor) -> None:
    """Say how groups may be affected: {group: (positive, negative, commentary)}, levels from "none" to "high".

    Groups left out keep what was said of them.
    """
    _lock_draft(assessment)
    known = queries.duty(assessment.assessed_on).groups
    for group, (positive, negative, commentary) in ratings.items():
        if group not in known or not {positive, negative} <= set(rules.LEVELS):
            raise RuleBroken("Choose each group and each impact from the list.")
        EqualityImpact.objects.update_or_create(
            assessment=assessment,
            group=group,
            defaults={"positive": positive, "negative": negative, "commentary": commentary},
        )
    levels = {group: f"+{positive} -{negative}" for group, (positive, negative, _) in ratings.items()}
    record_change(assessment=assessment, verb="rate_groups", by=by, levels=levels)


@transaction.atomic
def consider_limbs(*, assessment: EqualityAssessment, commentaries: Mapping[str, str], by: Actor) -> None:
    """Say what regard is had to the limbs of the duty: {limb: words}. Empty words are left out."""
    _lock_draft(assessment)
    known = queries.duty(assessment.assessed_on).limbs
    for limb, commentary in commentaries.items():
        if limb not in known:
            raise RuleBroken("Choose the limb of the duty from the list.")
        EqualityLimb.objects.filter(assessment=assessment, limb=limb).delete()
        if commentary.strip():
            EqualityLimb.objects.create(assessment=assessment, limb=limb, commentary=commentary)
    record_change(assessment=assessment, verb="consider_limbs", by=by, limbs=sorted(commentaries))


@transaction.atomic
def assess_fully(
    *, assessment: EqualityAssessment, engagement: str, analysis: str, judgement: str, reasons: str, by: Actor
) -> None:
    """Go on from screening to the full assessment: who was asked, what follows, and what it comes to."""
    if judgement not in EqualityAssessment.Judgement.values:
        raise RuleBroken("Say what the assessment comes to.", field="judgement")
    _lock_draft(assessment)
    _set(assessment, is_full=True, engagement=engagement, analysis=analysis, judgement=judgement, reasons=reasons)
    record_change(assessment=assessment, verb="assess_fully", by=by, judgement=judgement)


@transaction.atomic
def add_evidence(
    *, assessment: EqualityAssessment, group: str, statement: str, source: str, dated_on: date, by: Actor
) -> EqualityEvidence:
    """Add what is known, for a group or (empty) for everybody. RuleBroken for what is later than the assessment."""
    _check_group(assessment, group)
    _lock_draft(assessment)
    rules.check_evidence_date(dated_on, assessment.assessed_on)
    evidence = EqualityEvidence.objects.create(
        assessment=assessment, group=group, statement=statement, source=source, dated_on=dated_on
    )
    record_change(
        assessment=assessment, verb="add_evidence", by=by, group=group, source=source, dated_on=dated_on.isoformat()
    )
    return evidence


def add_area_figure(*, assessment: EqualityAssessment, figure: AreaFigure, by: Actor) -> EqualityEvidence:
    """Add a published count of people as evidence, dated by the day on which it was published."""
    return add_evidence(
        assessment=assessment,
        group=figure.group,
        statement=f"{figure.measure} in {figure.district}: {figure.people:,} on {day(figure.counted_on)}.",
        source=figure.source,
        dated_on=figure.published_on,
        by=by,
    )


@transaction.atomic
def drop_evidence(*, evidence: EqualityEvidence, by: Actor) -> None:
    """Take a piece of evidence out of a draft."""
    _lock_draft(evidence.assessment)
    dropped, _ = EqualityEvidence.objects.filter(pk=evidence.pk).delete()
    if not dropped:
        raise RuleBroken("Somebody took it out just now.")
    record_change(assessment=evidence.assessment, verb="drop_evidence", by=by, source=evidence.source)


@transaction.atomic
def plan_action(
    *, assessment: EqualityAssessment, group: str, issue: str, action: str, expected_outcome: str, owner: str,
    due_on: date, cost: Decimal | None, by: Actor,
) -> EqualityAction:  # fmt: skip
    """Plan what is done about an impact, for a group or (empty) for everybody; `cost` in pounds, None for none."""
    _check_group(assessment, group)
    _lock_draft(assessment)
    if due_on < assessment.assessed_on:
        raise RuleBroken("That is before the assessment: plan a later day.", field="due_on")
    planned = EqualityAction.objects.create(
        assessment=assessment, group=group, issue=issue, action=action, expected_outcome=expected_outcome,
        owner=owner, due_on=due_on, cost=cost or Decimal(0),
    )  # fmt: skip
    record_change(assessment=assessment, verb="plan_action", by=by, group=group, due_on=due_on.isoformat())
    return planned


@transaction.atomic
def drop_action(*, action: EqualityAction, by: Actor) -> None:
    """Take an action out of a draft's plan."""
    _lock_draft(action.assessment)
    dropped, _ = EqualityAction.objects.filter(pk=action.pk).delete()
    if not dropped:
        raise RuleBroken("Somebody took it out just now.")
    record_change(assessment=action.assessment, verb="drop_action", by=by, group=action.group)


def _lock_draft(assessment: EqualityAssessment) -> None:
    """Hold an assessment while it changes, and read its date anew. RuleBroken when it is not a draft (any more)."""
    row = EqualityAssessment.objects.select_for_update().filter(pk=assessment.pk, status="draft").first()
    if row is None:
        raise RuleBroken("Somebody has attested this version, so its text stays as it is. Begin a new version.")
    assessment.assessed_on = row.assessed_on


def _set(assessment: EqualityAssessment, **fields: object) -> None:
    for name, value in fields.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=list(fields))


def _check_group(assessment: EqualityAssessment, group: str) -> None:
    if group and group not in queries.duty(assessment.assessed_on).groups:
        raise RuleBroken("Choose the group from the list.", field="group")

"""Writes around an equality impact assessment: attesting it, following it up, and beginning it anew."""

from datetime import date

from django.db import IntegrityError, models, transaction

from trellis.commissioning.commands.equality_changes import create_version, record_change
from trellis.commissioning.models import (
    DueRegard,
    EqualityAction,
    EqualityAssessment,
    EqualityAttestation,
)
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.rules import equality as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

Status = EqualityAssessment.Status
COPIED = [*queries.PLAIN, "is_illustrative"]
COPIED.remove("assessed_on")


@transaction.atomic
def attest_assessment(
    *, assessment: EqualityAssessment, capacity: str, name: str, title: str, attested_on: date, by: Actor
) -> EqualityAttestation:
    """Write down that one of two different people attests it, as "head" or "management"; with the second it is frozen.

    RuleBroken says what the assessment still lacks, or that this person, or somebody in this capacity, did already.
    """
    row = EqualityAssessment.objects.select_for_update().exclude(status=Status.ATTESTED).filter(pk=assessment.pk)
    held = row.first()
    if held is None:
        raise RuleBroken("Two people have attested it already.")
    if capacity not in EqualityAttestation.Capacity.values:
        raise RuleBroken("Say in which capacity they attest it.", field="capacity")
    content, others = queries.content(held), list(held.attestations.values_list("capacity", "name"))
    rules.check_can_attest(
        content, queries.duty(held.assessed_on), capacity=capacity, name=name, attested_on=attested_on, others=others,
        today=clock.today(),
    )  # fmt: skip
    attestation = EqualityAttestation(
        assessment=held, capacity=capacity, name=name.strip(), title=title, attested_on=attested_on,
        digest=rules.digest(content),
    )  # fmt: skip
    try:
        with transaction.atomic():
            attestation.save(force_insert=True)
    except IntegrityError as error:
        raise RuleBroken("Somebody attested it just now: in this capacity, or this very person.") from error
    assessment.status = Status.ATTESTED if others else Status.SIGNING
    row.update(status=assessment.status)
    record_change(assessment=held, verb="attest_assessment", by=by, capacity=capacity, digest=attestation.digest)
    return attestation


@transaction.atomic
def reopen_assessment(*, assessment: EqualityAssessment, reason: str, by: Actor) -> None:
    """Make it a draft again while only one has attested it: that attestation is taken back."""
    reopened = EqualityAssessment.objects.filter(pk=assessment.pk, status=Status.SIGNING).update(status=Status.DRAFT)
    if not reopened:
        raise RuleBroken("It can be opened again only while one of the two has attested it.")
    EqualityAttestation.objects.filter(assessment=assessment).delete()
    assessment.status = Status.DRAFT
    record_change(assessment=assessment, verb="reopen_assessment", by=by, reason=reason)


@transaction.atomic
def begin_new_version(*, assessment: EqualityAssessment, assessed_on: date, by: Actor) -> EqualityAssessment:
    """Copy an attested version into a draft of the next, dated anew; what was done of its plan stays behind."""
    newest = queries.assessments(assessment.commission)[0]
    if newest.pk != assessment.pk or newest.status != Status.ATTESTED:
        raise RuleBroken("A new version begins from the newest one, once two people have attested it.")
    dates = assessment.evidence.values_list("dated_on", flat=True)
    rules.check_assessed_on(assessed_on, dates, today=clock.today(), duty_since=queries.duty_since())
    fields = {name: getattr(newest, name) for name in COPIED}
    version = newest.version + 1
    made = create_version(
        commission=assessment.commission, verb="begin_new_version", by=by, version=version, assessed_on=assessed_on,
        **fields,
    )  # fmt: skip
    _copy(newest.impacts.order_by("pk"), made)
    _copy(newest.limbs.order_by("pk"), made)
    _copy(newest.evidence.order_by("pk"), made)
    _copy(newest.actions.filter(done_on__isnull=True).order_by("pk"), made)
    return made


@transaction.atomic
def follow_up_action(*, action: EqualityAction, done_on: date, done_with: str, by: Actor) -> None:
    """Say when an action was done, and what came of it. RuleBroken for a day to come, and for one done already."""
    if done_on > clock.today():
        raise RuleBroken("That day has not come yet.", field="done_on")
    if not done_with.strip():
        raise RuleBroken("Say what came of it.", field="done_with")
    done = EqualityAction.objects.filter(pk=action.pk, done_on__isnull=True, assessment__status=Status.ATTESTED)
    if not done.update(done_on=done_on, done_with=done_with):
        raise RuleBroken("It is done already, or two people have not attested the assessment yet.")
    record_change(
        assessment=action.assessment, verb="follow_up_action", by=by, action=action.pk, done_on=done_on.isoformat()
    )


@transaction.atomic
def log_due_regard(
    *, assessment: EqualityAssessment, body: str, considered_on: date, considered: str, by: Actor
) -> DueRegard:
    """Write down that a body had the assessment before it on a day, and what it considered."""
    if considered_on > clock.today():
        raise RuleBroken("That day has not come yet.", field="considered_on")
    regard = DueRegard.objects.create(
        assessment=assessment, body=body, considered_on=considered_on, considered=considered
    )
    record_change(
        assessment=assessment, verb="log_due_regard", by=by, body=body, considered_on=considered_on.isoformat()
    )
    return regard


def _copy(rows: models.QuerySet, to: EqualityAssessment) -> None:
    """Each row again, as a row of another version."""
    for row in rows:
        row.pk, row.assessment = None, to
        row.save(force_insert=True)

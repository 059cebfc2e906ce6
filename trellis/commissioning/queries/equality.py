"""Reads of equality impact assessments."""

from datetime import date

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.commissioning.models import (
    AreaFigure,
    Commission,
    DueRegard,
    EqualityAction,
    EqualityAssessment,
    EqualityAttestation,
    EqualityEvidence,
)
from trellis.commissioning.queries.commissions import Progress, commissions_editable_by
from trellis.commissioning.rules import equality as rules
from trellis.commissioning.rules.equality import Content, Duty
from trellis.commissioning.rules.equality_versions import Difference, differences
from trellis.core import clock, rulebook
from trellis.web.words import counted

TOPIC, NAME, STAGE = "commission_equality", "Equality impact assessment", "plan"
ATTESTED = EqualityAssessment.Status.ATTESTED


def duty(on: date) -> Duty:
    """Whom an assessment of a day looks at, and by which limbs (the rulebook)."""
    first, further = (rulebook.value(f"equality.{name}", on=on) for name in ("characteristics", "further_groups"))
    return Duty(
        {**first, **further},
        dict(rulebook.value("equality.limbs", on=on)),
        rulebook.value("equality.first_limb_only", on=on),
        dict(rulebook.value("equality.screening", on=on)),
    )


def duty_since() -> date:
    """The first day of which the rulebook knows the duty."""
    return rulebook.book()["equality.limbs"][0].effective_from


def assessments(commission: Commission) -> QuerySet[EqualityAssessment]:
    """Every version, the newest first."""
    rows = EqualityAssessment.objects.filter(commission=commission)
    return rows.select_related("commission__authority").prefetch_related("attestations")


def capacities_left(assessment: EqualityAssessment) -> list[str]:
    """In which capacities nobody has attested it yet."""
    taken = set(assessment.attestations.values_list("capacity", flat=True))
    return [one for one in EqualityAttestation.Capacity.values if one not in taken]


def published(reference: str) -> EqualityAssessment | None:
    """The assessment of a reference, if it is attested: those anyone may read."""
    rows = EqualityAssessment.objects.select_related("commission__authority")
    return rows.filter(reference=reference, status=ATTESTED).first()


def latest_attested(commission: Commission) -> EqualityAssessment | None:
    """The newest version that two people have attested."""
    return assessments(commission).filter(status=ATTESTED).first()


def content(assessment: EqualityAssessment) -> Content:
    """Everything that is attested: groups and limbs in the rulebook's order, the rest in that of writing."""
    about = duty(assessment.assessed_on)
    place = {group: number for number, group in enumerate(about.groups)}
    impacts = sorted(assessment.impacts.all(), key=lambda row: place.get(row.group, len(place)))
    limbs = {row.limb: row.commentary for row in assessment.limbs.all()}
    return Content(
        **{name: getattr(assessment, name) for name in PLAIN},
        impacts=tuple(rules.Impact(row.group, row.positive, row.negative, row.commentary) for row in impacts),
        limbs=tuple((limb, limbs[limb]) for limb in sorted(limbs, key=[*about.limbs].index)),
        evidence=tuple(
            rules.Evidence(row.group, row.statement, row.source, row.dated_on) for row in assessment.evidence.all()
        ),
        actions=tuple(
            rules.Action(row.group, row.issue, row.action, row.expected_outcome, row.owner, row.due_on, row.cost)
            for row in assessment.actions.order_by("id")
        ),
    )


def actions(assessment: EqualityAssessment) -> QuerySet[EqualityAction]:
    """What will be done, by when it is due."""
    return assessment.actions.select_related("assessment__commission")


def evidence(assessment: EqualityAssessment) -> QuerySet[EqualityEvidence]:
    """What it rests on."""
    return assessment.evidence.select_related("assessment")


def regard(commission: Commission) -> QuerySet[DueRegard]:
    """Every body that had an assessment of the commission before it, in the order of the days."""
    return DueRegard.objects.filter(assessment__commission=commission).select_related("assessment")


def late_actions(user: User) -> QuerySet[EqualityAction]:
    """What ought to be done and is not, of attested assessments of commissions that a person may change.

    A later attested version has its own copy of what was still to do, so only the newest one's count.
    """
    mine = EqualityAssessment.objects.filter(commission__in=commissions_editable_by(user), status=ATTESTED)
    newest = mine.order_by("commission_id", "-version")
    latest = {row.commission_id: row.pk for row in reversed(newest)}
    late = EqualityAction.objects.filter(done_on__isnull=True, due_on__lt=clock.today())
    return late.filter(assessment_id__in=latest.values()).select_related("assessment__commission")


def area_figures(assessment: EqualityAssessment) -> QuerySet[AreaFigure]:
    """Counts of people that were published by the day of the assessment: later ones are not offered."""
    rows = AreaFigure.objects.filter(published_on__lte=assessment.assessed_on, district__is_served=True)
    return rows.select_related("district")


def compared(before: EqualityAssessment, after: EqualityAssessment) -> tuple[Difference, ...]:
    """Two versions side by side."""
    judgements = {str(code): str(words) for code, words in EqualityAssessment.Judgement.choices}
    return differences(content(before), content(after), duty(after.assessed_on), judgements)


def progress(commission: Commission) -> Progress:
    """How the assessment of a commission stands: an attested one is what planning needs."""
    row = assessments(commission).first()
    if row is None:
        return Progress(TOPIC, NAME, STAGE, False, "", "Not begun: who may be affected, and how?")
    attested = latest_attested(commission)
    words = f"Version {row.version}: {row.get_status_display().lower()}."
    if attested:
        late = sum(rules.is_late(one.due_on, one.done_on, clock.today()) for one in attested.actions.all())
        lacking = f"{counted(late, 'action')} late." if late else ""
        return Progress(TOPIC, NAME, STAGE, True, words, lacking)
    lacks = rules.missing(content(row), duty(row.assessed_on))
    return Progress(TOPIC, NAME, STAGE, False, words, lacks[0] if lacks else "Two people have to attest it.")


PLAIN = (
    "title", "service", "responsible", "assessed_on", "context", "aims", "summary", "is_full", "engagement", "analysis",
    "judgement", "reasons",
)  # fmt: skip

"""Equality impact assessments as far as a test needs them."""

from datetime import date
from decimal import Decimal

from trellis.commissioning.commands import commissions
from trellis.commissioning.commands import equality as commands
from trellis.commissioning.commands import equality_signing as signing
from trellis.commissioning.models import Commission, EqualityAssessment
from trellis.commissioning.queries import equality as queries

ASSESSED_ON = date(2018, 6, 1)
ABOUT = {
    "title": "A new contract for support",
    "service": "Adults, commissioning",
    "responsible": "Head of commissioning",
    "assessed_on": ASSESSED_ON,
    "context": "Grants end.",
    "aims": "Even support.",
}
HEAD = {"capacity": "head", "name": "Hanna Head", "title": "Head of service", "attested_on": date(2018, 6, 4)}
MANAGER = {"capacity": "management", "name": "Milo Manager", "title": "Director", "attested_on": date(2018, 6, 5)}
ACTION = {
    "group": "disability",
    "issue": "Sites may be hard to reach.",
    "action": "Ask for step-free sites.",
    "expected_outcome": "Nobody is shut out.",
    "owner": "Contract manager",
    "due_on": date(2018, 6, 20),
    "cost": Decimal(0),
}


def open_commission(cast) -> Commission:
    return commissions.open_commission(
        title="Support", purpose="Even support.", authority=cast.council, owner=cast.carol, by=cast.carol
    )


def begun(cast, commission: Commission | None = None) -> EqualityAssessment:
    """A first version of which nothing is said yet but what it is about."""
    return commands.begin_assessment(commission=commission or open_commission(cast), by=cast.carol, **ABOUT)


def ready(cast, commission: Commission | None = None, *, negative: str = "low") -> EqualityAssessment:
    """One that can be attested: a negative impact on disability only, with evidence and an action."""
    assessment = begun(cast, commission)
    duty = queries.duty(ASSESSED_ON)
    ratings = {group: ("low", negative if group == "disability" else "none", "As we see it.") for group in duty.groups}
    commands.rate_groups(assessment=assessment, ratings=ratings, by=cast.carol)
    commands.consider_limbs(assessment=assessment, commentaries=dict.fromkeys(duty.limbs, "Considered."), by=cast.carol)
    commands.describe_assessment(assessment=assessment, summary="Little impact.", by=cast.carol, **ABOUT)
    commands.add_evidence(
        assessment=assessment, group="", statement="We asked.", source="Survey", dated_on=date(2018, 5, 1),
        by=cast.carol,
    )  # fmt: skip
    commands.plan_action(assessment=assessment, by=cast.carol, **ACTION)
    return assessment


def attested(cast, commission: Commission | None = None) -> EqualityAssessment:
    """One that two people have attested. Its action was due on 20 June 2018."""
    assessment = ready(cast, commission)
    for who in (HEAD, MANAGER):
        signing.attest_assessment(assessment=assessment, by=cast.carol, **who)
    return assessment


def parts_of_addresses(assessment: EqualityAssessment) -> dict[str, int | str]:
    """What stands in the addresses of an assessment's pages, for the access matrix."""
    action = assessment.actions.get().pk
    return {
        "equality reference": assessment.reference,
        "commissions version": "1",
        "compare_versions before": "1",
        "compare_versions after": "1",
        "drop_equality_evidence number": assessment.evidence.get().pk,
        "drop_equality_action number": action,
        "follow_up_action number": action,
    }

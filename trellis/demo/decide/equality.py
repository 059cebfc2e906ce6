"""The equality impact assessment of the demo's commission: two versions, attested, heard at each step, followed up."""

from decimal import Decimal
from typing import Any

from trellis.accounts.models import User
from trellis.commissioning.commands import equality as commands
from trellis.commissioning.commands import equality_signing as signing
from trellis.commissioning.models import Commission, EqualityAssessment
from trellis.commissioning.queries import equality as queries
from trellis.demo.decide import on
from trellis.demo.names import read

ABOUT = ("title", "service", "responsible", "assessed_on", "context", "aims")


def assess_equality(commission: Commission, officer: User) -> EqualityAssessment:
    """Assess it, have it attested and heard, and again before members hear it. Gives the second version."""
    story = read("equality")
    first = _assess(commission, story, officer)
    _attest_and_hear(first, story, officer)
    later = story["second"]
    with on(later["assessed_on"]):
        second = signing.begin_new_version(assessment=first, assessed_on=later["assessed_on"], by=officer)
        commands.consider_limbs(assessment=second, commentaries={"foster": later["foster"]}, by=officer)
        for row in later["evidence"]:
            commands.add_evidence(assessment=second, by=officer, **row)
    _attest_and_hear(second, later, officer)
    return second


def follow_up(commission: Commission, officer: User) -> None:
    """Say what came of the action plan, each on its day; one action stays undone."""
    assessment = queries.latest_attested(commission)
    if assessment is None:
        raise LookupError(f"Nobody has assessed the equality of {commission.reference}.")
    for row in read("equality")["done"]:
        action = queries.actions(assessment).get(action=row["action"])
        with on(row["done_on"]):
            signing.follow_up_action(action=action, done_on=row["done_on"], done_with=row["done_with"], by=officer)


def _assess(commission: Commission, story: dict[str, Any], officer: User) -> EqualityAssessment:
    about = {name: story[name] for name in ABOUT}
    with on(story["assessed_on"]):
        made = commands.begin_assessment(commission=commission, is_illustrative=True, by=officer, **about)
        ratings = {row["group"]: (row["positive"], row["negative"], row["commentary"]) for row in story["group"]}
        commands.rate_groups(assessment=made, ratings=ratings, by=officer)
        commands.consider_limbs(assessment=made, commentaries=story["limbs"], by=officer)
        for row in story["evidence"]:
            commands.add_evidence(assessment=made, by=officer, **row)
        commands.assess_fully(assessment=made, by=officer, **story["full"])
        for row in story["action"]:
            commands.plan_action(assessment=made, by=officer, **(row | {"cost": Decimal(row["cost"])}))
        commands.describe_assessment(assessment=made, summary=story["summary"], by=officer, **about)
    return made


def _attest_and_hear(assessment: EqualityAssessment, story: dict[str, Any], officer: User) -> None:
    for row in story["attestation"]:
        with on(row["attested_on"]):
            signing.attest_assessment(assessment=assessment, by=officer, **row)
    for row in story["regard"]:
        with on(row["considered_on"]):
            signing.log_due_regard(assessment=assessment, by=officer, **row)

"""Saying that a partner has not declared an interest, and what comes of it."""

from datetime import date

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts.commands.interests import declare_interest, declare_tie
from trellis.contracts.models import GapAnswer, InterestChallenge, Partner, Tie
from trellis.contracts.queries import challenges as queries
from trellis.contracts.rules import challenges as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import Organisation, ServiceType
from trellis.places.models import District


@transaction.atomic
def raise_challenge(
    *,
    partner: Partner,
    challenger: Organisation,
    what: str,
    since: date,
    service_type: ServiceType | None = None,
    district: District | None = None,
    organisation: Organisation | None = None,
    by: Actor,
) -> InterestChallenge:
    """Say that a partner has not declared an interest: a kind of service in a district, or a named organisation.

    RuleBroken when the challenger is the partner, and when it is declared already.
    """
    if (service_type is None) == (organisation is None) or (service_type is None) != (district is None):
        raise RuleBroken("Say a kind of service with its district, or an organisation.", field="service_type")
    declared = queries.is_declared(
        partner, service_type=service_type, district=district, organisation=organisation, on=clock.today()
    )
    rules.check_can_raise(is_own=challenger.pk == partner.organisation_id, is_declared=declared)
    challenge = create_with_reference(
        InterestChallenge, "CHA", partner=partner, challenger=challenger, what=what, since=since,
        service_type=service_type, district=district, organisation=organisation, raised_by=by.actor_name,
    )  # fmt: skip
    _record(challenge, "raise", by)
    return challenge


@transaction.atomic
def answer_challenge(*, challenge: InterestChallenge, accepts: bool, answer: str, by: Actor) -> None:
    """The partner answers. What it accepts is declared at once; what it disputes goes to the contract manager."""
    verb = "accept" if accepts else "dispute"
    said = {"answer": answer, "answered_at": clock.now(), "answered_by": by.actor_name}
    _move(challenge, verb, by, **said)
    if accepts:
        _declare(challenge, by)
    _record(challenge, "answer", by, accepts=str(accepts))


@transaction.atomic
def settle_challenge(*, challenge: InterestChallenge, upheld: bool, outcome: str, by: Actor) -> None:
    """The contract manager decides. What is upheld is declared in the partner's place, whatever it says."""
    _move(challenge, "uphold" if upheld else "dismiss", by, outcome=outcome)
    if upheld:
        _declare(challenge, by)
    _record(challenge, "settle", by, upheld=str(upheld))


@transaction.atomic
def explain_gap(*, partner: Partner, service_type: ServiceType, reason: str, by: Actor) -> None:
    """Say why a service that the register or a grant suggests is no interest of a partner's."""
    try:
        with transaction.atomic():
            GapAnswer.objects.create(
                partner=partner, service_type=service_type, reason=reason, answered_by=by.actor_name
            )
    except IntegrityError as error:
        raise RuleBroken("You have said why not already.") from error
    audit.record(
        by=by,
        action="contracts.explain_gap",
        subject=f"partner {partner.organisation.reference}",
        reason=reason,
        facts={"service_type": service_type.code},
    )


def _declare(challenge: InterestChallenge, by: Actor) -> None:
    partner, since = challenge.partner, challenge.since
    if challenge.organisation:
        declare_tie(partner=partner, organisation=challenge.organisation, kind=Tie.Kind.TIED_TO, starts_on=since, by=by)
    elif challenge.service_type and challenge.district:
        declare_interest(
            partner=partner, service_type=challenge.service_type, district=challenge.district, starts_on=since, by=by
        )


def _move(challenge: InterestChallenge, verb: str, by: Actor, **changes: object) -> None:
    status = rules.next_status(challenge.status, verb)
    if status in rules.SETTLED:
        changes |= {"settled_at": clock.now(), "settled_by": by.actor_name}
    as_checked = InterestChallenge.objects.filter(pk=challenge.pk, status=challenge.status)
    if not as_checked.update(status=status, **changes):
        raise RuleBroken("Somebody moved this challenge on just now. Look at it again.")
    challenge.refresh_from_db(fields=["status", *changes])


def _record(challenge: InterestChallenge, verb: str, by: Actor, **facts: str) -> None:
    audit.record(
        by=by,
        action=f"contracts.{verb}_challenge",
        subject=f"challenge {challenge.reference}",
        facts={"partner": challenge.partner.organisation.reference, **facts},
    )

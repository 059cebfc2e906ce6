"""Setting what a contract says of its money."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.contracts import commands as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation
from trellis.payments.models import AuthorisationLimit, PaymentTerms, VatTreatment
from trellis.payments.queries.base import last_stated
from trellis.payments.rules import terms as rules
from trellis.performance import queries as performance


@transaction.atomic
def set_funding(*, contract: Contract, starts_on: date, shares: Mapping[str, Decimal], by: Actor) -> None:
    """Say which budgets pay for a contract from a date, as fractions that sum to 1. It replaces that date's own.

    Raises RuleBroken for a date in a quarter that a statement has closed.
    """
    _check_authority(contract, by)
    rules.check_not_closed(starts_on=starts_on, closed=last_stated(contract))
    contracts.set_funding(contract=contract, starts_on=starts_on, shares=shares, by=by)


@transaction.atomic
def set_payment_terms(*, contract: Contract, starts_on: date, in_advance: bool, by: Actor) -> None:
    """Say whether quarters that begin from a date on are paid as they begin, or once they are over."""
    _check_authority(contract, by)
    rules.check_not_closed(starts_on=starts_on, closed=last_stated(contract))
    PaymentTerms.objects.update_or_create(contract=contract, starts_on=starts_on, defaults={"in_advance": in_advance})
    _tell("set_payment_terms", contract, by, {"starts_on": starts_on, "in_advance": in_advance})


@transaction.atomic
def set_vat_treatment(*, partner: Partner, starts_on: date, treatment: str, by: Actor) -> None:
    """Say how a partner stands to VAT from a date; `treatment` is one of VatTreatment.Treatment."""
    _check_authority(partner.contract, by)
    rules.check_treatment(treatment)
    VatTreatment.objects.update_or_create(partner=partner, starts_on=starts_on, defaults={"treatment": treatment})
    facts = {"starts_on": starts_on, "treatment": treatment, "partner": partner.organisation.reference}
    _tell("set_vat_treatment", partner.contract, by, facts)


@transaction.atomic
def set_authorisation_limit(*, user: User, authority: Organisation, starts_on: date, limit: Decimal, by: Actor) -> None:
    """Give one person a limit of their own from a date, in pounds, as the authority's scheme of delegation says.

    It is for whoever runs the service to enter: nobody who moves money sets how much.
    """
    rules.check_can_set_limit(
        is_service=by.person_id is None,
        authorises=authority.pk in user.organisation_ids(Permission.STATEMENT_AUTHORISE),
        limit=limit,
    )
    AuthorisationLimit.objects.update_or_create(
        user=user, authority=authority, starts_on=starts_on, defaults={"limit": limit}
    )
    facts = {"person": user.actor_name, "starts_on": starts_on, "limit": limit}
    audit.record(
        by=by, action="payments.set_authorisation_limit", subject=f"organisation {authority.reference}", facts=facts
    )


def _check_authority(contract: Contract, by: Actor) -> None:
    if isinstance(by, User) and not performance.is_of_authority(by, contract, Permission.CONTRACT_MANAGE):
        raise RuleBroken("Only the contract manager of this contract can set its terms of payment.")


def _tell(action: str, contract: Contract, by: Actor, facts: dict) -> None:
    audit.record(by=by, action=f"payments.{action}", subject=f"contract {contract.reference}", facts=facts)

"""Contracts, their quarters and targets. They are public."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from trellis.accounts.models import User
from trellis.contracts.models import Contract, ContractQuarter, Target
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission


def contracts() -> QuerySet[Contract]:
    """Every contract, the newest first, with its authority."""
    return Contract.objects.select_related("authority", "independent_route").order_by("-starts_on")


def contract(reference: str) -> Contract | None:
    """The contract of that reference, if there is one."""
    return contracts().filter(reference=reference).first()


def contracts_managed_by(user: User) -> QuerySet[Contract]:
    """The contracts that a person manages for their authority."""
    return contracts().filter(authority_id__in=user.organisation_ids(Permission.CONTRACT_MANAGE))


def current_contract(on: date) -> Contract | None:
    """The contract whose term holds the date: the one under which new requests are made."""
    return contracts().filter(starts_on__lte=on, ends_on__gte=on).first()


def quarters(contract: Contract) -> list[ContractQuarter]:
    """The contract's quarters in order."""
    return list(contract.quarters.all())


def quarter(contract: Contract, quarter: Quarter) -> ContractQuarter | None:
    """The contract quarter in which a calendar quarter begins.

    A contract that starts on a quarter day (all of ours do) has the two coincide.
    """
    return contract.quarters.filter(starts_on__lte=quarter.start, ends_on__gte=quarter.start).first()


def value(contract: Contract) -> Decimal:
    """Pounds over the whole term."""
    return contract.quarters.aggregate(total=Sum("value"))["total"] or Decimal(0)


def targets(contract: Contract, on: date) -> dict[str, Target]:
    """The target in force on the date, by indicator code."""
    in_force: dict[str, Target] = {}
    for target in contract.targets.filter(starts_on__lte=on).order_by("starts_on").select_related("indicator"):
        in_force[target.indicator_id] = target
    return in_force

"""Subcontracts, what they take of a partner's share, and what is asked of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from trellis.contracts.models import Contract, Partner, Subcontract
from trellis.contracts.queries.contract import quarters
from trellis.contracts.queries.partners import shares
from trellis.contracts.rules import regime
from trellis.core import money, rulebook

BINDING = [Subcontract.Status.AGREED, Subcontract.Status.RUNNING, Subcontract.Status.ENDED]


@dataclass(frozen=True)
class Together:
    """What the subcontracts that bind come to: how many, pounds, how many of them are with small bodies."""

    number: int
    value: Decimal
    small: int
    limit: Decimal


def subcontracts(contract: Contract) -> QuerySet[Subcontract]:
    """All of a contract's, dropped ones too, by name of the body."""
    return Subcontract.objects.filter(contract=contract).select_related("organisation", "partner__organisation")


def together(contract: Contract, on: date) -> Together:
    """What those agreed, running and ended come to; small is under the income limit of the day, as the register has
    it."""
    limit = Decimal(str(rulebook.value("support.income_limit", on)))
    found = subcontracts(contract).filter(status__in=BINDING)
    small = Count("pk", filter=Q(organisation__latest_income__lt=limit))
    sums = found.order_by().aggregate(number=Count("pk"), value=Sum("value"), small=small)
    return Together(sums["number"], sums["value"] or Decimal(0), sums["small"], limit)


def share_worth(partner: Partner) -> Decimal:
    """What a partner's shares are worth over the whole term, in pounds: each quarter by the share on its first day."""
    contract, worth = partner.contract, Decimal(0)
    for quarter in quarters(contract):
        worth += quarter.value * shares(contract, quarter.starts_on).get(partner, Decimal(0))
    return money.rounded(worth)


def committed(partner: Partner, *, without: Subcontract | None = None) -> Decimal:
    """Pounds of the partner's share that agreed, running and ended subcontracts take."""
    taken = partner.subcontracts.filter(status__in=BINDING)
    others = taken.exclude(pk=without.pk) if without else taken
    return others.aggregate(total=Sum("value"))["total"] or Decimal(0)


def due_diligence(subcontract: Subcontract) -> Mapping[str, str]:
    """What is asked of it, by code: the rulebook's list of the day on which it was proposed."""
    return rulebook.value("contracts.due_diligence", on=subcontract.proposed_at.date())


def most_days_to_pay(contract: Contract) -> int:
    """The most days from a valid invoice to its payment, under the law of the contract's award."""
    on = regime.awarded_on(award_signed_on=contract.award_signed_on, starts_on=contract.starts_on)
    return rulebook.value("payments.days_to_pay", on=on)

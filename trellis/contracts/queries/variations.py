"""Variations, what the contract was worth as awarded, and the test of a change."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from trellis.contracts.models import Contract, Variation, VariationYear
from trellis.contracts.queries.contract import quarters, value
from trellis.contracts.rules import grounds
from trellis.contracts.rules.regime import awarded_on, regime
from trellis.core.money import MoneyField

CARRIED = Variation.Status.CARRIED


@dataclass(frozen=True)
class Standing:
    """A contract as awarded and as it stands: pounds, and its last day. `regime` is the code of the law."""

    regime: str
    awarded_on: date
    original: Decimal
    now: Decimal
    longest: date


def variations(contract: Contract) -> QuerySet[Variation]:
    """All of a contract's, the latest to take effect first, each with what it changes the value by."""
    changed = Sum(F("years__after") - F("years__before"), output_field=MoneyField())
    found = Variation.objects.filter(contract=contract).select_related("contract").annotate(amount=changed)
    return found.order_by("-effective_on", "-id")  # said again: a sum over years forgets the order of the model


def standing(contract: Contract) -> Standing:
    """What the contract was when it was awarded, and what it is worth now: the difference is what was carried."""
    on = awarded_on(award_signed_on=contract.award_signed_on, starts_on=contract.starts_on)
    carried = list(variations(contract).filter(status=CARRIED))
    now = value(contract)
    first_end = min((one.ends_before for one in carried), default=contract.ends_on)
    original = now - sum((change_of(one) for one in carried), Decimal(0))
    return Standing(regime(on), on, original, now, first_end)


def change_of(variation: Variation) -> Decimal:
    """Pounds by which a variation changes the value; less is negative."""
    return sum((year.after - year.before for year in variation.years.all()), Decimal(0))


def values_by_year(contract: Contract) -> dict[int, Decimal]:
    """What each contract year is worth now, in pounds."""
    found: dict[int, Decimal] = {}
    for quarter in quarters(contract):
        found[quarter.year] = found.get(quarter.year, Decimal(0)) + quarter.value
    return found


def open_years(contract: Contract, on: date) -> set[int]:
    """The contract years of which a quarter begins after a day: only those can be worth something else."""
    return set(contract.quarters.filter(starts_on__gt=on).values_list("year", flat=True))


def working(variation: Variation) -> tuple[grounds.Line, ...]:
    """The test of a variation: as it stood when it was carried, else as it stands now."""
    if variation.status == CARRIED:
        return tuple(grounds.Line(**line) for line in variation.working)
    return grounds.working(_change(variation))


def _change(variation: Variation) -> grounds.Change:
    contract = variation.contract
    found = standing(contract)
    carried = variations(contract).filter(status=CARRIED).exclude(pk=variation.pk)
    return grounds.Change(
        regime=found.regime,
        ground=variation.ground,
        awarded_on=found.awarded_on,
        original=found.original,
        before=found.now,
        after=found.now + change_of(variation),
        starts_on=contract.starts_on,
        longest=found.longest,
        ends_before=variation.ends_before,
        ends_after=variation.ends_after,
        earlier=tuple((one.ground, change_of(one)) for one in carried),
        clause=variation.clause,
        changes_nature=variation.changes_nature,
        admits_others=variation.admits_others,
        shifts_balance=variation.shifts_balance,
        extends_scope=variation.extends_scope,
    )


def years(variation: Variation) -> QuerySet[VariationYear]:
    """What it does to the value, year by year."""
    return variation.years.all()

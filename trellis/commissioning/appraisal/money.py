"""What an option does with a year's money, and why that makes it better or worse."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from trellis.core import money


@dataclass(frozen=True)
class OptionMoney:
    """One option's year: pounds that it is worth, pounds that running it takes, organisations that it reaches."""

    option: str
    yearly_value: Decimal
    management_cost: Decimal
    organisations_reached: int

    @property
    def reaches_organisations(self) -> Decimal:
        """Pounds that are left for support."""
        return self.yearly_value - self.management_cost

    @property
    def management_share(self) -> Decimal:
        """The part of the value that running it takes, in percent."""
        return 100 * self.management_cost / self.yearly_value if self.yearly_value else Decimal(0)

    @property
    def cost_per_organisation(self) -> Decimal | None:
        """Pounds that the authority pays for each organisation reached; None where none is."""
        return money.rounded(self.yearly_value / self.organisations_reached) if self.organisations_reached else None


@dataclass(frozen=True)
class Reason:
    """Why an option does worse than the best on one measure: by how much, beside which."""

    option: str
    measure: str
    by: Decimal
    best: str


COST, REACH = "management cost", "reach"


def reasons(models: Sequence[OptionMoney]) -> tuple[Reason, ...]:
    """For each option, what it loses to management beyond the leanest, and how many fewer it reaches than the widest.

    Pounds for the one and organisations for the other. The best on a measure has no reason there.
    """
    if not models:
        return ()
    leanest = min(models, key=lambda each: each.management_cost)
    widest = max(models, key=lambda each: each.organisations_reached)
    found = []
    for each in models:
        if each.management_cost > leanest.management_cost:
            found.append(Reason(each.option, COST, each.management_cost - leanest.management_cost, leanest.option))
        if each.organisations_reached < widest.organisations_reached:
            fewer = Decimal(widest.organisations_reached - each.organisations_reached)
            found.append(Reason(each.option, REACH, fewer, widest.option))
    return tuple(found)

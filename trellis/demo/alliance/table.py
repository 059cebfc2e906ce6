"""Who sits at the table of the demo's alliance, and what its stories need."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Partner
from trellis.demo.names import read
from trellis.demo.staff import Staff
from trellis.organisations.models import Organisation
from trellis.places.models import District


@dataclass(frozen=True)
class AllianceTable:
    """The contract, its people, and the partners by their key in the data."""

    contract: Contract
    staff: Staff
    partners: dict[str, Partner]
    districts: dict[str, District]

    def lead(self, key: str) -> User:
        """Who leads a partner; the contract manager for the council."""
        return self.staff.leads[self.partners[key]] if key in self.partners else self.staff.contract_manager

    def member(self, key: str) -> Organisation:
        """The organisation of a partner, or the authority."""
        return self.partners[key].organisation if key in self.partners else self.contract.authority


def lay(contract: Contract, staff: Staff) -> AllianceTable:
    """The table as the data names it."""
    by_name = {partner.organisation.name: partner for partner in staff.leads}
    return AllianceTable(
        contract,
        staff,
        {row["key"]: by_name[row["name"]] for row in read("alliance")["partner"]},
        {one.code: one for one in District.objects.all()},
    )


def morning(day: date) -> datetime:
    """Half past ten on a day: after the quarter's stories, before lunch."""
    return timezone.make_aware(datetime.combine(day, time(10, 30)))


def a_small_body(district: str, service_type: str, most: int) -> Organisation | None:
    """A body of the register that is small, by name the first; None where a small load has none."""
    found = Organisation.objects.active().filter(
        district_id=district, service_types__code=service_type, latest_income__lt=most, partnerships__isnull=True
    )
    return found.order_by("name").first()

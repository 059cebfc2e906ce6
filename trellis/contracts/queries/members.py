"""The alliance's members as its table shows them: the commissioner and the partners, side by side."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from trellis.commissioning.models import Outcome
from trellis.commissioning.rules.outcomes import DRAFTING_STAGES
from trellis.contracts.models import Contract, Partner, Seat
from trellis.contracts.queries.contract import quarters
from trellis.contracts.queries.coverage import coverage
from trellis.contracts.queries.partners import ever_partners, partners, seats
from trellis.organisations.models import Organisation
from trellis.places import queries as places
from trellis.places.models import District


@dataclass(frozen=True)
class Member:
    """One member on a day: `partner` is None for the commissioner, `seat` while nobody is named."""

    organisation: Organisation
    partner: Partner | None
    seat: Seat | None


def members(contract: Contract, on: date) -> QuerySet[Organisation]:
    """The organisations at the table on the date, the commissioner among them."""
    partner_ids = partners(contract, on).values_list("organisation_id", flat=True)
    return Organisation.objects.filter(pk__in=[contract.authority_id, *partner_ids])


def table(contract: Contract, on: date) -> list[Member]:
    """Every member on the date with its seat, all by name: there is no head of the table."""
    by_organisation = {partner.organisation_id: partner for partner in partners(contract, on)}
    named = {seat.organisation_id: seat for seat in seats(contract, on)}
    found = members(contract, on).order_by("name")
    return [Member(one, by_organisation.get(one.pk), named.get(one.pk)) for one in found]


def starts_to_come(contract: Contract, today: date) -> list[date]:
    """The first days of the contract's quarters that have not begun: from these, shares can change."""
    return [quarter.starts_on for quarter in quarters(contract) if quarter.starts_on > today]


def ends_to_come(contract: Contract, today: date) -> list[date]:
    """The last days of the contract's quarters that are not over, but for the last: it ends with the contract."""
    return [quarter.ends_on for quarter in quarters(contract)[:-1] if quarter.ends_on >= today]


def partners_to_come(contract: Contract, today: date) -> list[Partner]:
    """The partners that are members today or later, by name."""
    return [one for one in ever_partners(contract) if one.left_on is None or one.left_on >= today]


def outcomes_in_force() -> list[Outcome]:
    """What the partners work towards."""
    return list(Outcome.objects.exclude(commission__stage__in=DRAFTING_STAGES))


def districts_covered(partner: Partner, on: date) -> dict[str, list[str]]:
    """The codes of the districts that a partner covers on the date, by outcome."""
    found: dict[str, list[str]] = {}
    for row in coverage(partner.contract, on).filter(partner=partner):
        found.setdefault(row.outcome_id, []).append(row.district_id)
    return found


def districts_served() -> list[District]:
    """The districts that the alliance serves, by name."""
    return places.districts_served()

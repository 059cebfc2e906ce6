"""What the partners' interests cost the county: the requests that they could not take."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet

from trellis.contracts import queries as contracts
from trellis.contracts.models import Partner
from trellis.core import rulebook
from trellis.organisations.models import stands_for
from trellis.places import queries as places
from trellis.places.models import District
from trellis.support import rules
from trellis.support.models import Case


@dataclass(frozen=True)
class DistrictCost:
    """The requests of a district in a period; `shut` of them were closed to the partner. None: withheld as too few."""

    district: District
    shut: int | None


@dataclass(frozen=True)
class Cost:
    """What a partner's interests shut it out of in a period, by district. `total` None: withheld as too few."""

    partner: Partner
    since: date
    until: date
    fewest: int
    districts: tuple[DistrictCost, ...]
    total: int | None
    asked: int


def cost_of(partner: Partner, since: date, until: date) -> Cost:
    """The requests of a period that a partner could not take, by what it had declared on the day that each was made.

    Counts between nought and the rulebook's fewest are withheld, and so is whatever would give them away.
    """
    fewest = rulebook.value("performance.fewest_cases", on=until)
    asked = Case.objects.filter(contract=partner.contract, requested_on__gte=since, requested_on__lte=until)
    counts = dict.fromkeys((one.code for one in places.districts_served()), 0)
    counts |= {code: number for code, number in _shut(asked, partner) if code in counts}
    shown, total = rules.withheld(counts, fewest=fewest)
    districts = tuple(DistrictCost(one, shown[one.code]) for one in places.districts_served())
    return Cost(partner, since, until, fewest, districts, total, asked.count())


def _shut(asked: QuerySet[Case], partner: Partner) -> QuerySet:
    competes = contracts.competes(OuterRef("stands"), [partner.organisation_id], OuterRef("requested_on"))
    shut = asked.alias(stands=stands_for()).filter(competes | Q(organisation_id=partner.organisation_id))
    by_district = shut.order_by().values("organisation__district").annotate(number=Count("pk"))
    return by_district.values_list("organisation__district", "number")

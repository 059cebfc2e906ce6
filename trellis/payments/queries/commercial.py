"""Reads of the commercial terms: which are in force, and the document that a year is shared out from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.money import split
from trellis.core.permissions import Permission
from trellis.payments.models import CommercialTerms, Settlement, UnsharedYear
from trellis.performance import queries as performance


def alliances_visible_to(user: User) -> QuerySet[Contract]:
    """The contracts whose books and terms somebody reads: of the authority, or of a partner that is a member today."""
    return contracts.alliances_of(user, Permission.BOOKS_VIEW, clock.today())


def may_manage(user: User | Actor, contract: Contract) -> bool:
    """Whether a person manages the contract for its authority."""
    return performance.is_of_authority(user, contract, Permission.CONTRACT_MANAGE)


PER_CENTS = (
    "gate", "overshoot", "gain_ratio", "pain_ratio", "overhead_ceiling", "credit_cap_quarter", "credit_cap_year",
)  # fmt: skip

PARTS = 10**10  # with the two places of a penny, a part of a year ends at its twelfth


@dataclass(frozen=True)
class Year:
    """A contract year: its days, and what it is worth in pounds."""

    number: int
    starts_on: date
    ends_on: date
    value: Decimal
    quarters: tuple[str, ...]


def years(contract: Contract) -> list[Year]:
    """The contract's years in order."""
    rows = contracts.quarters(contract)
    return [_year(number, [row for row in rows if row.year == number]) for number in sorted({row.year for row in rows})]


def _year(number: int, rows: list) -> Year:
    value = sum((row.value for row in rows), Decimal(0))
    quarters = tuple(f"{row.starts_on.year}-Q{(row.starts_on.month + 2) // 3}" for row in rows)
    return Year(number, rows[0].starts_on, rows[-1].ends_on, value, quarters)


def year(contract: Contract, number: int) -> Year | None:
    """One contract year, if the contract has it."""
    return next((one for one in years(contract) if one.number == number), None)


def year_on(contract: Contract, on: date) -> Year:
    """The year that a day is in; the first before the term, the last after it."""
    found = years(contract)
    return next((one for one in found if on <= one.ends_on), found[-1])


def terms_of(contract: Contract, number: int) -> CommercialTerms | None:
    """The terms in force for a contract year: the latest agreed for it or for a year before."""
    found = CommercialTerms.objects.filter(contract=contract, year__lte=number).order_by("-year", "-version")
    return found.first()


def versions(contract: Contract) -> QuerySet[CommercialTerms]:
    """Every version of the terms, the latest first."""
    return CommercialTerms.objects.filter(contract=contract).order_by("-year", "-version")


def is_illustrative(contract: Contract) -> bool:
    """Whether terms of the contract only show how it is done, and with them all that follows from them."""
    return versions(contract).filter(is_illustrative=True).exists()


def years_to_agree(contract: Contract) -> list[int]:
    """The contract years that terms can be set for: those to come, and the one that runs while it has none."""
    today = clock.today()
    agreed = set(versions(contract).values_list("year", flat=True))
    return [
        one.number
        for one in years(contract)
        if one.starts_on > today or (one.ends_on >= today and one.number not in agreed)
    ]


def as_typed(terms: CommercialTerms | None) -> dict[str, object]:
    """The terms in force as the page that sets the next ones begins with them: per cents, and pounds."""
    if terms is None:
        return {"overshoot": 0, "earn_back_quarters": 0}
    found: dict[str, object] = {name: _per_cent(getattr(terms, name)) for name in PER_CENTS}
    found |= {"reinvest": terms.reinvest, "earn_back_quarters": terms.earn_back_quarters}
    found |= {f"weight_{row.indicator_id}": _per_cent(row.weight) for row in terms.measures.all()}
    found |= {f"credit_{row.indicator_id}": _per_cent(row.fraction) for row in terms.credits.all()}
    caps = terms.partners.select_related("partner__organisation")
    return found | {f"cap_{row.partner.organisation.reference}": row.pain_cap for row in caps}


def _per_cent(fraction: Decimal | None) -> str:
    return f"{((fraction or Decimal(0)) * 100).normalize():f}"


def unshared(contract: Contract) -> dict[int, UnsharedYear]:
    """The years that were left as they are, by number."""
    return {one.year: one for one in UnsharedYear.objects.filter(contract=contract)}


def settlement(contract: Contract, number: int) -> Settlement | None:
    """The settled year, once it is."""
    return Settlement.objects.filter(contract=contract, year=number).select_related("terms", "contract").first()


def shares_of(terms: CommercialTerms, number: int) -> dict[Partner, Decimal]:
    """Each partner's part of a year's gain or loss: as the terms say, else the mean of its shares of the money.

    The mean is over the year's quarters, 0 in one in which a partner was no member, so that a change of shares never
    reaches back. For quarters to come the shares are those agreed so far.
    """
    agreed = {row.partner: row.share for row in terms.partners.select_related("partner__organisation")}
    stated = {partner: share for partner, share in agreed.items() if share is not None}
    return stated or _mean_shares(terms.contract, number)


def _mean_shares(contract: Contract, number: int) -> dict[Partner, Decimal]:
    sums: dict[Partner, Decimal] = {}
    for row in contract.quarters.filter(year=number):
        for partner, share in contracts.shares(contract, row.starts_on).items():
            sums[partner] = sums.get(partner, Decimal(0)) + share
    by_name = sorted(sums, key=str)
    # a year of three quarters has thirds in it, which no decimal holds: its parts end at a place and still sum to 1
    parts = split(Decimal(PARTS), [sums[partner] for partner in by_name]) if sums else []
    return {partner: (part / PARTS).normalize() for partner, part in zip(by_name, parts, strict=True)}


def caps_of(terms: CommercialTerms) -> dict[int, Decimal]:
    """The most that each partner can lose in a year, in pounds, by its number. Who agreed to none can lose nothing."""
    return {row.partner_id: row.pain_cap for row in terms.partners.all()}


def document(
    terms: CommercialTerms, *, year: int, actual_cost: Decimal, measures: list[dict[str, str]]
) -> dict[str, Any]:
    """Terms, costs and measures as `trellis share` reads them; every figure a text, so that it stays exact."""
    caps = caps_of(terms)
    return {
        "target_cost": f"{terms.target_cost:f}",
        "actual_cost": f"{actual_cost:f}",
        "measures": measures,
        "overshoot": f"{terms.overshoot:f}",
        "gate": f"{terms.gate:f}",
        "gain_ratio": f"{terms.gain_ratio:f}",
        "pain_ratio": f"{terms.pain_ratio:f}",
        "partners": [
            {
                "name": partner.organisation.name,
                "share": f"{share:f}",
                "pain_cap": f"{caps.get(partner.pk, Decimal(0)):f}",
            }
            for partner, share in shares_of(terms, year).items()
        ],
    }


def a_score(score: Decimal) -> list[dict[str, str]]:
    """One measure that comes to this score: for trying what a score would mean."""
    return [{"name": "Quality score", "weight": "1", "actual": f"{score:f}", "floor": "0", "target": "1"}]


def measures_of(terms: CommercialTerms, on: date, actuals: Mapping[str, Decimal]) -> list[dict[str, str]]:
    """The agreed measures with what was reached, floors and targets from the contract's own framework on the day."""
    targets = contracts.targets(terms.contract, on)
    rows = terms.measures.select_related("indicator").filter(weight__gt=0)
    return [
        {
            "name": row.indicator.name,
            "weight": f"{row.weight:f}",
            "actual": f"{actuals[row.indicator_id]:f}",
            "floor": f"{targets[row.indicator_id].floor:f}",
            "target": f"{targets[row.indicator_id].target:f}",
        }
        for row in rows
    ]

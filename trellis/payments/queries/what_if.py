"""A year that might come, by the agreed terms; and what it could cost a charity beside what it has."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock, rulebook
from trellis.core.money import rounded
from trellis.payments.models import BookReturn, CommercialTerms
from trellis.payments.queries import commercial
from trellis.payments.queries.commercial import Year
from trellis.payments.sharing import reading
from trellis.payments.sharing.sums import Shared, share
from trellis.payments.sharing.terms import Terms


def year_with(terms: CommercialTerms, year: Year, *, over: Decimal, score: Decimal) -> Terms:
    """The year if it cost `over` per cent more than the target, and came to this quality score."""
    return reading.terms(_document(terms, year, over) | {"measures": commercial.a_score(score)})


def _document(terms: CommercialTerms, year: Year, over: Decimal) -> dict[str, Any]:
    cost = rounded(terms.target_cost * (100 + over) / 100)
    document = commercial.document(terms, year=year.number, actual_cost=cost, measures=[])
    # a score is tried as it stands: how it was reached, and what overshoot did to it, is behind it
    return document | {"overshoot": "1"}


def scores(
    terms: CommercialTerms, year: Year, saved: Decimal, tried: tuple[Decimal, ...]
) -> list[tuple[Decimal, Shared]]:
    """The same saving, in per cent of the target, at each of these scores."""
    document = _document(terms, year, -saved)
    return [(score, share(reading.terms(document | {"measures": commercial.a_score(score)}))) for score in tried]


@dataclass(frozen=True)
class Exposure:
    """The most that a partner can lose in a year, beside the free reserves that it last told; pounds.

    `part` is the fraction of the reserves, None where there are none or they were not told.
    """

    partner: Partner
    cap: Decimal
    reserves: Decimal | None
    part: Fraction | None
    is_high: bool


def exposures(terms: CommercialTerms, year: Year) -> list[Exposure]:
    """The greatest exposure of each partner that has a part of the year, by name."""
    caps = commercial.caps_of(terms)
    limit = Fraction(str(rulebook.value("payments.exposure_is_high", on=clock.today())))
    shared_by = sorted(commercial.shares_of(terms, year.number), key=str)
    return [_exposure(partner, caps.get(partner.pk, Decimal("0.00")), limit) for partner in shared_by]


def _exposure(partner: Partner, cap: Decimal, limit: Fraction) -> Exposure:
    told = BookReturn.objects.filter(partner=partner, free_reserves__isnull=False).exclude(
        status=BookReturn.Status.OPEN
    )
    book = told.order_by("-quarter", "-version").first()
    reserves = book.free_reserves if book else None
    part = Fraction(cap) / Fraction(reserves) if reserves and reserves > 0 else None
    is_high = cap > 0 and reserves is not None and (part is None or part >= limit)
    return Exposure(partner, cap, reserves, part, is_high)


def partner_led_by(user: User, contract: Contract) -> Partner | None:
    """The partner of the contract that somebody speaks for today, if any."""
    ids = [membership.organisation_id for membership in user.current_memberships]
    return contracts.partner_of(contract, ids, clock.today())

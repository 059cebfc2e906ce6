"""Reads of the alliance contract. Contracts are public; only the grants before it are scoped by person."""

from trellis.contracts.queries.contract import (
    contract,
    contracts,
    contracts_managed_by,
    current_contract,
    extension_options,
    funding,
    quarter,
    quarters,
    targets,
    value,
    years,
)
from trellis.contracts.queries.coverage import coverage
from trellis.contracts.queries.interests import conflicted_partner_organisation_ids, interest_in, interests
from trellis.contracts.queries.partners import (
    alliances_of,
    days_of_shares,
    ever_partners,
    partner_of,
    partners,
    partnerships,
    seat_of,
    seats,
    shares,
    those_who_can_sit,
    work_shares,
)

__all__ = [
    "alliances_of",
    "conflicted_partner_organisation_ids",
    "contract",
    "contracts",
    "contracts_managed_by",
    "coverage",
    "current_contract",
    "days_of_shares",
    "ever_partners",
    "extension_options",
    "funding",
    "interest_in",
    "interests",
    "partner_of",
    "partners",
    "partnerships",
    "quarter",
    "quarters",
    "seat_of",
    "seats",
    "shares",
    "targets",
    "those_who_can_sit",
    "value",
    "work_shares",
    "years",
]

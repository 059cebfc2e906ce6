"""Reads of the alliance contract. Contracts are public; only the grants before it are scoped by person."""

from trellis.contracts.queries.contract import contract, contracts, current_contract, quarter, quarters, targets, value
from trellis.contracts.queries.interests import (
    competes,
    conflicted_partner_organisation_ids,
    interest_in,
    interests,
    tie_with,
    ties,
)
from trellis.contracts.queries.partners import (
    alliances_of,
    partner_of,
    partners,
    partnerships,
    seat_of,
    seats,
    shares,
)

__all__ = [
    "alliances_of",
    "competes",
    "conflicted_partner_organisation_ids",
    "contract",
    "contracts",
    "current_contract",
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
    "tie_with",
    "ties",
    "value",
]

"""Rules of the register: pure."""

from trellis.organisations.rules.profile import (
    NUMBERS_ONLY,
    OLDEST_YEARS,
    band_limits,
    check_can_change_profile,
    check_can_undo,
    check_income,
    check_profile,
    size_band,
)

__all__ = [
    "NUMBERS_ONLY",
    "OLDEST_YEARS",
    "band_limits",
    "check_can_change_profile",
    "check_can_undo",
    "check_income",
    "check_profile",
    "size_band",
]

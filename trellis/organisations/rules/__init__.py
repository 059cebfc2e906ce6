"""Rules of the register: pure."""

from trellis.organisations.rules.keeping import (
    check_can_confirm,
    check_can_list_again,
    check_can_say_where_it_went,
    check_can_unlist,
    check_due_on,
    is_stale,
)
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
    "check_can_confirm",
    "check_can_list_again",
    "check_can_say_where_it_went",
    "check_can_undo",
    "check_can_unlist",
    "check_due_on",
    "check_income",
    "check_profile",
    "is_stale",
    "size_band",
]

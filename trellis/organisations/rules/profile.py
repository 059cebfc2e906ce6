"""What may be done to an organisation's profile, and how organisations are sorted. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from trellis.core.errors import RuleBroken
from trellis.places import postcodes

OLDEST_YEARS = 30  # a year end before that is a slip of the keyboard
NUMBERS_ONLY = re.compile(r"\+?[\d\s()\-]{7,}(?:\s*(?:ext|x)\.?\s*\d+)?", re.IGNORECASE)

WEB_ADDRESS = re.compile(r"(https?://)?[^\s:/@]+\.[^\s:/@]+(:\d+)?(/\S*)?", re.IGNORECASE)


def size_band(income: Decimal | None, bands: Mapping[str, int]) -> str | None:
    """The band of a yearly income in pounds: `bands` gives each band the income from which it begins.

    None when the income is not known. The bands are the rulebook's `organisations.size_bands`.
    """
    if income is None:
        return None
    return max((start, name) for name, start in bands.items() if start <= income)[1]


def band_limits(name: str, bands: Mapping[str, int]) -> tuple[int, int | None]:
    """Where a band begins, in pounds a year, and where the next one does; None for the last."""
    start = bands[name]
    return start, min((other for other in bands.values() if other > start), default=None)


def check_can_change_profile(*, may_edit: bool, is_listed: bool) -> None:
    """Raise RuleBroken unless this person speaks for an organisation that stands, or keeps the register."""
    if not may_edit:
        raise RuleBroken("Only the organisation itself, or those who keep the register, can change its profile.")
    if not is_listed:
        raise RuleBroken("This organisation is now part of another. Change the other one's profile.")


def profile_checks(values: Mapping[str, object]) -> list[Callable[[], None]]:
    """For each field given, what raises RuleBroken unless it can stand."""
    checks: dict[str, Callable[..., None]] = {
        "name": check_name,
        "website": partial(check_website, example="https://example.org"),
        "phone": check_phone,
        "postcode": check_postcode,
    }
    return [partial(check, str(values[field]).strip()) for field, check in checks.items() if field in values]


def check_profile(values: Mapping[str, object]) -> None:
    """Raise RuleBroken at the first field that cannot stand as given."""
    for check in profile_checks(values):
        check()


def check_name(name: str) -> None:
    """Raise RuleBroken for none."""
    if not name:
        raise RuleBroken("Enter the organisation's name.", field="name")


def check_website(website: str, *, example: str) -> None:
    """Raise RuleBroken for what is no address of a page."""
    if website and not WEB_ADDRESS.fullmatch(website):
        raise RuleBroken(f"Enter a web address, like {example}.", field="website")


def check_phone(phone: str) -> None:
    """Raise RuleBroken for what nobody can dial."""
    if phone and not NUMBERS_ONLY.fullmatch(phone):
        raise RuleBroken("Enter a telephone number, like 01234 567890.", field="phone")


def check_postcode(postcode: str) -> None:
    """Raise RuleBroken for half a postcode."""
    if postcode and not postcodes.normalised(postcode):
        raise RuleBroken("Enter a whole postcode, like AB1 2CD.", field="postcode")


def check_income(income: Decimal | None, year_end: date | None, today: date) -> None:
    """Raise RuleBroken unless a declared income (pounds) and the end of its year come together and make sense."""
    if (income is None) != (year_end is None):
        missing = "latest_income" if income is None else "latest_year_end"
        raise RuleBroken("Give the income and the day on which its year ended, or neither.", field=missing)
    if income is None or year_end is None:
        return
    if income < 0:
        raise RuleBroken("Income cannot be less than nothing.", field="latest_income")
    if year_end > today:
        raise RuleBroken("That year has not ended yet. Give the last year that has.", field="latest_year_end")
    if year_end.year < today.year - OLDEST_YEARS:
        raise RuleBroken(f"Give a year end of the last {OLDEST_YEARS} years.", field="latest_year_end")


def check_can_undo(*, is_latest: bool, is_undone: bool, has_moved_on: bool) -> None:
    """Raise RuleBroken unless a change is the last one, still stands, and nothing has altered its fields since."""
    if is_undone:
        raise RuleBroken("That change has been undone already.")
    if not is_latest:
        raise RuleBroken("There is a later change. Undo that one first.")
    if has_moved_on:
        raise RuleBroken("One of these details has changed since. Edit the profile instead.")

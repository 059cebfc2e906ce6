"""How values are written on pages: dates, periods, money, counts."""

import re
from calendar import month_name
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from trellis.core.money import pounds_and_pence, whole_pounds

# A date (12 July 2016), what is written in capitals and figures with hyphens (CASE-7K2M, 2018-Q2), or a loss (−£5.00).
KEPT_WHOLE = re.compile(
    rf"\b(?:\d{{1,2}} (?:{'|'.join(month_name[1:])}) \d{{4}}|[0-9A-Z]+(?:-[0-9A-Z]+)+)\b|−£[\d,]+(?:\.\d\d)?"
)


def day(value: date | datetime) -> str:
    """12 July 2016"""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.day} {value:%B %Y}"


def time_of_day(value: datetime) -> str:
    """9.30am, noon, midnight or 5pm"""
    local = timezone.localtime(value)
    if local.minute == 0 and local.hour in (0, 12):
        return "noon" if local.hour else "midnight"
    minutes = f".{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def day_and_time(value: datetime) -> str:
    """12 July 2016 at 9.30am"""
    return f"{day(value)} at {time_of_day(value)}"


def when(value: date | datetime) -> str:
    """A date as a date; a moment with its time."""
    return day_and_time(value) if isinstance(value, datetime) else day(value)


def percent(fraction: Decimal) -> str:
    """60% or 12.5%, with no decimals that say nothing."""
    return f"{(fraction * 100).normalize():f}%"


def counted(number: int, one: str, many: str = "") -> str:
    """1 case, 2 cases"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lower_first(words: str) -> str:
    """The words as they go on in the middle of a sentence."""
    return words[:1].lower() + words[1:]


def kept_whole(text: str) -> SafeString:
    """The text as HTML in which dates and references do not break at the end of a line."""
    return mark_safe(KEPT_WHOLE.sub(r'<span class="trellis-whole">\g<0></span>', escape(text)))  # noqa: S308 # nosec B308 B703 escaped


FILTERS = {
    "day": day,
    "day_and_time": day_and_time,
    "time_of_day": time_of_day,
    "when": when,
    "counted": counted,
    "kept_whole": kept_whole,
    "lower_first": lower_first,
    "pounds_and_pence": pounds_and_pence,
    "whole_pounds": whole_pounds,
}

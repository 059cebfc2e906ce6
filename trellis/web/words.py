"""How values are written on pages: dates, periods, money, counts."""

from datetime import date, datetime

from django.utils import timezone

from trellis.core.money import pounds_and_pence, whole_pounds


def day(value: date | datetime) -> str:
    """12 July 2016"""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.day} {value:%B %Y}"


def day_and_time(value: datetime) -> str:
    """12 July 2016 at 9.30am"""
    local = timezone.localtime(value)
    half = "am" if local.hour < 12 else "pm"
    return f"{day(local)} at {local.hour % 12 or 12}.{local:%M}{half}"


def counted(number: int, one: str, many: str = "") -> str:
    """1 case, 2 cases"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


FILTERS = {
    "day": day,
    "day_and_time": day_and_time,
    "counted": counted,
    "pounds_and_pence": pounds_and_pence,
    "whole_pounds": whole_pounds,
}

"""What all charts need: figures in words, words in lines, and round numbers for an axis."""

import math
from decimal import Decimal
from textwrap import wrap

from django.utils.text import slugify

Figure = int | float | Decimal | None
NAMES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
TOO_LARGE = 1e100  # to draw: sums of such numbers would overflow


def finite(value: Figure) -> float | None:
    """The value as a number; None for nothing, and for what is no finite number."""
    if value is None or (isinstance(value, Decimal) and value.is_nan()):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def drawable(value: Figure) -> float | None:
    """The value as a number that can be drawn; None where there is none."""
    number = finite(value)
    if number is None or abs(number) > TOO_LARGE:
        return None
    return number if abs(number) > 1 / TOO_LARGE else 0.0


def in_words(value: Figure) -> str:
    """A figure: 1,250 or 4.5 or 2.3 million; no decimals that say nothing."""
    number = finite(value)
    if number is None:
        return "Not known"
    if abs(number) >= 1e15:
        return f"{number:.2e}".replace("-", "−")
    size, name = next(((size, f" {name}") for size, name in NAMES if abs(number) >= size), (1, ""))
    written = f"{number / size:,.1f}".removesuffix(".0")
    return ("0" if written == "-0" else written.replace("-", "−")) + name


def in_lines(words: str, width: int) -> list[str]:
    """Words broken into lines of at most `width` characters; a longer word is cut."""
    return wrap(words, width) or [""]


def name_of(kind: str, title: str) -> str:
    """An id for a chart, from its title."""
    return f"{kind}-{slugify(title)[:60]}"


def axis(low: float, high: float, *, steps: int = 4) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`: steps of 1, 2 or 5 times a power of ten."""
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        high = low + (abs(low) or 1)
    rough = high / steps - low / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [count * step for count in range(first, last + 1)]


def share(value: float, low: float, high: float) -> float:
    """Where a value lies between two others, from 0 to 1; halves first, so that the largest floats do not overflow."""
    return (value / 2 - low / 2) / (high / 2 - low / 2)

"""The only reader of the time in Trellis (sessions and one-time codes keep real time)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

_moved_to: ContextVar[datetime | None] = ContextVar("moved_to", default=None)
_started_at = timezone.now()


def _start() -> datetime | None:
    """The instant that TRELLIS_NOW names, in the authority's own time zone."""
    if not settings.TRELLIS_NOW:
        return None
    if settings.IN_PRODUCTION:
        raise ImproperlyConfigured("TRELLIS_NOW is set: production runs on real time. Unset it.")
    try:
        start = datetime.fromisoformat(settings.TRELLIS_NOW)
    except ValueError as error:
        raise ImproperlyConfigured("TRELLIS_NOW is not a date and time like 2018-07-02T09:00.") from error
    return start if start.tzinfo else start.replace(tzinfo=timezone.get_default_timezone())


def offset() -> timedelta:
    """How far the clock of Trellis is from real time; nought unless TRELLIS_NOW is set."""
    start = _start()
    return start - _started_at if start else timedelta(0)


def now() -> datetime:
    """The present instant, aware."""
    return _moved_to.get() or timezone.now() + offset()


def today() -> date:
    """Today's date where the authority is."""
    return timezone.localtime(now()).date()


def is_moved() -> bool:
    """Whether pages must say that this is not real time."""
    return bool(settings.TRELLIS_NOW)


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Hold the clock at an instant. Only the simulator may (tests/test_architecture.py)."""
    token = _moved_to.set(instant)
    try:
        yield
    finally:
        _moved_to.reset(token)

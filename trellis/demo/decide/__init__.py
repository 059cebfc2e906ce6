"""How the council of the demo came to its decision, topic by topic, through the commands that people use."""

from contextlib import AbstractContextManager
from datetime import date, datetime

from django.utils import timezone

from trellis.core import clock


def on(day: date) -> AbstractContextManager[None]:
    """That morning, for as long as the block lasts."""
    return clock.moved_to(timezone.make_aware(datetime(day.year, day.month, day.day, 9, 30)))

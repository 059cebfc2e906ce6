"""The demo's own time: where its clock goes on, and how days pass in it while nobody looks."""

from datetime import date, datetime, time, timedelta

from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.utils import timezone

from trellis.audit import commands as audit
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.actors import SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.web.words import day as words

NINE = time(9)
OPENS = datetime(2018, 7, 2, 9, 0)


def goes_on_at() -> datetime:
    """After the newest write, and not before the demo opens: so time never runs backwards."""
    newest = AuditEntry.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    opens = timezone.make_aware(OPENS)
    return timezone.localtime(opens if newest is None else max(opens, newest + timedelta(seconds=1)))


def let_days_pass(*, until: date, said: OutputWrapper) -> datetime:
    """Move the clock to 9 in the morning of a day; the instant. RuleBroken for a day that is over.

    The nightly run comes twice, and tells `said` what it does: on the night after the last write, so that what holds
    from a day in between is entered before that day, and on the morning itself.
    """
    before = goes_on_at()
    if until < before.date():
        raise RuleBroken(f"It is {words(before)} in the demo already, and its clock does not go back.")
    after = max(before, timezone.make_aware(datetime.combine(until, NINE)))
    for instant in (before, after):
        with clock.moved_to(instant):
            call_command("nightly", stdout=said)
    with clock.moved_to(after):  # written down, so that the clock stays there even if the night did nothing
        audit.record(by=SIMULATOR, action="demo.let_days_pass", subject="the demo", facts={"until": str(until)})
    return after

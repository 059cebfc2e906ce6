"""trellis demo_now: where the demo's clock stands; script/demo starts from there."""

from datetime import datetime, timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from trellis.audit.models import AuditEntry

OPENS = datetime(2018, 7, 2, 9, 0)


class Command(BaseCommand):
    """Prints an instant for TRELLIS_NOW: after the newest write, so that time never runs backwards."""

    help = "Print where the demo's clock goes on: after the newest write, and not before 9 on 2 July 2018."

    def handle(self, *args, **options):
        """One line, as TRELLIS_NOW takes it."""
        newest = AuditEntry.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
        opens = timezone.make_aware(OPENS)
        after = opens if newest is None else max(opens, newest + timedelta(seconds=1))
        self.stdout.write(timezone.localtime(after).isoformat(timespec="seconds"))

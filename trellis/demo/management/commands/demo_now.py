"""trellis demo_now: where the demo's clock stands; script/demo starts from there."""

from django.core.management.base import BaseCommand

from trellis.demo.days import goes_on_at


class Command(BaseCommand):
    """Prints an instant for TRELLIS_NOW: after the newest write, so that time never runs backwards."""

    help = "Print where the demo's clock goes on: after the newest write, and not before 9 on 2 July 2018."

    def handle(self, *args, **options):
        """One line, as TRELLIS_NOW takes it."""
        self.stdout.write(goes_on_at().isoformat(timespec="seconds"))

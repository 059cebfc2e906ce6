"""trellis demo_move: let days pass in the demo; script/demo --on asks for it."""

from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trellis.demo.days import let_days_pass


class Command(BaseCommand):
    """Moves the clock forward only, and does what the nights in between would have done."""

    help = "Let days pass in the demo, up to 9 in the morning of a day, with the nightly run."

    def add_arguments(self, parser):
        """The day."""
        parser.add_argument("day", help="the day on which the demo goes on: 2018-10-15")

    def handle(self, *, day: str, **options):
        """What the nightly run did, and where the clock is now; RuleBroken for a day that is over."""
        if settings.TRELLIS_ENV != "demo":
            raise CommandError("Days pass by a command in the demo only.")
        try:
            until = date.fromisoformat(day)
        except ValueError:
            raise CommandError(f"{day} is not a day like 2018-10-15.") from None
        after = let_days_pass(until=until, said=self.stdout)
        self.stdout.write(f"The demo goes on at {after:%H:%M} on {until.isoformat()}.")

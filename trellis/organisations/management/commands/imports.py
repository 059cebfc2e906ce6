"""`trellis imports`: what is being brought in; pause it, take it up again, give it up."""

from django.core.management.base import BaseCommand, CommandError

from trellis.core.actors import COMMAND_LINE
from trellis.organisations.imports import runs, steering
from trellis.organisations.queries import imports as queries

SHOWN = 20
DEEDS = {
    "pause": (steering.pause_import, "Paused: what has come in stays."),
    "resume": (steering.resume_import, "It goes on where it stopped."),
    "cancel": (steering.cancel_import, "Cancelled."),
}


class Command(BaseCommand):
    """Imports, the latest first, and three things to do with one."""

    help = "List imports, or pause, resume or cancel one: trellis imports pause IMP-7K2M."

    def add_arguments(self, parser):
        """What to do, and to which."""
        parser.add_argument("deed", nargs="?", choices=["list", *DEEDS], default="list")
        parser.add_argument("reference", nargs="?", default="", help="such as IMP-7K2M")

    def handle(self, *, deed: str, reference: str, **options):
        """Show them, or do it."""
        if deed == "list":
            for run in queries.imports()[:SHOWN]:
                counts = ", ".join(f"{getattr(run, name):,} {name}" for name in runs.COUNTS)
                self.stdout.write(
                    f"{run.reference}  {run.get_status_display()}: {run.source.name}, {run.file_name}; {counts}"
                )
            return
        found = queries.run(reference)
        if not found:
            raise CommandError(f"There is no import {reference}.")
        do, done = DEEDS[deed]
        do(run=found, by=COMMAND_LINE)
        self.stdout.write(done)

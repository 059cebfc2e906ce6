"""`trellis find_links`: look through the register for organisations that are in it twice."""

import json

from django.core.management.base import BaseCommand

from trellis.core.actors import COMMAND_LINE
from trellis.organisations import commands

COUNTS = ("records", "pairs", "merged", "questions")


class Command(BaseCommand):
    """Merges what is certain and asks about the rest, as the page's button does."""

    help = (
        "Look through the register for organisations that are in it twice: merge what is certain, ask about the rest."
    )

    def add_arguments(self, parser):
        """How to say what came of it."""
        parser.add_argument("--json", action="store_true", help="print the result as JSON on the last line")

    def handle(self, **options):
        """Look, and say what was found."""
        run = commands.find_links(by=COMMAND_LINE)
        if options["json"]:
            self.stdout.write(json.dumps({"reference": run.reference} | {name: getattr(run, name) for name in COUNTS}))
            return
        self.stdout.write(
            f"{run.reference}: {run.records:,} organisations compared, {run.pairs:,} pairs may be the same, "
            f"{run.merged:,} merged, {run.questions:,} new questions."
        )

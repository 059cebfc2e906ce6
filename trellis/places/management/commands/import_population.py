"""`trellis import_population FILE.csv --on 2021-03-21 --source "…"`: how many people live in each district."""

from datetime import date
from pathlib import Path

from trellis.core.actors import COMMAND_LINE
from trellis.places import commands
from trellis.places.commands import Report
from trellis.places.loading import LoadCommand


class Command(LoadCommand):
    """How many people live in each district."""

    help = "Load how many people live in each district (CSV). Loading it again changes nothing."
    things = "districts"

    def add_arguments(self, parser):
        """One file, of which day it is, and whose."""
        super().add_arguments(parser)
        parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day of the count: 2021-03-21")
        parser.add_argument("--source", required=True, help="who counted, such as “Census 2021, ONS”")

    def load(self, file: Path, options: dict) -> Report:
        """Load it."""
        return commands.import_population(
            path=file, counted_on=options["on"], source=options["source"], by=COMMAND_LINE
        )

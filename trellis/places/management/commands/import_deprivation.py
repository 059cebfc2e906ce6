"""`trellis import_deprivation FILE.csv --on 2019-09-26 --source "…"`: how deprived each district is."""

from datetime import date
from pathlib import Path

from trellis.core.actors import COMMAND_LINE
from trellis.places import commands
from trellis.places.commands import Report
from trellis.places.loading import LoadCommand


class Command(LoadCommand):
    """How deprived each district is."""

    help = "Load an index of deprivation by small area (CSV), summed up by district. Again, and nothing changes."
    things = "districts"

    def add_arguments(self, parser):
        """One file, when it was published, and what it is called."""
        super().add_arguments(parser)
        parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day of publication: 2019-09-26")
        parser.add_argument("--source", required=True, help="such as “English indices of deprivation 2019, MHCLG”")

    def load(self, file: Path, options: dict) -> Report:
        """Load it."""
        return commands.import_deprivation(
            path=file, published_on=options["on"], source=options["source"], by=COMMAND_LINE
        )

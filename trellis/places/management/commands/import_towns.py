"""`trellis import_towns FILE.csv`: load which town each outward code is known by."""

from pathlib import Path

from trellis.core.actors import COMMAND_LINE
from trellis.places import commands
from trellis.places.commands import Report
from trellis.places.loading import LoadCommand


class Command(LoadCommand):
    """The towns that people name when they search."""

    help = "Load the town and position of each first half of a postcode (CSV). Loading it again changes nothing."
    things = "first halves of postcodes"

    def load(self, file: Path, options: dict) -> Report:
        """Load it."""
        return commands.import_towns(path=file, by=COMMAND_LINE)

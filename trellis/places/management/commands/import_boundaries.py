"""`trellis import_boundaries FILE.geojson`: load the outlines of districts, for maps."""

from pathlib import Path

from trellis.core.actors import COMMAND_LINE
from trellis.places import commands
from trellis.places.commands import Report
from trellis.places.loading import LoadCommand


class Command(LoadCommand):
    """The outlines of districts, for maps."""

    help = "Load the outlines of districts from a GeoJSON file, for maps. Loading it again changes nothing."
    things, part = "outlines", "feature"

    def add_arguments(self, parser):
        """One file, and whose outlines they are."""
        super().add_arguments(parser)
        parser.add_argument("--source", default="", help="whose outlines they are, as its licence asks you to say")

    def load(self, file: Path, options: dict) -> Report:
        """Load it."""
        return commands.import_boundaries(path=file, source=options["source"], by=COMMAND_LINE)

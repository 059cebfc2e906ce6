"""`trellis import_charities DIR|ZIP|FILE`: the charity register's public extract."""

from pathlib import Path

from django.core.management.base import BaseCommand

from trellis.core.actors import COMMAND_LINE
from trellis.organisations.imports import register, telling
from trellis.organisations.imports.reading import PART, WHOLE
from trellis.organisations.imports.tables import CHARITY


class Command(BaseCommand):
    """Every charity of the register, with its years, other names and classification."""

    help = "Read the Charity Commission's public extract. Reading it again changes nothing; broken off, it is taken up."

    def add_arguments(self, parser):
        """One place to read from, and whether it is all of the register."""
        parser.add_argument("path", type=Path, help="a folder, a zip, or one file, tab-separated or JSON")
        extent = parser.add_mutually_exclusive_group()
        extent.add_argument("--part", action="store_const", dest="extent", const=PART, default="",
                            help="a part of the register: charities that it lacks are not gone")  # fmt: skip
        extent.add_argument("--whole", action="store_const", dest="extent", const=WHOLE,
                            help="the whole register, although many charities are gone from it")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print the result as JSON on the last line")

    def handle(self, *, path: Path, extent: str, **options):
        """Read it, say what happened."""
        with telling.progress(self.stderr) as progress:
            run = register.import_charities(path=path, by=COMMAND_LINE, extent=extent, progress=progress)
        telling.tell(run, self.stdout, as_json=options["json"], main_table=CHARITY.name)

"""Write a contract into a folder, for whoever comes next."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trellis.contracts import queries
from trellis.core.actors import COMMAND_LINE
from trellis.renewal.commands.export import export_contract
from trellis.web.words import counted


class Command(BaseCommand):
    """`trellis export_contract SCO --output handover/`."""

    help = "Write a contract as CSV and JSON with a dictionary and a manifest of digests, for whoever comes next."

    def add_arguments(self, parser) -> None:
        """Which contract, where to."""
        parser.add_argument("reference", metavar="REFERENCE", nargs="?", help="the contract's reference, like SCO")
        parser.add_argument("--output", metavar="FOLDER", help="the folder to write; new, or empty")

    def handle(self, **options) -> None:
        """Make every file before the first is written."""
        contract = queries.contract(options["reference"] or "")
        if contract is None:
            raise CommandError(f"There is no contract {(options['reference'] or '')[:24]!r}.")
        if not options["output"]:
            raise CommandError("Say --output: the folder to write.")
        folder = empty_folder(options["output"])
        made = export_contract(contract=contract, by=COMMAND_LINE)
        try:
            for name, content in made.items():
                (folder / name).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{folder}: {counted(len(made), 'file')} of contract {contract.reference}.")


def empty_folder(path: str) -> Path:
    """The folder, made if need be; CommandError where something is in the way."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty. Give a new folder, so that nothing is overwritten.")
    except OSError as error:
        raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
    return folder

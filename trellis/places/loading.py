"""What the commands that load a file of places have in common: what they print."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand

from trellis.places.commands import Report


class LoadCommand(BaseCommand):
    """Loads one file and says what happened. `things` are what it counts, `part` what a refusal names by its number."""

    things = "rows"
    part = "line"

    def add_arguments(self, parser):
        """One file."""
        parser.add_argument("file", type=Path, help="the file to load")
        parser.add_argument("--json", action="store_true", help="print the result as JSON on the last line")

    def load(self, file: Path, options: dict) -> Report:
        """Load the file; each command says how."""
        raise RuntimeError("A command that loads says how.")

    def handle(self, *, file: Path, **options):
        """Load it, say what happened."""
        report = self.load(file, options)
        counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
        if options["json"]:
            refusals = [asdict(refusal) for refusal in report.refusals]
            self.stdout.write(json.dumps(counts | {"refused": len(refusals), "refusals": refusals}))
            return
        said = ", ".join(f"{number:,} {word}" for word, number in counts.items())
        self.stdout.write(f"{self.things[:1].upper()}{self.things[1:]}: {said}, {len(report.refusals):,} refused.")
        for refusal in report.refusals:
            self.stdout.write(f"{self.part} {refusal.line}: {refusal.reason}")

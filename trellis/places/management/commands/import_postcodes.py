"""`trellis import_postcodes FILE`: load Code-Point Open."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand

from trellis.core.actors import COMMAND_LINE
from trellis.places import commands


class Command(BaseCommand):
    """The postcodes of an area, with their districts."""

    help = "Load postcodes from a Code-Point Open file (CSV). Loading it again changes nothing."

    def add_arguments(self, parser):
        """One file."""
        parser.add_argument("file", type=Path, help="a Code-Point Open CSV, with or without a heading")
        parser.add_argument("--json", action="store_true", help="print the result as JSON on the last line")

    def handle(self, *, file: Path, **options):
        """Load it, say what happened."""
        report = commands.import_postcodes(path=file, by=COMMAND_LINE, progress=self._progress)
        if options["json"]:
            refusals = [asdict(refusal) for refusal in report.refusals]
            counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
            self.stdout.write(json.dumps(counts | {"refused": len(refusals), "refusals": refusals}))
            return
        self.stdout.write(
            f"{report.added:,} postcodes added, {report.changed:,} changed, {report.unchanged:,} unchanged, "
            f"{len(report.refusals):,} lines refused."
        )
        for refusal in report.refusals:
            self.stdout.write(f"line {refusal.line}: {refusal.reason}")

    def _progress(self, line: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{line:,} lines", ending="")

"""Share out what an alliance saved, or spent too much, from a file. Works without a database."""

import json

from django.core.management.base import BaseCommand, CommandError

from trellis.core.errors import RuleBroken
from trellis.core.exact_json import from_file
from trellis.payments.presenters.sharing_text import sharing_text
from trellis.payments.sharing import reading
from trellis.payments.sharing.sums import share


class Command(BaseCommand):
    """`trellis share year.json --json`."""

    help = "Share out a year's gain or loss among the partners, from a JSON file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """The file, and how its answer is printed."""
        parser.add_argument("file", metavar="FILE.json", help="terms, costs and measures; - reads standard input")
        parser.add_argument("--json", action="store_true", help="print JSON instead of tables")

    def handle(self, **options) -> None:
        """Work out everything first, so that a refusal leaves nothing printed."""
        try:
            terms = from_file(options["file"], reading.terms)
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        shared = share(terms)
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_json(shared), indent=2))
        else:
            self.stdout.write(sharing_text(terms, shared))

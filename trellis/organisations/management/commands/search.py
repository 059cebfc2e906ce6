"""`trellis search TEXT`: find organisations as the directory does."""

import json

from django.core.management.base import BaseCommand, CommandError

from trellis.organisations import queries


class Command(BaseCommand):
    """The first page of the directory's search."""

    help = "Find organisations by name, number or postcode; misspellings too."

    def add_arguments(self, parser):
        """What to look for."""
        parser.add_argument("text", nargs="+", help="a name, part of one, a charity or company number, a postcode")
        parser.add_argument("--json", action="store_true", help="print a list of objects")

    def handle(self, *, text: list[str], **options):
        """Print what was found, best first."""
        typed = " ".join(text).strip()
        if not typed:
            raise CommandError("Give some text to look for.")
        results = queries.search_results(typed)
        if options["json"]:
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2))
            return
        for result in results:
            district = result["district"] or "district not known"
            self.stdout.write(f"{result['reference']}  {result['name']} ({district}) {' '.join(result['identifiers'])}")
        if not results:
            self.stdout.write("No organisation matches. Try fewer words.")

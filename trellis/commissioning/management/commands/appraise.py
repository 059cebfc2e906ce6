"""Appraise options from a file. Works without a database."""

import json
import re

from django.core.management.base import BaseCommand, CommandError

from trellis.commissioning.appraisal import appraise, reading
from trellis.commissioning.appraisal.findings import DRAWS, SEED, as_json
from trellis.commissioning.presenters.appraisal_text import appraisal_text
from trellis.core.errors import RuleBroken
from trellis.core.exact_json import from_file

MOST_DRAWS = 100_000_000
LONGEST = 18  # digits


class Command(BaseCommand):
    """`trellis appraise options.json --draws 100000 --seed 1 --json`."""

    help = "Weigh options against criteria, from a JSON file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """The file, and how its answer is tried."""
        parser.add_argument("file", metavar="FILE.json", help="options, criteria and scores; - reads standard input")
        parser.add_argument("--draws", metavar="N", default=str(DRAWS), help=f"sets of weights tried ({DRAWS:,})")
        parser.add_argument("--seed", metavar="S", default=str(SEED), help=f"the same seed, the same draws ({SEED})")
        parser.add_argument("--json", action="store_true", help="print JSON instead of tables")

    def handle(self, **options) -> None:
        """Work out everything first, so that a refusal leaves nothing printed."""
        draws, seed = whole(options["draws"], "--draws"), whole(options["seed"], "--seed")
        if not 1 <= draws <= MOST_DRAWS:
            raise CommandError(f"Write --draws as a number from 1 to {MOST_DRAWS:,}.")
        try:
            problem = from_file(options["file"], reading.problem)
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        found = appraise(problem, draws=draws, seed=seed)
        self.stdout.write(json.dumps(as_json(found), indent=2) if options["json"] else appraisal_text(found))


def whole(text: object, option: str) -> int:
    """A whole number from 0; CommandError for any other text."""
    written = str(text).strip()
    if not re.fullmatch(rf"[0-9]{{1,{LONGEST}}}", written):
        raise CommandError(f"Write {option} as a whole number like 1000, not {written[:LONGEST]!r}.")
    return int(written)

"""Print the first lawful day under one rule, and how it was counted. Works without a database."""

import json
import re
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from trellis.core.errors import RuleBroken
from trellis.decisions.presenters.deadlines import deadline_facts, deadline_text
from trellis.decisions.rules.deadlines import RULES, deadline

LIKE = "a day like 2018-01-08"


class Command(BaseCommand):
    """`trellis deadline call-in --from 2019-10-17`."""

    help = "Print the first lawful day under a rule of notice, call-in or standstill, with its working."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """Which rule, and from which day."""
        parser.add_argument("rule", metavar="RULE", nargs="?", help=f"one of {', '.join(RULES)}")
        parser.add_argument("--from", dest="start", metavar="DATE", help=f"the day of the notice: {LIKE}")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines to read")

    def handle(self, **options) -> None:
        """Count first, so that a refusal leaves nothing printed."""
        if options["rule"] is None:
            raise CommandError(f"Say which rule: one of {', '.join(RULES)}.")
        try:
            found = deadline(options["rule"], day(options["start"]))
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(deadline_facts(found), indent=2))
        else:
            self.stdout.write(deadline_text(found))


def day(text: str | None) -> date:
    """A date like 2018-01-08; CommandError for any other text, and for a day that no calendar has."""
    if text is None:
        raise CommandError(f"Say --from: {LIKE}.")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        raise CommandError(f"Write --from as {LIKE}, not {text[:24]!r}.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"There is no day {text}: write --from as {LIKE}.") from error

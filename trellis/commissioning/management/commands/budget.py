"""Print the tapered budget of a contract. Works without a database."""

import json
import re
from datetime import date
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError

from trellis.commissioning.budget import tapered_budget
from trellis.commissioning.presenters.budget_text import budget_facts, budget_text
from trellis.core import clock, rulebook
from trellis.core.errors import RuleBroken
from trellis.core.periods import FinancialYear

LONGEST = 24  # characters: no figure of a council is longer, and a number of a million digits is an attack


class Command(BaseCommand):
    """`trellis budget --baseline 615291 --step-down 10 --years 3 --extensions 2 --start 2017-01-01`."""

    help = "Print what a contract is worth when its value falls by the same part a year."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """What the budget is made of."""
        parser.add_argument("--baseline", metavar="POUNDS", help="what is spent in a year before it, like 615291")
        parser.add_argument("--step-down", metavar="PERCENT", help="what comes off each year, like 10 or 12.5")
        parser.add_argument("--years", metavar="NUMBER", help="how many years are certain")
        parser.add_argument("--extensions", metavar="NUMBER", default="0", help="how many years may follow (default 0)")
        parser.add_argument("--start", metavar="DAY", help="the first day, like 2017-01-01 (default: the next 1 April)")
        parser.add_argument("--json", action="store_true", help="print JSON instead of tables")

    def handle(self, **options) -> None:
        """Work out everything first, so that a refusal leaves nothing printed."""
        today = clock.today()
        discount_rate = rulebook.value("appraisal.discount_rate", on=today)
        try:
            budget = tapered_budget(
                baseline=pounds(options["baseline"], "--baseline"),
                step_down=percent(options["step_down"], "--step-down"),
                years=whole(options["years"], "--years"),
                extensions=whole(options["extensions"], "--extensions"),
                start=FinancialYear.of(today).next().start if options["start"] is None else day(options["start"]),
            )
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(budget_facts(budget, discount_rate=discount_rate), indent=2))
        else:
            self.stdout.write(budget_text(budget, discount_rate=discount_rate))


def pounds(text: object, option: str) -> Decimal:
    """An amount like 615291, 615,291.50 or £615,291; CommandError for any other text."""
    amount = r"£?(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    return Decimal(_matching(amount, text, option, "an amount in pounds like 615291 or 615291.50").replace(",", ""))


def percent(text: object, option: str) -> Decimal:
    """A percentage like 10, 12.5 or 10%; CommandError for any other text."""
    return Decimal(_matching(r"(-?[0-9]+(?:\.[0-9]+)?)%?", text, option, "a percentage like 10 or 12.5"))


def whole(text: object, option: str) -> int:
    """A whole number; CommandError for any other text."""
    return int(_matching(r"(-?[0-9]+)", text, option, "a whole number like 3"))


def day(text: object) -> date:
    """A date like 2017-01-01; CommandError for any other text, and for a day that no calendar has."""
    like = "a day like 2017-01-01"
    written = _matching(r"([0-9]{4}-[0-9]{2}-[0-9]{2})", text, "--start", like)
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise CommandError(f"There is no day {written}: write --start as {like}.") from error


def _matching(pattern: str, text: object, option: str, like: str) -> str:
    """The part of a text that a pattern asks for."""
    if text is None:
        raise CommandError(f"Say {option}: {like}.")
    written = str(text).strip()
    match = re.fullmatch(pattern, written) if len(written) <= LONGEST else None
    if not match:
        raise CommandError(f"Write {option} as {like}, not {written[:LONGEST]!r}.")
    return match[1]

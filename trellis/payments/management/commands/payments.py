"""`trellis payments verify | export | limit | remit`: whether the books balance, and the files to and from the bank."""

import json
import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trellis.accounts import queries as accounts
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.actors import COMMAND_LINE
from trellis.payments.commands import batches, remittance, terms
from trellis.payments.queries import reconciliation
from trellis.payments.rules.remittance import read
from trellis.web.words import counted, day

BROKEN = 1


class Command(BaseCommand):
    """Each subcommand has its own words on `trellis payments SUBCOMMAND --help`."""

    help = "Prove that the books balance, export what may be paid, or match what the bank paid."

    def add_arguments(self, parser):
        """Four subcommands."""
        what = parser.add_subparsers(dest="what", required=True, metavar="verify | export | limit | remit")
        one = what.add_parser(
            "verify", help="schedule = statements + outstanding, lines reconcile, chain whole; else exit 1"
        )
        one.add_argument("--contract", metavar="REF", help="one contract (default: all)")
        one.add_argument("--on", metavar="DAY", help="as the books stood at the end of this day: 2018-06-30")
        one.add_argument("--json", action="store_true", help="print the result as JSON")
        one = what.add_parser("export", help="hand over what may be paid, and write the files of each batch")
        one.add_argument("contract", metavar="REF")
        one.add_argument("folder", metavar="FOLDER", type=Path)
        one = what.add_parser("limit", help="say up to how much one person in finance may authorise, from today")
        one.add_argument("contract", metavar="REF", help="a contract of the authority")
        one.add_argument("email", metavar="EMAIL")
        one.add_argument("pounds", metavar="POUNDS")
        one = what.add_parser("remit", help="match payments with the bank's list; exit 1 if a row differs")
        one.add_argument("contract", metavar="REF")
        one.add_argument("file", metavar="FILE.csv", type=Path)

    def handle(self, *, what: str, **options):
        """Hand over to the subcommand."""
        getattr(self, f"_{what}")(**options)

    def _verify(self, *, contract: str | None, on: str | None, **options):
        chosen = [_contract(contract)] if contract else list(contracts.contracts())
        when = _day(on) if on else None
        found = [reconciliation.reconcile(one, when) for one in chosen]
        chain = reconciliation.chain_faults()
        faults = [fault for one in found for fault in one.faults] + chain
        if options["json"]:
            whole = {"balances": not faults, "chain_faults": chain, "contracts": [one.as_json() for one in found]}
            self.stdout.write(json.dumps(whole, indent=2))
        else:
            for one in found:
                state = "do NOT balance" if one.faults else "balance"
                entries = counted(one.entries, "entry", "entries")
                self.stdout.write(f"The books of {one.contract} {state} on {day(one.on)}: {entries}.")
            self.stdout.write("The chain is NOT whole." if chain else "The chain is whole.")
        if faults:
            for fault in faults:
                self.stderr.write(fault)
            sys.exit(BROKEN)

    def _export(self, *, contract: str, folder: Path, **options):
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        for batch in batches.write_batches(contract=_contract(contract), folder=folder, by=COMMAND_LINE):
            self.stdout.write(f"{batch.reference}: {counted(batch.count, 'payment')}, £{batch.total:,}.")

    def _limit(self, *, contract: str, email: str, pounds: str, **options):
        user = accounts.person_by_email(email)
        if user is None:
            raise CommandError("Nobody has an account with this address.")
        if not re.fullmatch(r"[0-9]{1,12}", pounds):
            raise CommandError("Write the limit in whole pounds, like 250000.")
        authority, limit = _contract(contract).authority, Decimal(pounds)
        terms.set_authorisation_limit(
            user=user, authority=authority, starts_on=clock.today(), limit=limit, by=COMMAND_LINE
        )
        self.stdout.write(f"{user} may authorise up to £{limit:,} for {authority.name} from today.")

    def _remit(self, *, contract: str, file: Path, **options):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"The file {file} cannot be read: {error.strerror}.") from error
        found = remittance.match_remittance(contract=_contract(contract), rows=read(content), by=COMMAND_LINE)
        for one in found:
            self.stdout.write(f"Row {one.line}, {one.payment}: {one.state}. {one.words}".rstrip())
        if any(one.state == remittance.DIFFERS for one in found):
            sys.exit(BROKEN)


def _contract(reference: str) -> Contract:
    found = contracts.contract(reference)
    if found is None:
        raise CommandError(f"There is no contract {reference}.")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a day like 2018-06-30.") from error

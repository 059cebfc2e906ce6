"""`trellis audit verify | seal | purge`: the record of who did what, and the evidence beside it."""

import json
import sys
from datetime import date, datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trellis.audit import chain, commands, queries
from trellis.audit.models import AuditEntry
from trellis.audit.verification import Verification, verify
from trellis.core.actors import COMMAND_LINE

BROKEN = 1


class Command(BaseCommand):
    """Each subcommand has its own words on `trellis audit SUBCOMMAND --help`."""

    help = "Verify that audit, evidence and ledger are whole, seal what is new, or purge personal detail."

    def add_arguments(self, parser):
        """Three subcommands."""
        what = parser.add_subparsers(dest="what", required=True, metavar="verify | seal | purge")
        one = what.add_parser(
            "verify", help="find changed, missing, reordered or inserted rows; exit 1 if there are any"
        )
        one.add_argument("--json", action="store_true", help="print the result as JSON")
        one.add_argument("--noted", metavar="HASH", help="a head noted earlier, which must still be in a chain")
        what.add_parser("seal", help="give every new row its place in the chain")
        one = what.add_parser("purge", help="delete personal detail; what was done stays, and the chain verifies")
        one.add_argument("--entry", type=int, metavar="NUMBER", help="the entry whose detail is purged")
        one.add_argument("--before", metavar="DAY", help="purge the detail of all entries before this day: 2017-01-01")
        one.add_argument("--reason", default="", help="why; it is kept")

    def handle(self, *, what: str, **options):
        """Hand over to the subcommand."""
        getattr(self, f"_{what}")(**options)

    def _verify(self, *, noted: str | None, **options):
        found = [verify(link, queries.noted_heads(link)) for link in chain.chains()]
        whole = all(one.is_whole for one in found)
        is_there = not noted or any(link._default_manager.filter(hash=noted).exists() for link in chain.chains())
        commands.record_verification(by=COMMAND_LINE, found=found)
        if options["json"]:
            chains = {_name(one): one.as_json() for one in found}
            self.stdout.write(
                json.dumps({"is_whole": whole and is_there, "noted_is_there": is_there, "chains": chains})
            )
        else:
            for one in found:
                self._tell(one)
            if not is_there:
                self.stdout.write(f"No chain holds {noted}: rows were taken from its end, or it was made anew.")
        if not (whole and is_there):
            sys.exit(BROKEN)

    def _tell(self, found: Verification):
        state = "is whole" if found.is_whole else "is NOT whole"
        rows = f"{found.sealed:,} {'row' if found.sealed == 1 else 'rows'} sealed"
        head = f", head {found.head}" if found.head else ""
        self.stdout.write(f"{_name(found).capitalize()} {state}: {rows}{head}; {found.unsealed:,} not yet sealed.")
        for fault in found.faults:
            self.stdout.write(f"  {fault}")
        if found.unnamed:
            self.stdout.write(f"  and {found.unnamed:,} more.")

    def _seal(self, **options):
        for link in chain.chains():
            sealed = chain.seal(link)
            position, head = chain.head_of(link)
            self.stdout.write(
                f"{link._meta.app_label.capitalize()}: {sealed:,} sealed, {position:,} in all"
                + (f", head {head}." if position else ".")
            )

    def _purge(self, *, entry: int | None, before: str | None, reason: str, **options):
        row = None
        if entry is not None:
            row = AuditEntry.objects.filter(pk=entry).first()
            if row is None:
                raise CommandError(f"There is no audit entry {entry}.")
        count = commands.purge_detail(by=COMMAND_LINE, reason=reason, entry=row, older_than=_midnight(before))
        self.stdout.write(f"The detail of {count:,} {'entry' if count == 1 else 'entries'} is purged.")


def _name(found: Verification) -> str:
    return found.table.partition("_")[0]


def _midnight(day: str | None) -> datetime | None:
    if day is None:
        return None
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min))
    except ValueError as error:
        raise CommandError(f"{day} is not a day like 2017-01-01.") from error

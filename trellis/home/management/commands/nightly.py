"""trellis nightly: what has to happen once a day, whoever is asleep. Run it from cron or a systemd timer."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from trellis.accounts import commands as accounts
from trellis.contracts import queries as contracts
from trellis.contracts.commands import carrying_out, membership
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.organisations.commands import finding, reports
from trellis.organisations.imports import watching, withdrawal
from trellis.payments.commands import ledger as books
from trellis.performance import commands as performance
from trellis.renewal.commands import extensions as renewal
from trellis.renewal.commands import handovers
from trellis.support import commands as support


class Command(BaseCommand):
    """Safe to run twice: what is done already is left alone."""

    help = (
        "Do what is due once a day: changed lists, proposals, memberships, cases in conflict, quarters to close, the"
        " books, extensions, handovers, claims, notices, doubles, the seal."
    )

    def handle(self, *args, **options):
        """Each part says what it did, in a line."""
        self.stdout.write(f"Withdrawals of contacts gone on with: {withdrawal.go_on_with_withdrawals(by=NIGHTLY)}")
        for found in watching.import_changed_lists(by=NIGHTLY):
            self.stdout.write(watching.said(found))
        proposals = carrying_out.run_proposals(by=NIGHTLY)
        self.stdout.write(
            f"Proposals moved on: {proposals['moved']}, carried out: {proposals['done']}, "
            f"that cannot be carried out: {proposals['stopped']}"
        )
        turned = membership.turn_memberships(on=clock.today(), by=NIGHTLY)
        self.stdout.write(f"Memberships begun: {turned}")
        contract = contracts.current_contract(clock.today())
        released = support.release_conflicted_cases(contract=contract, by=NIGHTLY) if contract else 0
        self.stdout.write(f"Cases moved because of a conflict: {released}")
        self.stdout.write(f"Quarters closed without every signature: {performance.close_due_reports(by=NIGHTLY)}")
        if contract:
            self.stdout.write(
                f"Schedule in the books moved by: £{books.post_schedule(contract=contract, by=NIGHTLY):,}"
            )
        made, waiting = renewal.apply_due_extensions(by=NIGHTLY)
        self.stdout.write(f"Contracts extended: {len(made)}")
        for dossier, why in waiting:
            self.stdout.write(f"Not extended yet, {dossier.contract.reference}: {why}")
        cases, roles = handovers.go_on_with_handovers(by=NIGHTLY)
        self.stdout.write(f"Handed over from partners that have left: {cases} cases, {roles} roles ended")
        self._keep_the_register()
        call_command("audit", "seal", stdout=self.stdout)
        call_command("clearsessions")

    def _keep_the_register(self) -> None:
        """Claims whose days are over, what organisations are told once, words that are no longer needed, doubles."""
        granted, expired = accounts.run_claims(by=NIGHTLY)
        self.stdout.write(f"Claims to speak for an organisation granted: {granted}, run out: {expired}")
        sent = accounts.send_notices(by=NIGHTLY)
        self.stdout.write(
            f"Organisations asked whether their profile is right: {sent['check-profile']}, "
            f"told that they were removed: {sent['removed']}"
        )
        self.stdout.write(f"Reported errors whose words were deleted: {reports.purge_reports(by=NIGHTLY)}")
        run = finding.find_when_changed(by=NIGHTLY)
        self.stdout.write(f"Look for organisations that are in the register twice: {run or 'not now'}")

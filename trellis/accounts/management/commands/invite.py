"""`trellis invite EMAIL --role ROLE --organisation REFERENCE`: how the first administrator comes in."""

from django.core.management.base import BaseCommand, CommandError

from trellis.accounts import commands
from trellis.accounts.roles import ALL, BY_CODE
from trellis.core.actors import COMMAND_LINE
from trellis.organisations.models import Organisation


class Command(BaseCommand):
    """Sends the same invitation as the page of people does."""

    help = "Invite somebody by email. A new installation's first administrator is invited here, the others on pages."

    def add_arguments(self, parser):
        """Whom, as what, and where."""
        parser.add_argument("email", help="the address that the invitation is sent to")
        parser.add_argument(
            "--role", default="administrator", choices=[role.code for role in ALL], help="default: administrator"
        )
        parser.add_argument("--organisation", required=True, metavar="REFERENCE", help="for example ORG-7K2M")

    def handle(self, *, email: str, role: str, organisation: str, **options):
        """One command of the domain; a refusal is its sentence."""
        found = Organisation.objects.listed().filter(reference=organisation).first()
        if found is None:
            raise CommandError(f"There is no organisation {organisation}.")
        invitation = commands.invite_person(email=email, organisation=found, role=BY_CODE[role], by=COMMAND_LINE)
        self.stdout.write(f"{invitation.reference}: invited as {invitation.as_role.name} of {found.name}.")

"""trellis demo_sign_ins: as whom one can sign in to the demo."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trellis.accounts.roles import BY_CODE
from trellis.demo.people import PEOPLE


class Command(BaseCommand):
    """Lists the demo's people by role."""

    help = "List the people of the demo, whom one signs in as with one click."

    def handle(self, *args, **options):
        """A line for each; nowhere but in the demo are there any."""
        if settings.TRELLIS_ENV != "demo":
            raise CommandError("There are sign-ins with one click in the demo only.")
        for person in PEOPLE:
            self.stdout.write(f"  {BY_CODE[person.role_code].name:24} {person.name:20} {person.email}")

"""What `trellis check --deploy` says of a production that is not ready, in sentences that tell what to do."""

import os

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError

from trellis.accounts import queries

# Setting, what goes wrong without it, what to set it to.
NEEDED = (
    ("TRELLIS_SECRET_KEY", "nothing can be signed, so nobody can sign in", "at least 50 random characters"),
    ("TRELLIS_HOSTS", "every request is refused", "the names of this site, parted by commas"),
    ("TRELLIS_SMTP_HOST", "no email goes out, so nobody can confirm an address", "the name of your mail server"),
    ("TRELLIS_FROM_EMAIL", "emails come from an address that is not yours", "an address of your own"),
)


def settings_of_production(app_configs, **options) -> list[CheckMessage]:
    """One sentence for each setting that production needs and does not have."""
    if not settings.IN_PRODUCTION:
        return []
    found: list[CheckMessage] = [
        Error(f"{name} is not set: {without}. Set it to {to}.", id=f"trellis.E{number:03}")
        for number, (name, without, to) in enumerate(NEEDED, start=1)
        if not os.environ.get(name)
    ]
    if not os.environ.get("DATABASE_URL"):
        sentence = (
            f"DATABASE_URL is not set: the database is a file in {settings.VAR}. Set it to your PostgreSQL, or to "
            "sqlite:////… if a file is what you want."
        )
        found.append(Warning(sentence, id="trellis.W001"))
    return found


def demo_people_in_production(app_configs, **options) -> list[CheckMessage]:
    """A sign-in of the demo has no business in a production database. No database yet: nothing to find in it."""
    if not settings.IN_PRODUCTION:
        return []
    try:
        how_many = queries.demo_people().count()
    except DatabaseError:
        return []
    if not how_many:
        return []
    sentence = f"The database holds {how_many} sign-ins of the demo. Start production on a database of its own."
    return [Error(sentence, id="trellis.E010")]

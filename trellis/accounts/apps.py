"""Registers the checks of `trellis check --deploy`."""

from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    """People and sign-in."""

    name = "trellis.accounts"

    def ready(self) -> None:
        """Checks are registered once, at start."""
        from trellis.accounts.checks import demo_people_in_production, settings_of_production

        checks.register(settings_of_production, checks.Tags.security, deploy=True)
        checks.register(demo_people_in_production, checks.Tags.security, deploy=True)

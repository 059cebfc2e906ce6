"""Refuses to start on a rulebook that says two things at once, or nothing."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from trellis.core import rulebook


class CoreConfig(AppConfig):
    """The ground floor."""

    name = "trellis.core"

    def ready(self) -> None:
        """Read the rulebook once, at start: web server, worker and command line alike."""
        try:
            rulebook.book()
        except rulebook.RulebookError as error:
            raise ImproperlyConfigured(str(error)) from error

"""Errors that were reported: all for those who keep the register, its own for an organisation."""

from django.db.models import QuerySet

from trellis.core.actors import Actor
from trellis.core.permissions import Permission
from trellis.organisations.models import ErrorReport


def reports() -> QuerySet[ErrorReport]:
    """Every report, the oldest first."""
    return ErrorReport.objects.select_related("organisation")


def own_reports(user: Actor) -> QuerySet[ErrorReport]:
    """Reports about the organisations that somebody speaks for."""
    return reports().filter(organisation__in=user.organisation_ids(Permission.ORGANISATION_EDIT))


def open_reports() -> QuerySet[ErrorReport]:
    """Those that nobody has answered."""
    return reports().filter(status=ErrorReport.Status.OPEN)

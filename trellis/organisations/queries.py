"""Reads of the register."""

from trellis.organisations.models import ServiceType


def service_types() -> list[ServiceType]:
    """What organisations do for people, by name."""
    return list(ServiceType.objects.all())

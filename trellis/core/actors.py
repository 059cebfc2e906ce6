"""Who acts: a person who signed in, or a named service of ours."""

from dataclasses import dataclass
from typing import Protocol, cast

from django.http import HttpRequest

from trellis.core.permissions import Permission


class Actor(Protocol):
    """What every write asks of whoever does it."""

    @property
    def actor_name(self) -> str:
        """What the audit keeps: a reference, never a name or an address."""

    @property
    def person_id(self) -> int | None:
        """The account's number; None for a service."""

    def can(self, permission: Permission) -> bool:
        """Whether any role they hold carries the permission."""

    def organisation_ids(self, permission: Permission) -> list[int]:
        """The organisations for which they hold it; a service speaks for none."""


@dataclass(frozen=True)
class Service:
    """Work that no person starts: the nightly run, an import, the simulator."""

    name: str
    person_id = None

    @property
    def actor_name(self) -> str:
        """For example `service:nightly`."""
        return f"service:{self.name}"

    def can(self, permission: Permission) -> bool:
        """A service is ours, and may do whatever it was written to do."""
        return True

    def organisation_ids(self, permission: Permission) -> list[int]:
        """None: what it may do, it may do to all."""
        return []


def person(request: HttpRequest) -> Actor:
    """Whoever passed the gate to a view that is not public, for areas below accounts, which knows people."""
    return cast(Actor, request.user)


NIGHTLY = Service("nightly")
IMPORT = Service("import")
LINKAGE = Service("linkage")
SIMULATOR = Service("simulator")
VISITOR = Service("visitor")  # somebody at a public page, without an account
COMMAND_LINE = Service("command-line")

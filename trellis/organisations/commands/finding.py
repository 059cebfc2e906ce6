"""Looking through the register for organisations that are in it twice."""

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core import references
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.organisations import rules
from trellis.organisations.imports import runs
from trellis.organisations.models import LinkRun
from trellis.organisations.queries import finding as queries

if TYPE_CHECKING:
    from trellis.organisations.linking import Linker

Status = LinkRun.Status


def start_finding(*, by: Actor) -> LinkRun:
    """Look through the register in the background; the run, to watch. Raises RuleBroken while another is under way."""
    from trellis.organisations import linking  # it merges through our commands, so it imports us

    rules.check_may_link(may=by.can(Permission.REGISTER_LINK))
    with transaction.atomic():
        rules.check_can_find(is_waiting=LinkRun.objects.filter(status=Status.WAITING).exists())
        run = _new_run(Status.WAITING, by)
        transaction.on_commit(lambda: linking.find_waiting.enqueue(run.reference))
    return run


def find_links(*, by: Actor, link: "Linker | None" = None) -> LinkRun:
    """Look through the register at once. `link` is the linkage itself, unless another is given.

    Raises RuleBroken while an import or another run is at it.
    """
    from trellis.organisations import linking

    rules.check_may_link(may=by.can(Permission.REGISTER_LINK))
    with runs.only_one():
        with transaction.atomic():
            run = _new_run(Status.RUNNING, by)
        return linking.find(run, link)


def find_when_changed(*, by: Actor) -> LinkRun | None:
    """Look through the register in the background, where it has changed since the last look; for the nightly run.

    None where it has not, and while an import or another look is at it: the next night sees what that brought.
    """
    if not queries.has_changed():
        return None
    try:
        with runs.only_one():
            pass  # nobody is at it
        return start_finding(by=by)
    except RuleBroken:
        return None


def _new_run(status: str, by: Actor) -> LinkRun:
    run = references.create_with_reference(LinkRun, "LNK", status=status, started_by=by.actor_name)
    audit.record(by=by, action="organisations.find_links", subject=f"link run {run.reference}")
    return run

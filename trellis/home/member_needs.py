"""What the alliance wants of its contract manager and of those who sit at its table."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Membership, MembershipCheck
from trellis.contracts.queries import members, promises
from trellis.contracts.queries import membership as memberships
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.web.pieces import Task
from trellis.web.words import counted, day

FEW = 5  # of a kind; the rest are a link away
Status = Membership.Status


def seats_to_name(user: User) -> Iterator[Task]:
    """A seat of one's own organisation that nobody holds."""
    today = clock.today()
    mine = user.organisation_ids(Permission.ALLIANCE_POSITION)
    for contract in contracts.alliances_of(user, Permission.ALLIANCE_POSITION, today):
        for member in members.table(contract, today):
            if member.seat is None and member.organisation.pk in mine:
                url = reverse("name_seat", args=[contract.reference, member.organisation.reference])
                hint = "Until somebody is named, it takes no positions."
                yield Task(f"Name who decides for {member.organisation.name}", "To do", url, hint, "orange")


def checks_to_verify(user: User) -> Iterator[Task]:
    """What somebody else answered about an organisation that may join, and a second person has to confirm."""
    for contract in contracts.alliances_of(user, Permission.ALLIANCE_POSITION, clock.today()):
        waiting = memberships.checks(contract).filter(
            kind=MembershipCheck.Kind.DUE_DILIGENCE, membership__status=Status.DUE_DILIGENCE,
            answered_by__isnull=False, verified_by__isnull=True,
        )  # fmt: skip
        for one in memberships.memberships(contract).filter(status=Status.DUE_DILIGENCE):
            number = waiting.filter(membership=one).exclude(answered_by=user).count()
            if number:
                url = reverse("membership", args=[contract.reference, one.organisation.reference])
                hint = "Somebody else answered them."
                yield Task(
                    f"Verify {counted(number, 'check')} of {one.organisation.name}", "To do", url, hint, "yellow"
                )


def memberships_to_move(user: User) -> Iterator[Task]:
    """For the contract manager: who was invited, is being checked, is leaving or is on a remedy plan."""
    for contract in contracts.contracts_managed_by(user):
        for one in memberships.memberships_on_the_way(contract)[:FEW]:
            url = reverse("membership", args=[contract.reference, one.organisation.reference])
            open_checks = one.checks.filter(outcome="").count()
            hint = f"{counted(open_checks, 'question')} open." if open_checks else ""
            if one.status == Status.REMEDY and one.remedy_review_on:
                hint = f"Looked at again on {day(one.remedy_review_on)}."
            if open_checks or one.status not in (Status.ADMITTED, Status.EXCLUDED):
                yield Task(f"Membership of {one.organisation.name}", one.get_status_display(), url, hint, "blue")


def promises_to_settle(user: User) -> Iterator[Task]:
    """For the contract manager: the promises that are due and neither kept nor broken."""
    today = clock.today()
    for contract in contracts.contracts_managed_by(user):
        for one in promises.open_promises(contract).filter(due_on__lt=today)[:FEW]:
            url = reverse("promises", args=[contract.reference])
            yield Task(f"Promise: {one.words}", "Late", url, f"It was due on {day(one.due_on)}.", "orange")

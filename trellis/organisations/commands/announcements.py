"""What organisations announce on their own profiles: opportunities to volunteer, and events."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.queries import announcements as queries
from trellis.organisations.queries.keeping import keeps_register, speaks_for
from trellis.organisations.rules import announcements as rules

TEXTS = ("title", "what", "where", "website", "email", "phone")
DAYS = ("starts_on", "starts_time", "ends_on")


@transaction.atomic
def announce(*, organisation: Organisation, kind: str, values: Mapping[str, Any], by: Actor) -> Announcement:
    """Show an opportunity or event (`kind`, of Announcement.Kind) on an organisation's profile.

    `values` holds the texts title, what, where, website, email and phone, and starts_on and ends_on (dates) with
    starts_time (a time); those left out are empty. Raises RuleBroken, at the field.
    """
    _check_can_announce(organisation, by)
    tidy = _tidied(kind, values)
    _check_room(organisation)
    now, who = clock.now(), by.actor_name
    announcement = _once(
        lambda: create_with_reference(
            Announcement, "ANN", organisation=organisation, kind=kind, created_at=now, created_by=who,
            changed_at=now, changed_by=who, **tidy,
        )
    )  # fmt: skip
    _audit("announce", announcement, by)
    return announcement


@transaction.atomic
def change_announcement(*, announcement: Announcement, values: Mapping[str, Any], by: Actor) -> bool:
    """Put other words, days or ways to ask in the place of those announced; `values` as for `announce`.

    Returns whether anything differs from what was there. Raises RuleBroken, at the field, or when somebody else changed
    it since it was read.
    """
    _check_can_announce(announcement.organisation.standing, by)
    rules.check_can_change(**_fate(announcement))
    tidy = _tidied(announcement.kind, values)
    fields = sorted(field for field, value in tidy.items() if value != getattr(announcement, field))
    if not fields:
        return False
    as_read = Announcement.objects.filter(
        pk=announcement.pk, changed_at=announcement.changed_at, withdrawn_at__isnull=True
    )
    if not _once(lambda: as_read.update(changed_at=clock.now(), changed_by=by.actor_name, **tidy)):
        raise RuleBroken(rules.MOVED_ON)
    _audit("change_announcement", announcement, by, fields=fields)
    return True


@transaction.atomic
def withdraw_announcement(*, announcement: Announcement, by: Actor) -> None:
    """Take it off the profile; its own people still see it, and can put it back. Raises RuleBroken."""
    may_edit = speaks_for(announcement.organisation, by)
    rules.check_can_withdraw(may_edit=may_edit, is_withdrawn=announcement.withdrawn_at is not None)
    standing = Announcement.objects.filter(pk=announcement.pk, withdrawn_at__isnull=True)
    if not standing.update(withdrawn_at=clock.now(), withdrawn_by=by.actor_name):
        raise RuleBroken(rules.ALREADY_WITHDRAWN)
    _audit("withdraw_announcement", announcement, by)


@transaction.atomic
def take_off_announcement(*, announcement: Announcement, reason: str, by: Actor) -> None:
    """Take off what does not belong into a public register; its organisation reads why. Raises RuleBroken.

    By those who keep the register (`reason`, at most 300 characters). The organisation cannot put it back by itself.
    """
    is_withdrawn, reason = announcement.withdrawn_at is not None, reason.strip()
    rules.check_can_take_off(keeps_register=keeps_register(by), is_withdrawn=is_withdrawn, reason=reason)
    standing = Announcement.objects.filter(pk=announcement.pk, withdrawn_at__isnull=True)
    if not standing.update(withdrawn_at=clock.now(), withdrawn_by=by.actor_name, taken_off_because=reason):
        raise RuleBroken(rules.ALREADY_WITHDRAWN)
    _audit("take_off_announcement", announcement, by)


@transaction.atomic
def restore_announcement(*, announcement: Announcement, by: Actor) -> None:
    """Put one that was withdrawn back on the profile. Raises RuleBroken when it is over, or stands there again."""
    organisation = announcement.organisation.standing
    _check_can_announce(organisation, by)
    rules.check_can_restore(**_fate(announcement), last_day=announcement.last_day, today=clock.today())
    _check_room(organisation)
    withdrawn = Announcement.objects.filter(pk=announcement.pk, withdrawn_at__isnull=False, taken_off_because="")
    if not _once(lambda: withdrawn.update(withdrawn_at=None, withdrawn_by="")):
        raise RuleBroken(rules.NOT_WITHDRAWN)
    _audit("restore_announcement", announcement, by)


def _check_can_announce(organisation: Organisation, by: Actor) -> None:
    rules.check_can_announce(
        may_edit=speaks_for(organisation, by),
        is_listed=organisation.merged_into_id is None,
        is_public=organisation.unlisted_at is None,
        is_active=organisation.status == Organisation.Status.ACTIVE,
    )


def _fate(announcement: Announcement) -> dict[str, bool]:
    return {
        "is_withdrawn": announcement.withdrawn_at is not None, "is_taken_off": bool(announcement.taken_off_because),
    }  # fmt: skip


def _check_room(organisation: Organisation) -> None:
    today = clock.today()
    most = rulebook.value("organisations.announcements_most", on=today)
    rules.check_room(current=queries.current(organisation, today).count(), most=most)


def _tidied(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they will be stored. Raises RuleBroken, at the field."""
    tidy: dict[str, Any] = {field: str(values.get(field) or "").strip() for field in TEXTS}
    tidy |= {field: values.get(field) for field in DAYS}
    tidy["title"] = " ".join(tidy["title"].split())
    if kind == rules.OPPORTUNITY:
        tidy |= {"starts_on": None, "starts_time": None}
    elif tidy["ends_on"] == tidy["starts_on"]:
        tidy["ends_on"] = None  # an event of one day
    today = clock.today()
    months = rulebook.value("organisations.announcement_months", on=today)
    rules.check_announcement(kind, tidy, today=today, months=months)
    return tidy


def _once(write: Callable[[], Any]) -> Any:
    """What a write returns. Raises RuleBroken where the same stands there already: the database says so, not a look."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if "announcement_once" not in str(error):
            raise
        raise RuleBroken(rules.SAID_ALREADY, field="title") from error


def _audit(verb: str, announcement: Announcement, by: Actor, **facts: Any) -> None:
    """Which one and, of a change, which fields: never what stands in them, for that may be somebody's own number."""
    facts |= {"organisation": announcement.organisation.reference, "kind": announcement.kind}
    subject = f"announcement {announcement.reference}"
    audit.record(by=by, action=f"organisations.{verb}", subject=subject, facts=facts)

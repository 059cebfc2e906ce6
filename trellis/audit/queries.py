"""Reading the audit: the log, one entry, and whether the record is whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from trellis.audit import chain
from trellis.audit.models import AuditEntry, Link


@dataclass(frozen=True)
class Checked:
    """The last verification: when, by whom, and what it found."""

    at: datetime
    by: str
    is_whole: bool
    sealed: int
    faults: list[str]


def entries(
    *, subject: str = "", actor: str = "", action: str = "", starts_on: date | None = None, ends_on: date | None = None
) -> QuerySet:
    """The log, newest first.

    `subject` is any part of the object's text; `actor` a reference (person:12, service:nightly) or a person's whole
    e-mail address; `action` its beginning (support, support.complete_case); both days are included.
    """
    found = AuditEntry.objects.order_by("-pk")
    if subject:
        found = found.filter(subject__icontains=subject)
    if actor:
        found = found.filter(actor=_actor(actor))
    if action:
        found = found.filter(Q(action=action) | Q(action__startswith=f"{action}.") | Q(action__endswith=f".{action}"))
    if starts_on:
        found = found.filter(recorded_at__gte=_midnight(starts_on))
    if ends_on:
        found = found.filter(recorded_at__lt=_midnight(ends_on + timedelta(days=1)))
    return found


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The present names of the people among the actors, by reference (person:12); services are left out."""
    people = {int(actor[7:]) for actor in actors if actor.startswith("person:") and actor[7:].isdigit()}
    users = get_user_model()._default_manager.filter(pk__in=people)
    return {user.actor_name: str(user) for user in users}


def last_checked() -> Checked | None:
    """What the last verification found; None when there was none yet."""
    entry = AuditEntry.objects.filter(action="audit.verify_record").order_by("-pk").first()
    if entry is None:
        return None
    sealed = sum(one["sealed"] for one in entry.facts["chains"].values())
    return Checked(entry.recorded_at, entry.actor, entry.facts["is_whole"], sealed, entry.facts["faults"])


def noted_heads(link: type[Link]) -> dict[int, str]:
    """The head of a chain as the last verification that found all whole wrote it down: by position."""
    checks = AuditEntry.objects.filter(action="audit.verify_record", facts__is_whole=True).order_by("-pk")
    for facts in checks.values_list("facts", flat=True)[:1]:
        noted = facts["chains"].get(link.sealed_model()._meta.db_table)
        if noted and noted["position"]:
            return {noted["position"]: noted["head"]}
    return {}


def waiting() -> dict[str, int]:
    """How many rows of each chain are not sealed yet, by area."""
    return {link._meta.app_label: chain.unsealed(link).count() for link in chain.chains()}


def _actor(text: str) -> str:
    if "@" not in text:
        return text
    user = get_user_model()._default_manager.filter(email__iexact=text.strip()).first()
    return user.actor_name if user else text


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

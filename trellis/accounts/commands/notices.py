"""What those who speak for an organisation are told by night, once each: its year is over, or it is gone."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from trellis.accounts import claim_queries as queries
from trellis.accounts.models import Notice
from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.organisations import queries as register
from trellis.organisations.models import Organisation
from trellis.web import mail


def send_notices(*, by: Actor) -> dict[str, int]:
    """Tell those who speak for an organisation what is due: each notice once; how many of each kind.

    Each is its own transaction, and the e-mail goes once it is kept: whoever is killed in between sends it to nobody
    rather than twice.
    """
    sent = dict.fromkeys(Notice.Kind.values, 0)
    for organisation in queries.organisations_spoken_for():
        due = _due(organisation)
        if due and _send_once(organisation, *due, by):
            sent[due[0]] += 1
    return sent


@transaction.atomic
def _send_once(organisation: Organisation, kind: str, about: date, by: Actor) -> bool:
    today = clock.today()
    _notice, is_new = Notice.objects.get_or_create(
        organisation=organisation, kind=kind, about=about, defaults={"sent_on": today}
    )
    if is_new:
        people = [one.email for one in queries.speakers(organisation)]
        audit.record(
            by=by, action="accounts.send_notice", subject=f"organisation {organisation.reference}",
            facts={"kind": kind, "people": len(people)},
        )  # fmt: skip
        template = f"account/email/notice_{kind.replace('-', '_')}"
        context = {"organisation": organisation, "ending": register.ending(organisation)}
        transaction.on_commit(lambda: mail.send(template, people, context))
    return is_new


def _due(organisation: Organisation) -> tuple[str, date] | None:
    """What there is to say of an organisation, and the day that makes it one; None when there is nothing."""
    if organisation.status == Organisation.Status.REMOVED:
        since = organisation.removed_on or timezone.localtime(organisation.created_at).date()
        return Notice.Kind.REMOVED, since
    today = clock.today()
    due_on = register.due_on(organisation, today)
    return (Notice.Kind.CHECK_PROFILE, due_on) if due_on <= today else None

"""Telling the public: notices, agendas, documents, and asking the members for the divisions."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.models import Consultation, Decision, Document, Notice, PathwayStep
from trellis.decisions.moving import hold, record, tell
from trellis.decisions.queries import pathway as queries
from trellis.decisions.rules import forward_plan as rules
from trellis.web.words import day


@transaction.atomic
def publish_notice(
    *, decision: Decision, kind: str, by: Actor, published_on: date | None = None, elsewhere: str = "", **said: Any
) -> Notice:
    """Publish a notice, as its regulation asks. It stays as it is.

    It is published today, or was on `published_on`, `elsewhere` than here: then it counts from that day.
    `kind` is one of Notice.Kind but an agenda; `said` are the columns that the kind needs (rules.forward_plan), dates
    as dates. The matter and the decision maker are those of the decision.
    """
    if kind == Notice.Kind.AGENDA:
        raise RuleBroken("An agenda is published for a meeting.")
    hold(decision, "plan")
    rules.check_is_described(decision.is_described)
    on, place = _published(published_on, elsewhere)
    rules.check_notice(
        kind, is_key=decision.is_key, meets_in_private=decision.meets_in_private, published_on=on, said=said
    )
    return _publish(decision, kind, on, by, elsewhere=place, **said)


@transaction.atomic
def publish_agenda(
    *, decision: Decision, meeting_on: date, by: Actor, step: PathwayStep | None = None, short_notice: str = "",
    published_on: date | None = None, elsewhere: str = "",
) -> Notice:  # fmt: skip
    """Publish the agenda, with the report, of a body of the pathway, or of the body that decides.

    It is published today, or was on `published_on`, `elsewhere` than here.
    `short_notice` says why the meeting was called too late for its agenda to be open in time. Raises RuleBroken
    without the report, and when the meeting is too soon.
    """
    hold(decision, "plan")
    rules.check_is_described(decision.is_described)
    on, place = _published(published_on, elsewhere)
    rules.check_agenda(
        has_report=queries.has_report(decision), meeting_on=meeting_on, published_on=on, short_notice=short_notice
    )
    if step:
        PathwayStep.objects.filter(pk=step.pk, outcome="").update(planned_on=meeting_on)
    reasons = short_notice.strip()
    return _publish(
        decision, Notice.Kind.AGENDA, on, by, elsewhere=place, step=step, due_to=meeting_on, reasons=reasons
    )


def _published(published_on: date | None, elsewhere: str) -> tuple[date, str]:
    """The day of publication, and the place if it is not this one today."""
    today = clock.today()
    on = published_on or today
    rules.check_published(published_on=on, elsewhere=elsewhere, today=today)
    return on, elsewhere.strip() if on < today else ""


def _publish(decision: Decision, kind: str, on: date, by: Actor, **said: Any) -> Notice:
    members = [line.strip() for line in decision.maker_members.splitlines() if line.strip()]
    notice = Notice.objects.create(
        decision=decision,
        kind=kind,
        published_on=on,
        matter=f"{decision.title}\n{decision.matter}",
        maker="\n".join([decision.maker, *members]),
        published_by=by.actor_name,
        **said,
    )
    body = f", {notice.step.body}" if notice.step else ""
    before = f" on {day(on)}, {notice.elsewhere}" if notice.elsewhere else ""
    tell(decision, by=by, note=f"{notice.get_kind_display()} published{body}{before}")
    verb = "publish_agenda" if kind == Notice.Kind.AGENDA else "publish_notice"
    record(decision, verb, by, kind=kind, notice=notice.pk, published_on=on, elsewhere=notice.elsewhere)
    return notice


@transaction.atomic
def add_document(
    *, decision: Decision, kind: str, title: str, address: str = "", published_on: date | None = None, by: Actor
) -> Document:
    """Add a paper that the decision rests on; `address` is where it can be read, if it is published elsewhere.

    With `published_on` it counts from that day, on which it stood there already.
    """
    hold(decision, "plan")
    if not title.strip():
        raise RuleBroken("Say what the document is called.", field="title")
    rules.check_read_since(published_on=published_on, address=address, today=clock.today())
    try:
        with transaction.atomic():
            document = Document.objects.create(
                decision=decision, kind=kind, title=title.strip(), address=address, published_on=published_on,
                added_by=by.actor_name,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken("There is already a document of that title.", field="title") from error
    record(decision, "add_document", by, kind=kind, title=document.title, published_on=published_on)
    return document


@transaction.atomic
def record_consultation(
    *, decision: Decision, division: str, member: str, consulted_on: date, response: str = "", by: Actor
) -> Consultation:
    """Record that the member for a division was asked, and what they said."""
    hold(decision, "plan")
    if not division.strip() or not member.strip():
        raise RuleBroken("Give the division and its member.", field="division" if not division.strip() else "member")
    if consulted_on > clock.today():
        raise RuleBroken("The date is in the future.", field="consulted_on")
    try:
        with transaction.atomic():
            row = Consultation.objects.create(
                decision=decision,
                division=division.strip(),
                member=member.strip(),
                consulted_on=consulted_on,
                response=response.strip(),
                recorded_by=by.actor_name,
            )
    except IntegrityError as error:
        raise RuleBroken(f"{member.strip()} was asked for {division.strip()} already.", field="member") from error
    record(decision, "record_consultation", by, division=row.division)
    return row

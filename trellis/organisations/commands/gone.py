"""What those who keep the register say of an organisation that a register or all lists have lost, and its undo."""

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations import families
from trellis.organisations.imports import writing
from trellis.organisations.models import GoneAnswer, Organisation
from trellis.organisations.provenance import KEEPERS
from trellis.organisations.queries import gone as queries
from trellis.organisations.queries.keeping import keeps_register
from trellis.organisations.rules import gone as rules

Answer = GoneAnswer.Answer
FIELDS = ("status", "removed_on")


@transaction.atomic
def answer_gone(*, organisation: Organisation, answer: str, reason: str, by: Actor) -> GoneAnswer:
    """Say that an organisation which lists have lost is closed, or goes on (GoneAnswer.Answer), and how one knows.

    One that is closed is no longer active from today. Raises RuleBroken, at the field.
    """
    families.locked([organisation.pk])
    asked = queries.asked_about().filter(pk=organisation.pk).first()
    rules.check_can_answer(is_keeper=keeps_register(by), is_asked=asked is not None, reason=reason)
    own = families.own_values([organisation.pk])[organisation.pk]
    before = {field: own.values[field] for field in FIELDS} | {"provenance": own.provenance}
    try:
        with transaction.atomic():
            said = GoneAnswer.objects.create(
                organisation=organisation, run_id=asked.gone_run, answer=answer, reason=reason.strip(),  # type: ignore[union-attr]
                before=before if answer == Answer.CLOSED else {}, said_at=clock.now(), said_by=by.actor_name,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(rules.ANSWERED) from error
    if answer == Answer.CLOSED:
        today = clock.today().isoformat()
        closed = {"status": Organisation.Status.REMOVED.value, "removed_on": today}
        noted = own.provenance | {field: [KEEPERS, today] for field in FIELDS}
        writing.store({organisation.pk: closed}, {organisation.pk: noted})
    _audit("answer_gone", said, by)
    return said


@transaction.atomic
def undo_gone_answer(*, said: GoneAnswer, by: Actor) -> None:
    """Take an answer back: one that was closed is what it was before, and is asked about again. Raises RuleBroken."""
    families.locked([said.organisation_id])
    own = families.own_values([said.organisation_id])[said.organisation_id]
    is_as_set = own.values["status"] == Organisation.Status.REMOVED and own.provenance.get("status", [""])[0] == KEEPERS
    closed = said.answer == Answer.CLOSED
    rules.check_can_undo_answer(is_keeper=keeps_register(by), has_moved_on=closed and not is_as_set)
    standing = GoneAnswer.objects.filter(pk=said.pk, undone_at__isnull=True)
    if not standing.update(undone_at=clock.now(), undone_by=by.actor_name):
        raise RuleBroken("That answer has been taken back already.")
    if closed:
        before = said.before["provenance"]
        noted = {field: source for field, source in own.provenance.items() if field not in FIELDS}
        noted |= {field: before[field] for field in FIELDS if field in before}
        writing.store({own.pk: {field: said.before[field] for field in FIELDS}}, {own.pk: noted})
    _audit("undo_gone_answer", said, by)


def _audit(verb: str, said: GoneAnswer, by: Actor) -> None:
    subject = f"organisation {said.organisation.reference}"
    audit.record(by=by, action=f"organisations.{verb}", subject=subject, facts={"answer": said.answer})

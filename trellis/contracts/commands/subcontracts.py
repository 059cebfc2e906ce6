"""Bringing a small local body in, step by step."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Partner, Subcontract, SubcontractCheck, SubcontractStatus
from trellis.contracts.queries import rooms
from trellis.contracts.queries import subcontracts as queries
from trellis.contracts.rules import subcontracts as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import Organisation
from trellis.places.models import District


@transaction.atomic
def propose_subcontract(
    *,
    partner: Partner,
    organisation: Organisation,
    services: str,
    districts: Sequence[District],
    value: Decimal,
    starts_on: date,
    ends_on: date,
    days_to_pay: int,
    terms_passed_on: bool,
    by: Actor,
) -> Subcontract:
    """Propose to bring a body of the register in, paid from a partner's share.

    `value` is pounds over its whole term. RuleBroken for a member, for a term outside the contract's, for more than the
    partner's share has left, and for days to pay beyond the law's.
    """
    contract = partner.contract
    rules.check_is_from_outside(is_member=organisation in rooms.members(contract))
    rules.check_terms(
        value=value, starts_on=starts_on, ends_on=ends_on, term=(contract.starts_on, contract.ends_on),
        days_to_pay=days_to_pay, most_days=queries.most_days_to_pay(contract),
    )  # fmt: skip
    _check_fits_share(partner, value)
    subcontract = create_with_reference(
        Subcontract, "SUB", contract=contract, partner=partner, organisation=organisation, services=services,
        value=value, starts_on=starts_on, ends_on=ends_on, days_to_pay=days_to_pay, terms_passed_on=terms_passed_on,
        proposed_by=by.actor_name,
    )  # fmt: skip
    subcontract.districts.set(districts)
    _note(subcontract, "propose", by, "", body=organisation.reference, value=str(value))
    return subcontract


@transaction.atomic
def answer_check(*, subcontract: Subcontract, code: str, answer: str, note: str = "", by: Actor) -> None:
    """Answer one question of the due diligence, or answer it anew while the checks have not passed."""
    if not rules.can(subcontract.status, "check"):
        raise RuleBroken("The checks have passed. They are not answered again.")
    if code not in queries.due_diligence(subcontract):
        raise RuleBroken("The list has no such question. It may have changed since you opened this page.")
    said = {"answer": answer, "note": note, "answered_at": clock.now(), "answered_by": by.actor_name}
    SubcontractCheck.objects.update_or_create(subcontract=subcontract, code=code, defaults=said)
    audit.record(by=by, action="contracts.answer_check", subject=_subject(subcontract), facts={code: answer})


@transaction.atomic
def answer_checks(*, subcontract: Subcontract, answers: Mapping[str, tuple[str, str]], by: Actor) -> None:
    """Answer several at once: the answer and its note, by the question's code."""
    for code, (answer, note) in answers.items():
        answer_check(subcontract=subcontract, code=code, answer=answer, note=note, by=by)


@transaction.atomic
def check_subcontract(*, subcontract: Subcontract, by: Actor) -> None:
    """Say that the due diligence is done. RuleBroken while a question is open, or was answered with no."""
    answers = dict(subcontract.checks.values_list("code", "answer"))
    rules.check_can_pass(asked=queries.due_diligence(subcontract), answers=answers)
    _move(subcontract, "check", by)


@transaction.atomic
def agree_subcontract(*, subcontract: Subcontract, note: str = "", by: Actor) -> None:
    """What the alliance agreed: the partner may sign. Asked again whether it fits the share, which may be spent since.

    `note` says where it was agreed. A proposal that is carried calls this.
    """
    rules.next_status(subcontract.status, "agree")
    rules.check_can_agree(terms_passed_on=subcontract.terms_passed_on)
    _check_fits_share(subcontract.partner, subcontract.value, without=subcontract)
    _move(subcontract, "agree", by, note)


@transaction.atomic
def start_subcontract(*, subcontract: Subcontract, by: Actor) -> None:
    """Say that the work has begun."""
    rules.next_status(subcontract.status, "start")
    rules.check_can_start(starts_on=subcontract.starts_on, today=clock.today())
    _move(subcontract, "start", by)


@transaction.atomic
def end_subcontract(*, subcontract: Subcontract, ended_on: date, note: str, by: Actor) -> None:
    """Say that it is over, on which last day, and what came of it."""
    rules.next_status(subcontract.status, "end")
    rules.check_can_end(
        starts_on=subcontract.starts_on, ends_on=subcontract.ends_on, ending_on=ended_on, today=clock.today()
    )
    _move(subcontract, "end", by, note, ends_on=ended_on)


@transaction.atomic
def drop_subcontract(*, subcontract: Subcontract, note: str, by: Actor) -> None:
    """Give up on it before it starts, and say why."""
    _move(subcontract, "drop", by, note)


@transaction.atomic
def pass_terms_on(*, subcontract: Subcontract, by: Actor) -> None:
    """Say that the subcontract now binds the body by the contract's terms."""
    waiting = [Subcontract.Status.PROPOSED, Subcontract.Status.CHECKED]
    changed = Subcontract.objects.filter(pk=subcontract.pk, status__in=waiting, terms_passed_on=False)
    if not changed.update(terms_passed_on=True):
        raise RuleBroken("The terms are passed on already, or it is too late for that.")
    subcontract.terms_passed_on = True
    audit.record(by=by, action="contracts.pass_terms_on", subject=_subject(subcontract))


def _check_fits_share(partner: Partner, value: Decimal, *, without: Subcontract | None = None) -> None:
    # the row lock keeps two agreements at once from both fitting into the same pounds
    Contract.objects.select_for_update().get(pk=partner.contract_id)
    taken = queries.committed(partner, without=without)
    rules.check_fits_share(value=value, committed=taken, share_worth=queries.share_worth(partner))


def _move(subcontract: Subcontract, verb: str, by: Actor, note: str = "", **changes: date) -> None:
    status = rules.next_status(subcontract.status, verb)
    as_checked = Subcontract.objects.filter(pk=subcontract.pk, status=subcontract.status)
    if not as_checked.update(status=status, **changes):
        raise RuleBroken("Somebody moved this subcontract on just now. Look at it again.")
    subcontract.status = status
    for name, value in changes.items():
        setattr(subcontract, name, value)
    _note(subcontract, verb, by, note)


def _note(subcontract: Subcontract, verb: str, by: Actor, note: str, **facts: str) -> None:
    SubcontractStatus.objects.create(subcontract=subcontract, status=subcontract.status, by=by.actor_name, note=note)
    audit.record(by=by, action=f"contracts.{verb}_subcontract", subject=_subject(subcontract), reason=note, facts=facts)


def _subject(subcontract: Subcontract) -> str:
    return f"subcontract {subcontract.reference}"

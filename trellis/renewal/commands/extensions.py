"""Adding an optional year to the contract, once the decision is in effect: at once, and once only."""

from django.db import IntegrityError, transaction

from trellis.contracts.commands import extend_term
from trellis.contracts.models import Contract
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.renewal.models import Dossier, Extension
from trellis.renewal.moving import MOVED_ON, move, record
from trellis.renewal.queries import dossiers as queries
from trellis.renewal.queries import extensions
from trellis.renewal.rules import dossiers as rules


@transaction.atomic
def apply_extension(*, dossier: Dossier, note: str = "", by: Actor) -> Extension:
    """Extend the contract by the dossier's optional year. Done already, by whomever, it changes nothing.

    Term, quarters and what says so change together or not at all. `note` says whether it changes anything that figures
    have moved since the version that was decided on; without it, such an extension waits. RuleBroken without a decision
    that is in effect, regular and without an open condition, and whenever rules.check_can_apply refuses.
    """
    dossier = Dossier.objects.select_related("contract__authority", "decision").get(pk=dossier.pk)
    if done := _done(dossier):
        return done
    rules.check_is_decided(has_decision=dossier.decision is not None, decided=dossier.decided)
    try:
        move(
            dossier, "apply", by=by, note=note.strip()
        )  # first, so that whoever applies it at the same moment waits here
    except RuleBroken:
        if done := _done(dossier):
            return done
        raise
    version, decision = extensions.check_can_apply(dossier, is_weighed=bool(note.strip()))
    contract = Contract.objects.get(pk=dossier.contract_id)
    ended_on = contract.ends_on
    if not extend_term(contract=contract, extension=dossier.extension, decision=decision, by=by):
        raise RuleBroken("The contract is extended by this year already, and not by this dossier.")
    contract.refresh_from_db()
    try:
        with transaction.atomic():
            made = Extension.objects.create(
                contract=contract,
                number=dossier.extension,
                dossier=dossier,
                version=version,
                decision=decision,
                ended_on=ended_on,
                ends_on=contract.ends_on,
                applied_by=by.actor_name,
            )
    except IntegrityError as error:
        raise RuleBroken(MOVED_ON) from error
    record(
        dossier, "apply_extension", by, reason=note.strip(), decision=decision.reference, version=version.number,
        ends_on=str(contract.ends_on),
    )  # fmt: skip
    return made


def apply_due_extensions(*, by: Actor) -> tuple[list[Extension], list[tuple[Dossier, str]]]:
    """Apply every extension that was decided, each in a transaction of its own: those done, and why others wait."""
    made, waiting = [], []
    for dossier in queries.waiting_to_apply():
        try:
            made.append(apply_extension(dossier=dossier, by=by))
        except RuleBroken as refusal:
            waiting.append((dossier, refusal.sentence))
    return made, waiting


def _done(dossier: Dossier) -> Extension | None:
    return Extension.objects.filter(dossier=dossier).first()

"""Writes of what a commission rests on: policies and their commitments, comparators, co-designers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from trellis.audit import commands as audit
from trellis.commissioning.models import CoDesigner, Commission, Commitment, Comparator, Finding, Outcome, Policy
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def add_policy(
    *, commission: Commission, title: str, adopted_by: str, adopted_on: date | None = None, link: str = "", by: Actor
) -> Policy:
    """Put a policy among the sources. `adopted_by` is the body that adopted it; `adopted_on` None: not known."""
    policy = Policy(commission=commission, title=title, adopted_by=adopted_by, adopted_on=adopted_on, link=link)
    _save(policy, f"“{title}” is among the sources already.", field="title")
    _record(by, "add_policy", commission, title=title)
    return policy


@transaction.atomic
def change_policy(
    *, policy: Policy, title: str, adopted_by: str, adopted_on: date | None, link: str, by: Actor
) -> None:
    """Correct what is said of a policy."""
    policy.title, policy.adopted_by, policy.adopted_on, policy.link = title, adopted_by, adopted_on, link
    _save(policy, f"“{title}” is among the sources already.", field="title")
    _record(by, "change_policy", policy.commission, title=title)


@transaction.atomic
def drop_policy(*, policy: Policy, by: Actor) -> None:
    """Take out a policy that has no commitments."""
    _drop(policy, "It has commitments. Take them out first.")
    _record(by, "drop_policy", policy.commission, title=policy.title)


@transaction.atomic
def add_commitment(*, policy: Policy, number: int, text: str, by: Actor) -> Commitment:
    """Set down one of a policy's commitments under its number there."""
    commitment = Commitment(policy=policy, number=number, text=text)
    _save(commitment, f"The policy has a commitment {number} already.", field="number")
    _record(by, "add_commitment", policy.commission, policy=policy.title, number=number)
    return commitment


@transaction.atomic
def change_commitment(*, commitment: Commitment, number: int, text: str, by: Actor) -> None:
    """Correct a commitment. Whatever cites it cites the corrected words."""
    commitment.number, commitment.text = number, text
    _save(commitment, f"The policy has a commitment {number} already.", field="number")
    policy = commitment.policy
    _record(by, "change_commitment", policy.commission, policy=policy.title, number=number)


@transaction.atomic
def drop_commitment(*, commitment: Commitment, by: Actor) -> None:
    """Take out a commitment that nothing cites."""
    cited = "It is cited. Take it out where it is cited first."
    if commitment.outcomes.exists() or commitment.findings.exists():
        raise RuleBroken(cited)
    policy = commitment.policy
    _drop(commitment, cited)
    _record(by, "drop_commitment", policy.commission, policy=policy.title, number=commitment.number)


@transaction.atomic
def cite_commitments(
    *, outcome: Outcome, commitments: Sequence[Commitment], findings: Sequence[Finding] | None = None, by: Actor
) -> None:
    """Say which commitments an outcome follows from; those cited before and not now are no longer cited.

    With `findings`, say in the same way which of them it answers.
    """
    if any(one.policy.commission_id != outcome.commission_id for one in commitments):
        raise RuleBroken("An outcome can cite the policies of its own commission only.", field="commitments")
    if any(one.commission_id != outcome.commission_id for one in findings or ()):
        raise RuleBroken("An outcome can answer the findings of its own commission only.", field="findings")
    outcome.commitments.set(commitments)
    if findings is not None:
        outcome.findings.set(findings)
    audit.record(
        by=by,
        action="commissioning.cite_commitments",
        subject=f"outcome {outcome.code}",
        facts={
            "commitments": [str(one) for one in commitments],
            "findings": [one.number for one in findings or ()],
        },
    )


@transaction.atomic
def link_findings(*, commitment: Commitment, findings: Sequence[Finding], by: Actor) -> None:
    """Say which findings cite a commitment; those that did before and do not now no longer do."""
    commission = commitment.policy.commission
    if any(one.commission_id != commission.pk for one in findings):
        raise RuleBroken("A finding can cite the policies of its own commission only.", field="findings")
    commitment.findings.set(findings)
    _record(by, "link_findings", commission, commitment=str(commitment), findings=[one.number for one in findings])


@transaction.atomic
def add_comparator(
    *, commission: Commission, authority: str, model: str, learnt: str, link: str = "", is_illustrative: bool = False,
    by: Actor,
) -> Comparator:  # fmt: skip
    """Set down another authority's model and what was learnt from it."""
    comparator = Comparator.objects.create(
        commission=commission, authority=authority, model=model, learnt=learnt, link=link,
        is_illustrative=is_illustrative,
    )  # fmt: skip
    _record(by, "add_comparator", commission, authority=authority, model=model)
    return comparator


@transaction.atomic
def change_comparator(*, comparator: Comparator, authority: str, model: str, learnt: str, link: str, by: Actor) -> None:
    """Correct what is said of another authority's model."""
    comparator.authority, comparator.model, comparator.learnt, comparator.link = authority, model, learnt, link
    comparator.save()
    _record(by, "change_comparator", comparator.commission, authority=authority, model=model)


@transaction.atomic
def drop_comparator(*, comparator: Comparator, by: Actor) -> None:
    """Take out a comparator."""
    _drop(comparator, "It is cited. Take it out where it is cited first.")
    _record(by, "drop_comparator", comparator.commission, authority=comparator.authority)


@transaction.atomic
def add_co_designer(
    *, commission: Commission, name: str, met_on: date, changed: str, is_illustrative: bool = False, by: Actor
) -> CoDesigner:
    """Name an organisation or group that shaped the outcomes. `changed` says what is different because of them."""
    _check_has_come(met_on)
    co_designer = CoDesigner.objects.create(
        commission=commission, name=name, met_on=met_on, changed=changed, is_illustrative=is_illustrative
    )
    _record(by, "add_co_designer", commission, name=name)
    return co_designer


@transaction.atomic
def change_co_designer(*, co_designer: CoDesigner, name: str, met_on: date, changed: str, by: Actor) -> None:
    """Correct who shaped the outcomes, when and how."""
    _check_has_come(met_on)
    co_designer.name, co_designer.met_on, co_designer.changed = name, met_on, changed
    co_designer.save()
    _record(by, "change_co_designer", co_designer.commission, name=name)


@transaction.atomic
def drop_co_designer(*, co_designer: CoDesigner, by: Actor) -> None:
    """Take out somebody named by mistake."""
    _drop(co_designer, "It is cited. Take it out where it is cited first.")
    _record(by, "drop_co_designer", co_designer.commission, name=co_designer.name)


def _check_has_come(met_on: date) -> None:
    if met_on > clock.today():
        raise RuleBroken("That day has not come yet.", field="met_on")


def _save(row: Policy | Commitment, taken: str, *, field: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RuleBroken(taken, field=field) from error


def _drop(row: Policy | Commitment | Comparator | CoDesigner, cited: str) -> None:
    number = row.pk
    try:
        with transaction.atomic():
            gone, _ = row.delete()
    except ProtectedError as error:
        raise RuleBroken(cited) from error
    if not gone:
        raise RuleBroken("Somebody took it out just now.")
    row.pk = number


def _record(by: Actor, verb: str, commission: Commission, **facts: Any) -> None:
    audit.record(by=by, action=f"commissioning.{verb}", subject=f"commission {commission.reference}", facts=facts)

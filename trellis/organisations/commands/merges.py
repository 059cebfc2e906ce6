"""Merging organisations that are one, undoing that, and choosing whose value is shown."""

from collections.abc import Collection

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.organisations import families, rules
from trellis.organisations.models import LinkQuestion, Merge, Organisation, ValueChoice

TWO_NUMBERS = "Their register has two different charity numbers for them."


@transaction.atomic
def merge_organisations(
    *,
    one: Organisation,
    other: Organisation,
    reason: str,
    by: Actor,
    question: LinkQuestion | None = None,
) -> Merge:
    """Make one organisation of two, or of the families that they stand for. Everything that points at either stays.

    Which of them stands follows from `rules.stands_first`. Raises RuleBroken where they have two charity numbers, or
    somebody said that they are not the same, and without a reason.
    """
    merge = join_organisations(one=one, other=other, reason=reason, by=by, question=question)
    families.show_joined([merge])
    return merge


@transaction.atomic
def join_organisations(
    *,
    one: Organisation,
    other: Organisation,
    reason: str,
    by: Actor,
    question: LinkQuestion | None = None,
    is_automatic: bool = False,
    uses: families.Uses = families.uses_of,
) -> Merge:
    """The same, for one who joins many at once: `families.show_joined` then shows them, in the same transaction.

    `uses` says how many rows of other areas point at organisations, for one who has counted them beforehand.
    """
    _check_may_link(by)
    if not reason.strip():
        raise RuleBroken("Say why they are the same.", field="reason")
    roots = families.locked([one.pk, other.pk])
    both = families.standing(roots[one.pk], uses), families.standing(roots[other.pk], uses)
    apart = families.told_apart(*(families.members(each.pk) for each in both))
    rules.check_can_merge(*both, told_apart=apart)
    if is_automatic:
        rules.check_can_merge_unasked(*both)
    stands, merged = rules.stands_first(*both)
    merge = families.join(
        merged.pk, stands.pk, by=by, question=question, is_automatic=is_automatic, reason=reason.strip()[:500],
        evidence=question.evidence if question else [], probability=question.probability if question else None,
    )  # fmt: skip
    facts = {"merged": merge.merged.reference, "into": merge.into.reference, "automatic": is_automatic}
    _audit("merge_organisations", merge, by, reason=merge.reason, facts=facts)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, reason: str, by: Actor) -> None:
    """Take a merge back: both are as they would be without it, later edits and imports included.

    They are noted as not the same, so no run and no import merges them again. Raises RuleBroken when it is undone.
    """
    _check_may_link(by)
    gone, rest = _part(merge, reason, by)
    families.keep_apart(gone, rest, by=by)


@transaction.atomic
def take_back_merge(*, merge: Merge, by: Actor) -> None:
    """Undo the merge that an answer brought, and leave open whether they are the same."""
    _check_may_link(by)
    gone, rest = _part(merge, "The answer was taken back.", by)
    asked = families.questions_between(gone, rest).filter(state=LinkQuestion.State.WITHDRAWN)
    asked.update(state=LinkQuestion.State.WAITING)


@transaction.atomic
def part_by_numbers(*, organisation_ids: Collection[int], by: Actor) -> int:
    """Undo merges until no family of these organisations has two numbers of one charity register; how many.

    A register knows better than whoever merged them. Of the merges between two numbers, the latest is undone.
    """
    undone = 0
    while merge := families.merge_between_numbers(organisation_ids):
        undo_merge(merge=merge, reason=TWO_NUMBERS, by=by)
        undone += 1
    return undone


@transaction.atomic
def check_merge(*, merge: Merge, by: Actor) -> None:
    """Say that a merge is right: what is known of how often the machine errs comes from this and from undoing."""
    _check_may_link(by)
    standing = Merge.objects.filter(pk=merge.pk, undone_at__isnull=True, checked_at__isnull=True)
    if not standing.update(checked_at=clock.now(), checked_by=by.actor_name):
        raise RuleBroken("Somebody has checked or undone that merge already.")
    _audit("check_merge", merge, by)


@transaction.atomic
def choose_value(*, organisation: Organisation, field: str, taken_from: Organisation | None, by: Actor) -> None:
    """Show one organisation's value in a field (a group of survivorship), or with None what the sources say.

    Raises RuleBroken unless `taken_from` is one of those that the organisation is made of.
    """
    _check_may_link(by)
    families.locked([organisation.pk])
    rules.check_can_choose(
        field=field, is_member=taken_from is None or taken_from.pk in families.members(organisation.pk)
    )
    if taken_from is None:
        ValueChoice.objects.filter(organisation=organisation, field=field).delete()
    else:
        said = {"taken_from": taken_from, "chosen_at": clock.now(), "chosen_by": by.actor_name}
        ValueChoice.objects.update_or_create(organisation=organisation, field=field, defaults=said)
    families.settle([organisation.pk])
    facts = {"field": field, "from": taken_from.reference if taken_from else ""}
    audit.record(
        by=by, action="organisations.choose_value", subject=f"organisation {organisation.reference}", facts=facts
    )


def _check_may_link(by: Actor) -> None:
    rules.check_may_link(may=by.can(Permission.REGISTER_LINK))


def _part(merge: Merge, reason: str, by: Actor) -> tuple[set[int], set[int]]:
    families.locked([merge.merged_id])
    undone = {"undone_at": clock.now(), "undone_by": by.actor_name, "undone_reason": reason.strip()[:500]}
    rules.check_can_undo_merge(is_undone=not Merge.objects.filter(pk=merge.pk, undone_at__isnull=True).update(**undone))
    parted = families.part(merge)
    facts = {"merged": merge.merged.reference, "into": merge.into.reference}
    _audit("undo_merge", merge, by, reason=reason.strip(), facts=facts)
    return parted


def _audit(verb: str, merge: Merge, by: Actor, *, reason: str = "", facts: dict | None = None) -> None:
    audit.record(
        by=by, action=f"organisations.{verb}", subject=f"merge {merge.reference}", reason=reason, facts=facts or {}
    )

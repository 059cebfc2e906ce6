"""Joining two families, and parting them again: inside the caller's transaction, which has locked them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q

from trellis.core import clock, references
from trellis.core.actors import Actor
from trellis.core.many import among
from trellis.organisations import search
from trellis.organisations.families import hiding, shown, tree
from trellis.organisations.models import Identifier, LinkQuestion, Merge, Organisation, OwnValues
from trellis.organisations.rules.links import CHARITY_REGISTERS

State = LinkQuestion.State
APART = (State.DIFFERENT, State.BRANCH)


def join(merged: int, into: int, *, by: Actor, **told: Any) -> Merge:
    """Merge one organisation that stands, with all that it stands for, into another. `told`: the merge's own fields.

    What is shown of them is as before until `show_joined`.
    """
    questions_between(tree.members(merged), tree.members(into)).filter(state=State.WAITING).update(
        state=State.WITHDRAWN, held_by="", held_until=None
    )
    merge = references.create_with_reference(
        Merge, "MRG", merged_id=merged, into_id=into, merged_at=clock.now(), merged_by=by.actor_name, **told
    )
    shown.stand_alone(merged)
    Organisation.objects.filter(Q(pk=merged) | Q(merged_into=merged)).update(merged_into=into, changed_at=clock.now())
    Organisation.objects.filter(pk=into).update(changed_at=clock.now())
    shown.stand_for_others(into)
    return merge


def show_joined(merges: Collection[Merge]) -> None:
    """Show what follows from merges, in the transaction that made them."""
    merged = {merge.merged_id for merge in merges}
    roots = set(tree.roots_of(merged).values())
    shown.settle(roots)
    hiding.hide_or_show(roots)
    search.index(sorted(merged))


def part(merge: Merge) -> tuple[set[int], set[int]]:
    """Let what was merged stand alone again, with all that was merged into it; the members of both families then.

    The merge is marked as undone already. Own values were never touched, so nothing has to be put back but what follows
    from them.
    """
    root = tree.roots_of([merge.merged_id])[merge.merged_id]
    gone = tree.branch_of(merge.merged_id)
    rest = set(tree.members(root)) - gone
    now = clock.now()
    Organisation.objects.filter(pk=merge.merged_id).update(merged_into=None)
    Organisation.objects.filter(pk__in=gone - {merge.merged_id}).update(merged_into=merge.merged_id)
    Organisation.objects.filter(pk__in=[*gone, root]).update(changed_at=now)
    if len(gone) > 1:
        shown.stand_for_others(merge.merged_id)
    if rest == {root}:
        shown.stand_alone(root)
    shown.settle([root, merge.merged_id])
    hiding.hide_or_show([root, merge.merged_id])
    search.index([root, merge.merged_id])
    return gone, rest


def merge_between_numbers(organisation_ids: Collection[int]) -> Merge | None:
    """The latest merge between two members of one family that have different numbers of one charity register."""
    if not OwnValues.objects.exists():
        return None  # nothing is merged, and a register comes in by hundreds of thousands
    roots = set(tree.roots_of(organisation_ids).values())
    standing = Organisation.objects.filter(merged_into__in=among(roots))
    crowded = set(standing.values_list("merged_into_id", flat=True))
    for root, numbers in tree.numbers_of(crowded).items():
        for scheme in CHARITY_REGISTERS:
            if len(numbers.get(scheme, ())) > 1 and (merge := _latest_between(tree.members(root), scheme)):
                return merge
    return None


def _latest_between(family: list[int], scheme: str) -> Merge | None:
    """None where one organisation alone has two numbers: no merge is to blame."""
    having = Identifier.objects.filter(organisation__in=family, scheme=scheme).order_by("organisation_id")
    numbered = list(having.values_list("organisation_id", flat=True))
    edges = {one.merged_id: one for one in Merge.objects.filter(merged__in=family, undone_at__isnull=True)}
    one, other = _way_up(numbered[0], edges), _way_up(numbered[-1], edges)
    between = [edges[pk] for pk in set(one) ^ set(other)]
    return max(between, key=lambda merge: (merge.merged_at, merge.pk), default=None)


def _way_up(organisation_id: int, edges: dict[int, Merge]) -> list[int]:
    """An organisation and those that it was merged into, without the one that stands."""
    way = []
    while organisation_id in edges:
        way.append(organisation_id)
        organisation_id = edges[organisation_id].into_id
    return way


def keep_apart(one: Collection[int], other: Collection[int], *, by: Actor) -> None:
    """Note that no organisation of one family is one of the other, so that nobody is asked and nothing merges them."""
    decided = {"decided_at": clock.now(), "decided_by": by.actor_name}
    between = questions_between(one, other)
    known = set(between.values_list("first_id", "second_id"))
    new = [
        LinkQuestion(first_id=first, second_id=second, probability=0, chance=0, state=State.DIFFERENT, **decided)
        for first, second in _pairs(one, other)
        if (first, second) not in known
    ]
    LinkQuestion.objects.bulk_create(new, ignore_conflicts=True)  # a run may be asking about them at this moment
    between.exclude(state__in=APART).update(state=State.DIFFERENT, held_by="", held_until=None, **decided)


def told_apart(one: Collection[int], other: Collection[int]) -> str:
    """Two of the organisations, one of each family, that somebody said not to be the same; empty where nobody did."""
    found = questions_between(one, other).filter(state__in=APART).select_related("first", "second").first()
    return str(found) if found else ""


def questions_between(one: Collection[int], other: Collection[int]) -> Any:
    """The questions about an organisation of one family and one of the other."""
    return LinkQuestion.objects.filter(Q(first__in=one, second__in=other) | Q(first__in=other, second__in=one))


def _pairs(one: Collection[int], other: Collection[int]) -> Iterator[tuple[int, int]]:
    return ((min(a, b), max(a, b)) for a in one for b in other)

"""Reads of what may be the same: what is compared, what is asked, and what people have decided."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from trellis.organisations import rules
from trellis.organisations.models import (
    LinkQuestion,
    LinkRun,
    Merge,
)
from trellis.organisations.rules.links import Reviewed

State = LinkQuestion.State
PERSON = "person:"


class KnownPair(NamedTuple):
    """A question about two organisations that stand, or about two that they stand for."""

    pk: int
    is_decided: bool


def known_pairs() -> dict[frozenset[int], KnownPair]:
    """The questions there are, by the two organisations that stand; a decided one where there are several."""
    stand = (Coalesce(F(f"{side}__merged_into_id"), F(f"{side}_id")) for side in ("first", "second"))
    rows = LinkQuestion.objects.order_by("-pk").values_list("pk", "state", *stand)
    found: dict[frozenset[int], KnownPair] = {}
    for pk, state, first, second in rows:
        pair = frozenset((first, second))
        if pair not in found or not found[pair].is_decided:
            found[pair] = KnownPair(pk, state in rules.ANSWERS)
    return found


def reviewed() -> list[Reviewed]:
    """What people have decided: their answers, the merges that they undid, and those that they found right."""
    answered = LinkQuestion.objects.filter(
        state__in=rules.ANSWERS, decided_by__startswith=PERSON, relation=LinkQuestion.Relation.SAME, run__isnull=False
    )
    found = [Reviewed(each, state == State.SAME) for each, state in answered.values_list("chance", "state")]
    checked = Merge.objects.filter(is_automatic=True, checked_at__isnull=False, undone_at__isnull=True)
    return found + [Reviewed(each or 0.0, True) for each in checked.values_list("probability", flat=True)]


def questions() -> QuerySet[LinkQuestion]:
    """Every question, the most valuable first, with both organisations as they stand."""
    both = ("first__merged_into", "second__merged_into", "first__district", "second__district")
    return LinkQuestion.objects.select_related(*both)


def waiting() -> QuerySet[LinkQuestion]:
    """The questions that nobody has answered."""
    return questions().filter(state=State.WAITING)


def answered() -> QuerySet[LinkQuestion]:
    """The questions that people have answered, the latest first."""
    return questions().filter(state__in=rules.ANSWERS, decided_by__startswith=PERSON).order_by("-decided_at", "-pk")


def last_answer(actor_name: str) -> LinkQuestion | None:
    """What a person answered last, if that still stands."""
    return answered().filter(decided_by=actor_name).first()


def runs() -> QuerySet[LinkRun]:
    """Every look through the register, the latest first."""
    return LinkRun.objects.all()


def merges() -> QuerySet[Merge]:
    """Every merge, the latest first, undone ones too."""
    return Merge.objects.select_related("merged", "into__merged_into", "question")


def merges_about(text: str) -> QuerySet[Merge]:
    """The merges of organisations whose name or reference holds a text."""
    words = Q()
    for side in ("merged", "into"):
        words |= Q(**{f"{side}__name__icontains": text}) | Q(**{f"{side}__reference__iexact": text})
    return merges().filter(words | Q(reference__iexact=text))


@dataclass(frozen=True)
class Trust:
    """How far the merges that nobody was asked about can be trusted."""

    automatic: int
    looked_at: int
    wrong: int
    expected_precision: float | None
    threshold: float | None


def trust() -> Trust:
    """What the last run expected of its merges, and what people found who looked at some."""
    automatic = Merge.objects.filter(is_automatic=True)
    wrong = automatic.filter(undone_by__startswith=PERSON).count()
    right = automatic.filter(checked_at__isnull=False, undone_at__isnull=True).count()
    last = LinkRun.objects.filter(threshold__isnull=False).first()
    return Trust(
        automatic=automatic.count(),
        looked_at=wrong + right,
        wrong=wrong,
        expected_precision=last.expected_precision if last else None,
        threshold=last.threshold if last else None,
    )

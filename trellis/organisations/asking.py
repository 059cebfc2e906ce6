"""What becomes of the pairs that a look for doubles found: questions, each once for good, ordered by their worth."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from trellis.core import clock, rulebook
from trellis.core.many import among
from trellis.organisations import families, rules
from trellis.organisations.between import Between, Ids, chances
from trellis.organisations.linkage import Pair
from trellis.organisations.models import LinkQuestion, LinkRun, Organisation
from trellis.organisations.queries import links as queries

State, Relation = LinkQuestion.State, LinkQuestion.Relation
UNDECIDED = (State.WAITING, State.WITHDRAWN)
BATCH = 500


def rule(name: str) -> float:
    """A figure of the rulebook about links."""
    return float(rulebook.value(f"organisations.{name}", on=clock.today()))


def keep(run: LinkRun, pairs: list[Between], threshold: float) -> list[int]:
    """Write the questions; those that wait and were not found again are withdrawn.

    Pairs that somebody or a register has settled are left alone. Returns the questions whose answer is certain: the
    pair is as probable as `threshold`, and the linkage may take the two for one.
    """
    asked_from = min(rule("links_asked_from"), threshold)
    kept = _Keeping(run, pairs, threshold)
    due = [one for one in pairs if (not one.is_same or one.pair.probability >= asked_from) and kept.is_open(one.ids)]
    again: set[int] = set()
    for start in range(0, len(due), BATCH):
        with transaction.atomic():
            again.update(kept.keep_some(due[start : start + BATCH]))
    with transaction.atomic():
        waiting = set(LinkQuestion.objects.filter(state=State.WAITING).values_list("pk", flat=True))
        _withdraw(waiting - again, is_held=True)
    return kept.certain


@dataclass
class _Keeping:
    run: LinkRun
    pairs: list[Between]
    threshold: float
    certain: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = queries.known_pairs()
        self.uses = _uses(pair.ids for pair in self.pairs)
        self.numbers = families.numbers_of({pk for pair in self.pairs for pk in pair.ids})

    def is_open(self, ids: Ids) -> bool:
        """Whether nobody and no register has settled it."""
        known = self.known.get(frozenset(ids))
        settled = known is not None and known.is_decided
        return not settled and not rules.numbers_differ(*(self.numbers.get(pk, {}) for pk in ids))

    def keep_some(self, pairs: list[Between]) -> list[int]:
        """The questions about some pairs, but for those that somebody has answered in the meantime."""
        said = {one.ids: self._said(one) for one in pairs}
        again = {ids: known.pk for ids in said if (known := self.known.get(frozenset(ids)))}
        for ids, pk in again.items():
            LinkQuestion.objects.filter(pk=pk, state__in=UNDECIDED).update(**said[ids], state=State.WAITING)
        new = [ids for ids in said if ids not in again]
        LinkQuestion.objects.bulk_create(
            [LinkQuestion(first_id=one, second_id=other, run=self.run, **said[one, other]) for one, other in new],
            ignore_conflicts=True,
        )
        asked = _waiting_of(again) | _waiting_among(new)
        self.certain += [asked[one.ids] for one in pairs if one.ids in asked and self._is_certain(one)]
        return list(asked.values())

    def _said(self, one: Between) -> dict[str, Any]:
        pair = one.pair
        return {
            "probability": pair.probability,
            "chance": pair.probability,
            "relation": pair.relation,
            "evidence": [{"field": each.field, "words": each.words, "weight": each.weight} for each in pair.evidence],
            "value": rules.worth(pair.probability, sum(self.uses.get(pk, 0) for pk in one.ids)),
        }

    def _is_certain(self, one: Between) -> bool:
        return one.is_same and one.may_be_one and one.pair.probability >= self.threshold


def _waiting_of(again: Mapping[Ids, int]) -> dict[Ids, int]:
    waiting = LinkQuestion.objects.filter(pk__in=list(again.values()), state=State.WAITING)
    pks = set(waiting.values_list("pk", flat=True))
    return {ids: pk for ids, pk in again.items() if pk in pks}


def _waiting_among(new: Collection[Ids]) -> dict[Ids, int]:
    waiting = LinkQuestion.objects.filter(first__in={one for one, _ in new}, state=State.WAITING)
    found = {(one, other): pk for pk, one, other in waiting.values_list("pk", "first_id", "second_id")}
    return {ids: found[ids] for ids in new if ids in found}


def ask_once_of_each(pairs: Iterable[Pair], records: Mapping[int, int]) -> None:
    """Of the questions about two families leave the likeliest, whose answer goes for all; and only where one doubts.

    To be called after merging, when more records speak for one family or against it. `records`: how many each
    organisation that stood before has.
    """
    waiting = LinkQuestion.objects.filter(state=State.WAITING).order_by("-probability", "pk")
    asked = list(waiting.values_list("pk", "relation", "first_id", "second_id"))
    stands = families.roots_of({*records, *(pk for *_, one, other in asked for pk in (one, other))})
    together = Counter[int]()
    for pk, number in records.items():
        together[stands[pk]] += number
    likely, least = chances(pairs, stands, together), rule("links_asked_from")
    left: dict[Ids, int] = {}
    for pk, relation, one, other in asked:
        ids = min(stands[one], stands[other]), max(stands[one], stands[other])
        if relation != Relation.SAME or likely.get(ids, 0.0) >= least:
            left.setdefault(ids, pk)
    with transaction.atomic():
        _withdraw({pk for pk, *_ in asked} - set(left.values()), is_held=False)
        _note_chances({pk: (likely.get(ids, 0.0), ids) for ids, pk in left.items()})


def _withdraw(questions: Collection[int], *, is_held: bool) -> None:
    """Take questions back; also those that somebody looks at, where `is_held`."""
    gone = LinkQuestion.objects.filter(pk__in=among(questions), state=State.WAITING)
    gone = gone if is_held else gone.filter(held_by="")
    gone.update(state=State.WITHDRAWN, held_by="", held_until=None)


def _note_chances(likely: Mapping[int, tuple[float, Ids]]) -> None:
    uses = _uses(ids for _, ids in likely.values())
    for pk, (chance, ids) in likely.items():
        said = {"chance": chance, "value": rules.worth(chance, sum(uses.get(one, 0) for one in ids))}
        LinkQuestion.objects.filter(pk=pk, state=State.WAITING).update(**said)


def _uses(pairs: Iterable[Ids]) -> Mapping[int, int]:
    """How much of other areas hangs on each organisation that stands, those merged into it included."""
    roots = {pk for ids in pairs for pk in ids}
    merged = Organisation.objects.filter(merged_into__in=among(roots)).values_list("pk", "merged_into_id")
    stands = dict(merged) | {pk: pk for pk in roots}
    found: dict[int, int] = {}
    for pk, uses in families.uses_of(stands.keys()).items():
        found[stands[pk] or pk] = found.get(stands[pk] or pk, 0) + uses
    return found

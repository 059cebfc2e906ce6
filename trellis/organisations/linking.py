"""A run of the linkage over the register: certain pairs are merged, the others asked about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Avg, F
from django.db.models.functions import Coalesce
from django_tasks import task

from trellis.core import clock, rulebook
from trellis.core.actors import LINKAGE
from trellis.core.errors import RuleBroken
from trellis.core.many import among
from trellis.organisations import families, linkage, rules
from trellis.organisations.commands.merges import join_organisations
from trellis.organisations.imports import runs
from trellis.organisations.linkage import Linkage, Pair
from trellis.organisations.models import LinkQuestion, LinkRun, Merge, Organisation
from trellis.organisations.queries import links as queries

Status, Part = LinkRun.Status, LinkRun.Part
State, Relation = LinkQuestion.State, LinkQuestion.Relation
Linker = Callable[[Any], Linkage]  # takes a pyarrow.Table
Ids = tuple[int, int]
UNDECIDED = (State.WAITING, State.WITHDRAWN)
BATCH = 500
TOGETHER = 50  # merges a transaction: who edits one of their organisations meanwhile waits for it
CERTAIN = "The evidence is strong enough not to ask."
BROKE_OFF = "It broke off. What was merged by then stays, and can be undone."


@task()
def find_waiting(reference: str) -> None:
    """The background's part: a run that waits, after any import that is under way."""
    with runs.only_one(wait=True):
        if LinkRun.objects.filter(reference=reference, status=Status.WAITING).update(status=Status.RUNNING):
            find(LinkRun.objects.get(reference=reference))


def find(run: LinkRun, link: Linker | None = None) -> LinkRun:
    """The work of a run, by whoever holds the register's lock: another that is marked running has broken off.

    Certain pairs are merged, some in each transaction; the others become questions, once for good. What people
    have decided is never asked again, nor merged against.
    """
    broken = LinkRun.objects.filter(status=Status.RUNNING).exclude(pk=run.pk)
    broken.update(status=Status.FAILED, failure=BROKE_OFF, finished_at=clock.now())
    records = queries.records()
    _note(run, part=Part.COMPARING, records=records.num_rows)
    try:
        found = (link or linkage.link)(records)
    except Exception:
        _note(run, status=Status.FAILED, failure="The comparison failed.", finished_at=clock.now())
        raise
    threshold = learned_threshold(found)
    _note(run, part=Part.KEEPING, pairs=len(found.pairs), threshold=threshold)
    kept = _Keeping(run, found, threshold)
    kept.keep()
    certain = LinkQuestion.objects.filter(pk__in=among(kept.certain))
    expected = certain.aggregate(mean=Avg("probability"))["mean"]
    _note(run, part=Part.MERGING, certain=len(kept.certain), expected_precision=expected)
    _merge_all(run, kept.certain)
    _ask_once_of_each(run)
    asked = LinkQuestion.objects.filter(run=run, state=State.WAITING).count()
    _note(run, status=Status.FINISHED, questions=asked, finished_at=clock.now())
    return run


def learned_threshold(found: Linkage) -> float:
    """From which probability pairs are merged unasked, given what people's decisions have taught.

    Before they have taught anything, so that of all that are merged the wanted share is expected to be right; but no
    pair that is less probable than the rulebook's least, or than what the linkage itself takes for one.
    """
    wanted, least = (_rule(name) for name in ("links_precision", "links_least_certain"))
    together = [pair.probability for pair in found.pairs if pair.relation == Relation.SAME and _agrees(found, pair)]
    model = rules.expected_from(together, wanted=wanted, least=max(least, found.threshold))
    return rules.certain_from(queries.reviewed(), wanted=wanted, model=model)


def _rule(name: str) -> float:
    return float(rulebook.value(f"organisations.{name}", on=clock.today()))


def _agrees(found: Linkage, pair: Pair) -> bool:
    """Whether the linkage took the two for one; if it would have by itself, but kept them apart, it knew why."""
    together = found.clusters.get(pair.left) == found.clusters.get(pair.right)
    return together or pair.probability < found.threshold


def _note(run: LinkRun, **fields: Any) -> None:
    LinkRun.objects.filter(pk=run.pk).update(**fields)
    for name, value in fields.items():
        setattr(run, name, value)


@dataclass
class _Keeping:
    """What becomes of each pair: a question, or with the certain ones, or nothing because it is settled."""

    run: LinkRun
    found: Linkage
    threshold: float
    certain: list[int] = field(default_factory=list)

    def keep(self) -> None:
        """Write the questions; those that wait and were not found again are withdrawn."""
        self.known = queries.known_pairs()
        self.uses = _uses(self.found.pairs)
        self.numbers = families.numbers_of({pk for pair in self.found.pairs for pk in _ids(pair)})
        asked_from = min(_rule("links_asked_from"), self.threshold)
        open_pairs = [
            pair
            for pair in self.found.pairs
            if (pair.relation != Relation.SAME or pair.probability >= asked_from) and self._is_open(pair)
        ]
        again: set[int] = set()
        for start in range(0, len(open_pairs), BATCH):
            with transaction.atomic():
                again.update(self._keep_some(open_pairs[start : start + BATCH]))
        with transaction.atomic():
            waiting = set(LinkQuestion.objects.filter(state=State.WAITING).values_list("pk", flat=True))
            gone = LinkQuestion.objects.filter(pk__in=among(waiting - again), state=State.WAITING)
            gone.update(state=State.WITHDRAWN, held_by="", held_until=None)

    def _is_open(self, pair: Pair) -> bool:
        """Whether nobody and no register has settled it."""
        one, other = _ids(pair)
        known = self.known.get(frozenset((one, other)))
        settled = known is not None and known.is_decided
        return not settled and not rules.numbers_differ(self.numbers.get(one, {}), self.numbers.get(other, {}))

    def _keep_some(self, pairs: list[Pair]) -> list[int]:
        """The questions about some pairs, but for those that somebody has answered in the meantime."""
        said = {_ids(pair): self._said(pair) for pair in pairs}
        again = {ids: known.pk for ids in said if (known := self.known.get(frozenset(ids)))}
        for ids, pk in again.items():
            LinkQuestion.objects.filter(pk=pk, state__in=UNDECIDED).update(**said[ids], state=State.WAITING)
        new = [ids for ids in said if ids not in again]
        LinkQuestion.objects.bulk_create(
            [LinkQuestion(first_id=one, second_id=other, run=self.run, **said[one, other]) for one, other in new],
            ignore_conflicts=True,
        )
        asked = self._waiting_of(again) | self._waiting_among(new)
        self.certain += [asked[_ids(pair)] for pair in pairs if _ids(pair) in asked and self._is_certain(pair)]
        return list(asked.values())

    def _said(self, pair: Pair) -> dict[str, Any]:
        one, other = _ids(pair)
        return {
            "probability": pair.probability,
            "relation": pair.relation,
            "evidence": [{"field": each.field, "words": each.words, "weight": each.weight} for each in pair.evidence],
            "value": rules.worth(pair.probability, self.uses.get(one, 0) + self.uses.get(other, 0)),
        }

    def _waiting_of(self, again: Mapping[Ids, int]) -> dict[Ids, int]:
        waiting = LinkQuestion.objects.filter(pk__in=list(again.values()), state=State.WAITING)
        pks = set(waiting.values_list("pk", flat=True))
        return {ids: pk for ids, pk in again.items() if pk in pks}

    def _waiting_among(self, new: list[Ids]) -> dict[Ids, int]:
        waiting = LinkQuestion.objects.filter(first__in={one for one, _ in new}, state=State.WAITING)
        found = {(one, other): pk for pk, one, other in waiting.values_list("pk", "first_id", "second_id")}
        return {ids: found[ids] for ids in new if ids in found}

    def _is_certain(self, pair: Pair) -> bool:
        is_same = pair.relation == Relation.SAME
        return is_same and pair.probability >= self.threshold and _agrees(self.found, pair)


def _ids(pair: Pair) -> Ids:
    """The two organisations, the lower number first."""
    one, other = int(pair.left), int(pair.right)
    return min(one, other), max(one, other)


def _uses(pairs: Iterable[Pair]) -> Mapping[int, int]:
    """How much of other areas hangs on each organisation that stands, those merged into it included."""
    roots = {pk for pair in pairs for pk in _ids(pair)}
    stands = dict(
        Organisation.objects.filter(merged_into__in=among(roots)).values_list("pk", "merged_into_id")
    ) | {pk: pk for pk in roots}  # fmt: skip
    found: dict[int, int] = {}
    for pk, uses in families.uses_of(stands.keys()).items():
        found[stands[pk] or pk] = found.get(stands[pk] or pk, 0) + uses
    return found


def _merge_all(run: LinkRun, certain: list[int]) -> None:
    """Merge the certain pairs, the surest first; where an earlier merge or a person stands against it, it is asked."""
    questions = LinkQuestion.objects.filter(pk__in=among(certain)).order_by("-probability", "pk")
    waiting = list(questions.values_list("pk", flat=True))
    for start in range(0, len(waiting), TOGETHER):
        _merge_together(run, waiting[start : start + TOGETHER])
        _note(run, done=min(start + TOGETHER, len(waiting)))


def _ask_once_of_each(run: LinkRun) -> None:
    """Of the questions about two families, leave the likeliest: its answer goes for all of them."""
    stand = [Coalesce(F(f"{side}__merged_into_id"), F(f"{side}_id")) for side in ("first", "second")]
    waiting = LinkQuestion.objects.filter(run=run, state=State.WAITING).order_by("-probability", "pk")
    asked: set[frozenset[int]] = set()
    spare = []
    for pk, *two in waiting.values_list("pk", *stand):
        if frozenset(two) in asked:
            spare.append(pk)
        asked.add(frozenset(two))
    LinkQuestion.objects.filter(pk__in=among(spare), state=State.WAITING, held_by="").update(state=State.WITHDRAWN)


def _merge_together(run: LinkRun, pks: list[int]) -> None:
    """Merge some pairs in one transaction, which counts what hangs on them, and shows them, once for all."""
    try:
        with transaction.atomic():
            asked = LinkQuestion.objects.filter(pk__in=pks, state=State.WAITING).order_by("-probability", "pk")
            questions = list(asked.select_related("first", "second"))
            ids = {pk for question in questions for pk in (question.first_id, question.second_id)}
            families.locked(ids)
            uses = families.uses_of(families.all_of(ids))
            merges = [merge for question in questions if (merge := _joined(question, uses))]
            families.show_joined(merges)
            _note(run, merged=run.merged + len(merges))
    except RuleBroken:  # somebody else is moving one of them at this moment: the others need not wait for that
        for pk in pks if len(pks) > 1 else ():
            _merge_together(run, [pk])


def _joined(question: LinkQuestion, uses: Mapping[int, int]) -> Merge | None:
    """The merge of a pair; None where it stays a question, or an earlier merge has answered it."""
    try:
        with transaction.atomic():
            decided = {"state": State.SAME, "decided_at": clock.now(), "decided_by": LINKAGE.actor_name}
            free = LinkQuestion.objects.filter(pk=question.pk, state=State.WAITING)
            if not free.update(**decided, held_by="", held_until=None):
                return None
            return join_organisations(
                one=question.first, other=question.second, reason=CERTAIN, by=LINKAGE, question=question,
                is_automatic=True, uses=lambda family: {pk: uses.get(pk, 0) for pk in family},
            )  # fmt: skip
    except RuleBroken:
        return None

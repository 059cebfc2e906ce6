"""A run of the linkage over the register: certain pairs are merged, the others asked about."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Avg
from django_tasks import task

from trellis.core import clock
from trellis.core.actors import LINKAGE
from trellis.core.errors import RuleBroken
from trellis.core.many import among
from trellis.organisations import asking, families, linkage, rules
from trellis.organisations.between import Between, between, organisation_of
from trellis.organisations.commands.merges import join_organisations
from trellis.organisations.imports import runs
from trellis.organisations.linkage import Linkage
from trellis.organisations.models import LinkQuestion, LinkRun, Merge
from trellis.organisations.queries import compared
from trellis.organisations.queries import links as queries

Status, Part = LinkRun.Status, LinkRun.Part
State = LinkQuestion.State
Linker = Callable[[Any], Linkage]  # takes a pyarrow.Table
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
    records = compared.records()
    of_each = Counter(map(organisation_of, records["id"].to_pylist()))
    _note(run, part=Part.COMPARING, records=len(of_each))
    try:
        found = (link or linkage.link)(records)
    except Exception:
        _note(run, status=Status.FAILED, failure="The comparison failed.", finished_at=clock.now())
        raise
    pairs = between(found)
    threshold = learned_threshold(found, pairs)
    _note(run, part=Part.KEEPING, pairs=len(pairs), threshold=threshold)
    certain = asking.keep(run, pairs, threshold)
    expected = LinkQuestion.objects.filter(pk__in=among(certain)).aggregate(mean=Avg("probability"))["mean"]
    _note(run, part=Part.MERGING, certain=len(certain), expected_precision=expected)
    _merge_all(run, certain)
    asking.ask_once_of_each(found.pairs, of_each)
    asked = LinkQuestion.objects.filter(run=run, state=State.WAITING).count()
    _note(run, status=Status.FINISHED, questions=asked, finished_at=clock.now())
    return run


def learned_threshold(found: Linkage, pairs: Iterable[Between]) -> float:
    """From which probability pairs are merged unasked, given what people's decisions have taught.

    Before they have taught anything, so that of all that are merged the wanted share is expected to be right; but no
    pair that is less probable than the rulebook's least, or than what the linkage itself takes for one.
    """
    wanted, least = asking.rule("links_precision"), asking.rule("links_least_certain")
    together = [one.pair.probability for one in pairs if one.is_same and one.may_be_one]
    model = rules.expected_from(together, wanted=wanted, least=max(least, found.threshold))
    return rules.certain_from(queries.reviewed(), wanted=wanted, model=model)


def _note(run: LinkRun, **fields: Any) -> None:
    LinkRun.objects.filter(pk=run.pk).update(**fields)
    for name, value in fields.items():
        setattr(run, name, value)


def _merge_all(run: LinkRun, certain: list[int]) -> None:
    """Merge the certain pairs, the surest first; where an earlier merge or a person stands against it, it is asked."""
    questions = LinkQuestion.objects.filter(pk__in=among(certain)).order_by("-probability", "pk")
    waiting = list(questions.values_list("pk", flat=True))
    for start in range(0, len(waiting), TOGETHER):
        _merge_together(run, waiting[start : start + TOGETHER])
        _note(run, done=min(start + TOGETHER, len(waiting)))


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

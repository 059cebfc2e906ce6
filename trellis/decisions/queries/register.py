"""The two public lists: decisions to come (the forward plan) and decisions taken (the register)."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear

from trellis.accounts.models import User
from trellis.core.permissions import Permission
from trellis.decisions.models import CallIn, Decision, Irregularity, Notice, Record
from trellis.decisions.queries.pathway import RECORDED, decisions_visible_to

Visitor = User | AnonymousUser


def forward_plan(user: Visitor) -> QuerySet[Decision]:
    """What is announced and not taken yet, with the day of its first notice and the period of its latest."""
    latest = Notice.objects.filter(decision=OuterRef("pk"), kind=Notice.Kind.FORWARD_PLAN).order_by("-id")
    coming = decisions_visible_to(user).filter(status=Decision.Status.DRAFT, notices__isnull=False)
    return with_standing(coming).annotate(
        first_notice_on=Min("notices__published_on"),
        due_from=Subquery(latest.values("due_from")[:1]),
        due_to=Subquery(latest.values("due_to")[:1]),
    )


def register(user: Visitor) -> QuerySet[Decision]:
    """What was taken or withdrawn; for people of the authority also what is in preparation."""
    shown = Q(status__in=[*RECORDED, Decision.Status.WITHDRAWN])
    if isinstance(user, User):
        shown |= Q(authority_id__in=user.organisation_ids(Permission.DECISION_VIEW))
    return with_standing(decisions_visible_to(user).filter(shown))


def with_standing(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Each with what tells how it stands: the dates of its latest record, and whether something is irregular."""
    latest = Record.objects.filter(decision=OuterRef("pk")).order_by("-version")
    let_through = CallIn.objects.filter(decision=OuterRef("pk"), outcome=CallIn.Outcome.NO_COMMENT)
    irregular = Irregularity.objects.filter(decision=OuterRef("pk"), cured_on__isnull=True)
    announced = Notice.objects.filter(decision=OuterRef("pk"))
    return decisions.annotate(
        record_effective_on=Subquery(latest.values("effective_on")[:1]),
        record_published_on=Subquery(latest.values("published_on")[:1]),
        record_call_in_ends_on=Subquery(latest.values("call_in_ends_on")[:1]),
        let_through_on=Subquery(let_through.values("outcome_on")[:1]),
        stands_irregular=Exists(irregular),
        is_announced=Exists(announced),
    )


def containing(decisions: QuerySet[Decision], words: str) -> QuerySet[Decision]:
    """Those in whose reference, title or matter every word is found."""
    for word in words.split():
        found = Q(reference__icontains=word) | Q(title__icontains=word) | Q(matter__icontains=word)
        decisions = decisions.filter(found)
    return decisions


def departments(decisions: QuerySet[Decision]) -> list[str]:
    """The departments that they come from, by name."""
    return list(decisions.order_by("department").values_list("department", flat=True).distinct())


def years(decisions: QuerySet[Decision]) -> list[int]:
    """The years in which they were taken, the latest first."""
    taken = decisions.filter(decided_on__isnull=False).annotate(year=ExtractYear("decided_on"))
    return list(taken.order_by("-year").values_list("year", flat=True).distinct())


def newest_records(number: int) -> list[Record]:
    """The records published last, whole and open to anybody."""
    public = decisions_visible_to(AnonymousUser())
    found = Record.objects.filter(decision__in=public).select_related("decision")
    return list(found.order_by(F("published_at").desc(), "-pk")[:number])


def newest_notices(number: int) -> list[Notice]:
    """The notices published last."""
    found = Notice.objects.select_related("decision", "step")
    return list(found.order_by(F("published_at").desc(), "-pk")[:number])

"""Organisations that may be closed: a public register has lost them, or every list has.

Of each, the rows of those merged into it count too.
"""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from trellis.organisations.imports.tables import CHARITY
from trellis.organisations.models import GoneAnswer, Organisation, SourceList, SourceRow, stands_for

MAIN_TABLES = ("", CHARITY.name)  # the other tables of a register only say more of what is in its main one


def asked_about() -> QuerySet[Organisation]:
    """Those of which somebody has to say whether they are closed.

    Each with the import that found it gone last (`gone_run`), when that was (`gone_since`), its list (`last_list`) and
    whether another has it still (`is_elsewhere`).
    """
    rows = SourceRow.objects.filter(
        Q(organisation=OuterRef("pk")) | Q(organisation__merged_into=OuterRef("pk")), table__in=MAIN_TABLES
    )
    is_register = Q(source__kind=SourceList.Kind.REGISTER)
    lost = SourceRow.objects.filter(gone_in__isnull=False).values(root=stands_for())
    gone = rows.filter(gone_in__isnull=False).order_by("-gone_in_id")  # "-gone_in" turns the order of imports round
    run = gone.filter(pk=OuterRef("gone_row"))
    answered = GoneAnswer.objects.filter(
        organisation=OuterRef("pk"), run__gte=OuterRef("gone_run"), undone_at__isnull=True
    )
    return (
        Organisation.objects.active()
        .filter(pk__in=lost)
        .annotate(
            is_elsewhere=Exists(rows.filter(gone_in__isnull=True)),
            gone_row=Case(
                When(is_elsewhere=True, then=Subquery(gone.filter(is_register).values("pk")[:1])),
                default=Subquery(gone.values("pk")[:1]),
            ),
        )
        .filter(gone_row__isnull=False)
        .annotate(
            gone_run=Subquery(run.values("gone_in")[:1]),
            gone_since=Subquery(run.values("gone_in__started_at")[:1]),
            last_list=Subquery(run.values("source__name")[:1]),
            last_kind=Subquery(run.values("source__kind")[:1]),
        )
        .exclude(Exists(answered))
        .select_related("district")
        .order_by("-gone_run", "name", "pk")
    )


def answers() -> QuerySet[GoneAnswer]:
    """What was said of such organisations, the latest first."""
    return GoneAnswer.objects.select_related("organisation", "run__source")


def standing_answers() -> QuerySet[GoneAnswer]:
    """Those that nobody has taken back."""
    return answers().filter(undone_at__isnull=True)

"""Organisations that every list has lost: none of their rows, or of those merged into them, is in its list any more."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from trellis.organisations.models import GoneAnswer, Organisation, SourceRow, stands_for


def asked_about() -> QuerySet[Organisation]:
    """Those of which somebody has to say whether they are closed.

    Each with the import that found it gone last (`gone_run`), when that was (`gone_since`), and its list (`last_list`).
    """
    rows = SourceRow.objects.filter(Q(organisation=OuterRef("pk")) | Q(organisation__merged_into=OuterRef("pk")))
    there = rows.filter(gone_in__isnull=True).exclude(digest="")
    latest = rows.filter(gone_in__isnull=False).order_by("-gone_in")
    lost = SourceRow.objects.filter(gone_in__isnull=False).values(root=stands_for())
    answered = GoneAnswer.objects.filter(
        organisation=OuterRef("pk"), run__gte=OuterRef("gone_run"), undone_at__isnull=True
    )
    return (
        Organisation.objects.active()
        .filter(pk__in=lost)
        .exclude(Exists(there))
        .annotate(
            gone_run=Subquery(latest.values("gone_in")[:1]),
            gone_since=Subquery(latest.values("gone_in__started_at")[:1]),
            last_list=Subquery(latest.values("source__name")[:1]),
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

"""Reads of what a commission rests on. Whoever sees the commission sees all of it."""

from django.db.models import Count, QuerySet

from trellis.commissioning.models import CoDesigner, Commission, Commitment, Comparator, Policy
from trellis.commissioning.queries.commissions import Progress
from trellis.web.words import counted


def policies(commission: Commission) -> QuerySet[Policy]:
    """Its policies, each with how many commitments it makes."""
    rows = commission.policies.select_related("commission").annotate(number=Count("commitments"))
    return rows.order_by("title", "pk")


def commitments(commission: Commission) -> QuerySet[Commitment]:
    """All commitments of its policies, with the findings that cite each and the outcomes that follow from it."""
    rows = Commitment.objects.filter(policy__commission=commission).select_related("policy__commission")
    return rows.prefetch_related("findings", "outcomes")


def comparators(commission: Commission) -> QuerySet[Comparator]:
    """Other authorities' models."""
    return commission.comparators.select_related("commission")


def co_designers(commission: Commission) -> QuerySet[CoDesigner]:
    """Who shaped the outcomes, the first first."""
    return commission.co_designers.select_related("commission")


def progress(commission: Commission) -> Progress:
    """Whether the commission knows what it rests on: a policy with commitments, and others' models."""
    sources, promised = commission.policies.count(), commitments(commission).count()
    others = commission.comparators.count()
    words = (
        f"{counted(sources, 'policy', 'policies')} with {counted(promised, 'commitment')}, "
        f"{counted(others, 'comparator')}."
    )
    missing = (
        "No policy is named." if not sources else "No commitment is set down." if not promised else
        "No other authority’s model is looked at." if not others else ""
    )  # fmt: skip
    return Progress("policies", "Policies", "analyse", not missing, words if sources or others else "", missing)

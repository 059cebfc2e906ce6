"""The alliance's risks, issues and actions."""

from collections import Counter
from datetime import date

from django.db.models import ExpressionWrapper, F, IntegerField, QuerySet

from trellis.contracts.models import Contract, Risk, RiskAction
from trellis.contracts.rules import risks as rules
from trellis.core import rulebook

POINTS = ExpressionWrapper(F("likelihood_after") * F("impact_after"), output_field=IntegerField())


def risks(contract: Contract) -> QuerySet[Risk]:
    """All of them, closed ones too, the gravest first; `points` is the score with the controls."""
    found = Risk.objects.filter(contract=contract).select_related("owner", "contract")
    return found.annotate(points=POINTS).order_by("-points", "id")


def actions(contract: Contract) -> QuerySet[RiskAction]:
    """What is to be done about them, by the day on which it is due."""
    return RiskAction.objects.filter(risk__contract=contract).select_related("risk__contract", "owner")


def overdue_reviews(contract: Contract, on: date) -> QuerySet[Risk]:
    """Open risks that should have been looked at before a day."""
    return risks(contract).filter(closed_at__isnull=True, review_on__lt=on)


def overdue_actions(contract: Contract, on: date) -> QuerySet[RiskAction]:
    """Actions that should have been done before a day."""
    return actions(contract).filter(done_at__isnull=True, due_on__lt=on)


def heat(contract: Contract) -> Counter[tuple[int, int]]:
    """How many open risks there are, by likelihood and impact with the controls."""
    found = risks(contract).filter(closed_at__isnull=True)
    return Counter(found.values_list("likelihood_after", "impact_after"))


def band(points: int, on: date) -> str:
    """The rulebook's band of a score on a day."""
    return rules.band(points, rulebook.value("contracts.risk_bands", on=on))

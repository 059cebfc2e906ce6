"""Where each partner is at hand, and for which of the outcomes."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.partners import Partner


class Coverage(models.Model):
    """A partner works towards an outcome in a district, from a day on and until one."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="coverage")
    district = models.ForeignKey("places.District", on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey("commissioning.Outcome", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while it goes on.")

    class Meta:
        ordering = ["district__name", "outcome__order", "partner__organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "district", "outcome", "starts_on"], name="coverage_begins_once_a_date"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="coverage_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.partner}: {self.outcome} in {self.district}"

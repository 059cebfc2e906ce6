"""Face to face in each district, promised and kept; and how the sector is to come to sustain itself."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.contract import Contract
from trellis.contracts.models.partners import Partner
from trellis.core import clock


class PresencePromise(models.Model):
    """The least that a partner is there, face to face, in a district each month, from a month on."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="presence_promises")
    district = models.ForeignKey("places.District", on_delete=models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=5, decimal_places=1, help_text="Hours a month.")
    days = models.PositiveSmallIntegerField(help_text="Days a month on which somebody is there.")
    starts_on = models.DateField(help_text="The first day of a month.")
    ends_on = models.DateField(null=True, blank=True, help_text="The last day of a month; empty while it goes on.")
    promised_at = models.DateTimeField(default=clock.now)
    promised_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["partner__organisation__name", "district__name", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "district", "starts_on"], name="presence_promise_once_a_date"),
            models.CheckConstraint(
                condition=Q(hours__gt=0, days__gte=1, days__lte=31), name="presence_promise_is_some"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="presence_promise_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.partner} in {self.district}: {self.hours} hours"


class PresenceMonth(models.Model):
    """What happened: how much a partner was there, face to face, in a district in a month."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="presence_months")
    district = models.ForeignKey("places.District", on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="The first day of the month.")
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    days = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True, help_text="Why less than promised, if so.")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["-month", "district__name"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "district", "month"], name="presence_month_once"),
            models.CheckConstraint(condition=Q(hours__gte=0, days__lte=31), name="presence_month_possible"),
        ]

    def __str__(self):
        return f"{self.partner} in {self.district}, {self.month}: {self.hours} hours"


class DependencePlan(models.Model):
    """The part of the partners' income that may come from the contract in a contract year: it is to fall."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="dependence_plans")
    year = models.PositiveSmallIntegerField(help_text="The contract year, from 1.")
    fraction = models.DecimalField(max_digits=5, decimal_places=4, help_text="Of all that the service brings in: 0.9.")
    planned_at = models.DateTimeField(default=clock.now)
    planned_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "year"], name="dependence_plan_once_a_year"),
            models.CheckConstraint(condition=Q(fraction__gte=0, fraction__lte=1), name="dependence_plan_is_a_fraction"),
        ]

    def __str__(self):
        return f"{self.contract}, year {self.year}: {self.fraction}"

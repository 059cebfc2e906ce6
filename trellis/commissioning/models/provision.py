"""Who is funded today, by whom, for where and until when; and the ending that is planned for each."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.core.money import MoneyField


class FundingSource(models.Model):
    """A budget of the authority that grants are paid from."""

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="funding_sources")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commission", "name"], name="funding_source_once")]

    def __str__(self):
        return self.name


class FundedBody(models.Model):
    """A body that the authority funds today, in the register or not, with the terms on which its award ends."""

    class Kind(models.TextChoices):
        """What kind of infrastructure organisation it is."""

        VOLUNTEER_CENTRE = "volunteer-centre", "Volunteer centre"
        CVS = "cvs", "Council for voluntary service (CVS)"
        INDEPENDENT = "independent", "Independent"

    commission = models.ForeignKey("commissioning.Commission", on_delete=models.PROTECT, related_name="funded_bodies")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    districts = models.ManyToManyField("places.District", blank=True, related_name="+")
    award_starts_on = models.DateField(help_text="The first day that the award in force pays for.")
    award_ends_on = models.DateField(help_text="The last day that it pays for, by its own terms.")
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: as the rulebook says.")
    terms = models.CharField(max_length=200, blank=True, help_text="Where the award says so: a clause, a letter.")
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "name"], name="funded_body_once"),
            models.CheckConstraint(
                condition=Q(award_ends_on__gt=F("award_starts_on")), name="funded_body_award_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(notice_months__isnull=True) | ~Q(terms=""), name="funded_body_notice_has_its_source"
            ),
        ]

    def __str__(self):
        return self.name


class Grant(models.Model):
    """What one source pays a body in a year."""

    body = models.ForeignKey(FundedBody, on_delete=models.PROTECT, related_name="grants")
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="grants")
    yearly = MoneyField(help_text="Pounds a year.")

    class Meta:
        ordering = ["body__name", "source_id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "source"], name="grant_once_a_source"),
            models.CheckConstraint(condition=Q(yearly__gt=0), name="grant_positive"),
        ]

    def __str__(self):
        return f"{self.body}: {self.source}"


class EndingPlan(models.Model):
    """When a body's grants are planned to stop. Done in contracts, once an award is signed; then it stands fast."""

    body = models.OneToOneField(FundedBody, on_delete=models.PROTECT, related_name="ending")
    stops_on = models.DateField(help_text="The first day without the grant.")
    planned_at = models.DateTimeField(default=clock.now)
    planned_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    notice_served_on = models.DateField(null=True, blank=True, help_text="Empty until notice is served.")

    class Meta:
        ordering = ["stops_on", "body__name"]

    def __str__(self):
        return f"{self.body}: stops on {self.stops_on}"

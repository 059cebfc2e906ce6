"""What the partners also deliver."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.partners import Partner
from trellis.core import clock


class Interest(models.Model):
    """What a partner also delivers: the conflict firewall is computed from these."""

    class Kind(models.TextChoices):
        """Whether it does so, or tries to."""

        DELIVERS = "delivers", "Delivers it"
        BIDS = "bids", "Bids for it"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DELIVERS)
    service_type = models.ForeignKey("organisations.ServiceType", on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("places.District", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while it goes on.")
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "service_type", "district", "starts_on"], name="interest_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="interest_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.partner}: {self.service_type} in {self.district}"


class Tie(models.Model):
    """A named organisation that a partner bids against or is tied to: its cases are closed to the partner."""

    class Kind(models.TextChoices):
        """What stands between them."""

        BIDS_AGAINST = "bids-against", "Bids against it"
        TIED_TO = "tied-to", "Is tied to it: people, money or a building in common"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="ties")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while it goes on.")
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "organisation", "starts_on"], name="tie_declared_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="tie_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.partner}: {self.organisation}"

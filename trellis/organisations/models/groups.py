"""Groups that no register names, and that a person added."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.organisations.models.register import Organisation


class AddedGroup(models.Model):
    """That a person added an organisation, and whether an adviser has said since that it is there."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="addition")
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=80, help_text="As in the audit: person:12, never a name.")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True, help_text="As in the audit.")
    how_known = models.CharField(max_length=300, blank=True, help_text="How whoever checked it knows it.")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by="") | Q(checked_at__isnull=False) & ~Q(checked_by=""),
                name="added_group_checked_at_and_by",
            )
        ]

    def __str__(self):
        return str(self.organisation)

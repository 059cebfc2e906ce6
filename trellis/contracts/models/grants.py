"""The grants that a contract takes the place of."""

from django.db import models

from trellis.contracts.models.contract import Contract


class GrantEnding(models.Model):
    """A grant that the contract takes the place of, and on which notice is served. When it stops is worked out."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="grant_endings")
    plan = models.OneToOneField("commissioning.EndingPlan", on_delete=models.PROTECT, related_name="+")
    served_on = models.DateField()
    notice_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the award itself asks for. Empty: nothing; guidance then only warns."
    )
    served_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["served_on", "plan__body__name"]

    def __str__(self):
        return f"{self.plan.body}: notice served on {self.served_on}"

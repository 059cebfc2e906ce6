"""What became of two organisations that are one, or that belong together. A merge repoints nothing."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.organisations.models.links import LinkQuestion
from trellis.organisations.models.register import Organisation


class Merge(models.Model):
    """One organisation was found to be another. While it stands, `Organisation.merged_into` follows from it.

    Merges that stand form trees: `into` is what stood when it was done, and may have been merged further since.
    """

    reference = models.CharField(max_length=16, unique=True)
    merged = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges_away")
    into = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges_here")
    question = models.ForeignKey(LinkQuestion, null=True, on_delete=models.PROTECT, related_name="merges")
    is_automatic = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    evidence = models.JSONField(default=list, help_text="As it was when they were merged.")
    probability = models.FloatField(null=True)
    merged_at = models.DateTimeField(default=clock.now)
    merged_by = models.CharField(max_length=80)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True, help_text="Who looked at it and found it right.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_into_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(merged=F("into")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by="") | Q(checked_at__isnull=False) & ~Q(checked_by=""),
                name="merge_checked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="") | Q(undone_at__isnull=False) & ~Q(undone_by=""),
                name="merge_undone_at_and_by",
            ),
        ]

    def __str__(self):
        return self.reference


class Relation(models.Model):
    """Two organisations that belong together and are not the same."""

    class Kind(models.TextChoices):
        """What the first is to the other."""

        BRANCH = "branch", "Branch"
        TRADING_ARM = "trading-arm", "Trading arm"
        GROUP = "group", "Part of a group"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="belongs_to", help_text="The branch."
    )
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="branches")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    question = models.ForeignKey(LinkQuestion, null=True, on_delete=models.PROTECT, related_name="relations")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "parent"], name="relation_said_once"),
            models.CheckConstraint(condition=~Q(organisation=F("parent")), name="relation_of_two"),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_kind_display().lower()} of {self.parent}"


class OwnValues(models.Model):
    """What an organisation says for itself while its row shows what follows from it and from those merged into it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    values = models.JSONField(help_text="Column → value, as the database holds it: pence, days as text.")
    provenance = models.JSONField(default=dict)


class ValueChoice(models.Model):
    """A person's word on whose value an organisation shows for a field, in place of the usual order of sources."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="value_choices")
    field = models.CharField(max_length=20)
    taken_from = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=clock.now)
    chosen_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "field"], name="value_chosen_once_a_field")]

    def __str__(self):
        return f"{self.organisation}: {self.field} of {self.taken_from}"

"""The lists that the register is made from: each reading of one, and each row as it came."""

from django.db import models

from trellis.core import clock
from trellis.organisations.models.register import Organisation


class SourceList(models.Model):
    """A list that the register is made from, with its owner and its columns' meaning."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(
        default=50, help_text="Which source wins a field: the lower, the more trusted."
    )
    mapping = models.JSONField(default=dict, help_text="Their column → our field, as last confirmed by a person.")

    def __str__(self):
        return self.name


class ImportRun(models.Model):
    """One reading of one list: how far it came, and what it did."""

    class Status(models.TextChoices):
        """Where the run is."""

        MAPPING = "mapping", "Columns to be confirmed"
        CHECKED = "checked", "Checked, waiting for your word"
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        FAILED = "failed", "Could not be read"

    reference = models.CharField(max_length=16, unique=True)
    source = models.ForeignKey(SourceList, on_delete=models.PROTECT, related_name="runs")
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    stored_file = models.FileField(upload_to="imports", blank=True)
    mapping = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    checkpoint = models.JSONField(default=dict, help_text="Per table: the last line that is safely in.")
    rows_total = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    batches = models.PositiveIntegerField(default=0, help_text="How many batches are in; whoever writes one counts on.")
    started_by = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self):
        return self.reference


class ImportRefusal(models.Model):
    """A row that could not be taken, with its line and a reason that a person can act on."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refusals")
    table = models.CharField(max_length=60, blank=True)
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["table", "line"]
        constraints = [models.UniqueConstraint(fields=["run", "table", "line"], name="one_refusal_a_line")]

    def __str__(self):
        return f"{self.table} line {self.line}: {self.reason}"


class SourceRow(models.Model):
    """A row of a source as it came, and the organisation that it became part of."""

    # no index of its own: the unique one below begins with it
    source = models.ForeignKey(SourceList, on_delete=models.PROTECT, related_name="rows", db_index=False)
    table = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=120, help_text="What the source calls this row.")
    data = models.JSONField(help_text="Column → value, without the empty ones.")
    digest = models.CharField(max_length=32, help_text="Of its values; empty when the source has it no more.")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="source_rows")
    last_run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="Which added or changed it."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "table", "key"], name="one_source_row_a_key")]

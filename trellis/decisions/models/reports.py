"""The committee report: what was changed by hand, the versions that were made of it, and those that were published."""

from django.db import models

from trellis.core import clock


class Report(models.Model):
    """The report on a decision. It is generated from the data of its commission each time that it is looked at."""

    decision = models.OneToOneField("decisions.Decision", on_delete=models.PROTECT, related_name="report")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"report on {self.decision_id}"


class ReportParagraph(models.Model):
    """A paragraph that somebody wrote differently from what is generated. Without a row, the generated text holds."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="paragraphs")
    key = models.CharField(max_length=60, help_text="Which paragraph of the paper it is.")
    text = models.TextField(blank=True, help_text="Names figures as {name}. Empty: the paragraph is left out.")
    edited_at = models.DateTimeField(default=clock.now)
    edited_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["report", "key"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="report_paragraph_once")]

    def __str__(self):
        return f"{self.key} of {self.report_id}"


class ReportVersion(models.Model):
    """The report as it stood at a moment: its words, tables and figures, which nothing changes any more."""

    is_append_only = True

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True, help_text="What is new in it; the first one needs none.")
    content = models.JSONField(help_text="The whole paper, as decisions.report.keeping writes it.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content, printed on the paper.")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(note=""), name="later_report_version_says_what_is_new"
            ),
        ]

    def __str__(self):
        return f"version {self.number} of {self.report_id}"


class ReportPublication(models.Model):
    """That a version is published. A later version may be published beside it; none is taken back."""

    is_append_only = True

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="publication")
    published_on = models.DateField()
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"publication of {self.version_id}"

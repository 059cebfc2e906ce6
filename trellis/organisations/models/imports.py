"""The lists that the register is made from: each reading of one, and each row as it came."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.organisations.models.register import Organisation


class SourceList(models.Model):
    """A list that the register is made from: whose it is, on what terms we have it, and what its columns mean."""

    class Kind(models.TextChoices):
        """What it is a list of."""

        LIST = "list", "A list that an organisation keeps"
        REGISTER = "register", "A public register"
        GRANTS = "grants", "Grants (360Giving)"
        SERVICES = "services", "Services (Open Referral UK)"

    class Basis(models.TextChoices):
        """On what legal basis we hold the personal contacts in it: one of the six of data protection law, or none."""

        NONE = "none", "No basis: leave personal contacts out"
        CONSENT = "consent", "Consent"
        CONTRACT = "contract", "Contract"
        OBLIGATION = "obligation", "Legal obligation"
        PUBLIC_TASK = "public-task", "Public task"
        INTERESTS = "interests", "Legitimate interests"

    class Terms(models.TextChoices):
        """What lets us have it."""

        AGREEMENT = "agreement", "A sharing agreement"
        LICENCE = "licence", "An open licence"
        OWN = "own", "It is our own list"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LIST)
    rank = models.PositiveSmallIntegerField(
        default=50, help_text="Which source wins a field: the lower, the more trusted."
    )
    contact_basis = models.CharField(max_length=12, choices=Basis.choices, blank=True, help_text="Empty: not said yet.")
    contact_basis_words = models.CharField(max_length=500, blank=True)
    terms = models.CharField(max_length=10, choices=Terms.choices, blank=True, help_text="Empty: not said yet.")
    agreement_reference = models.CharField(max_length=120, blank=True, help_text="Of the agreement, or the licence.")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_until = models.DateField(null=True, blank=True, help_text="The last day. Empty: until further notice.")
    every_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How often it should come in again.")
    watched_file = models.CharField(max_length=200, blank=True, help_text="In the folder of lists: read by night.")
    mapping = models.JSONField(default=dict, help_text="Their column → our field, as last confirmed by a person.")
    reading = models.JSONField(default=dict, help_text="How its files are read, where a person changed our guess.")
    recorded_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last said whose it is.")
    recorded_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12, never a name.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_until__isnull=True)
                | Q(agreed_on__isnull=True)
                | Q(agreed_until__gte=models.F("agreed_on")),
                name="source_agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, recorded_by="")
                | Q(recorded_at__isnull=False) & ~Q(recorded_by=""),
                name="source_recorded_at_and_by",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def keeps_contacts(self) -> bool:
        """Whether there is a legal basis for the personal contacts in it."""
        return self.contact_basis not in ("", self.Basis.NONE)


class ImportRun(models.Model):
    """One reading of one list: how far it came, and what it did."""

    class Status(models.TextChoices):
        """Where the run is."""

        MAPPING = "mapping", "Columns to be confirmed"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked, waiting for your word"
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        PAUSED = "paused", "Paused"
        FINISHED = "finished", "Finished"
        FAILED = "failed", "Could not be read"
        CANCELLED = "cancelled", "Cancelled"

    reference = models.CharField(max_length=16, unique=True)
    source = models.ForeignKey(SourceList, on_delete=models.PROTECT, related_name="runs")
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    stored_file = models.FileField(upload_to="imports", blank=True)
    mapping = models.JSONField(default=dict)
    reading = models.JSONField(default=dict, help_text="How the file is read, where a person changed our guess.")
    notes = models.JSONField(default=dict, help_text="What the file held that was made harmless or left out, counted.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    checkpoint = models.JSONField(default=dict, help_text="Per table: the last line that is safely in.")
    rows_total = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0, help_text="Rows that the list had last time and has no more.")
    aside = models.PositiveIntegerField(default=0, help_text="Rows of kinds or places that were not asked for.")
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


class ImportLine(models.Model):
    """What a row did, or would do: the report of a run, row by row. Refused rows have a table of their own."""

    class Outcome(models.TextChoices):
        """What became of it."""

        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        GONE = "gone", "Gone from the list"
        UNCHANGED = "unchanged", "Unchanged"

    # no index of its own: the one below begins with it
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines", db_index=False)
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    name = models.CharField(max_length=255)
    organisation = models.CharField(max_length=16, blank=True, help_text="Its reference; empty while it is a trial.")
    changes = models.JSONField(default=dict, help_text="Field → before and after.")

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index("run", "outcome", "line", name="import_line_outcome")]

    def __str__(self):
        return f"line {self.line}: {self.outcome}"


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

    gone_in = models.ForeignKey(
        ImportRun, null=True, on_delete=models.PROTECT, related_name="rows_gone", db_index=False,
        help_text="Which found it gone from its list. Empty: it is there, as far as we know.",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "table", "key"], name="one_source_row_a_key")]
        indexes = [models.Index(fields=["gone_in"], condition=Q(gone_in__isnull=False), name="source_row_gone")]

"""Open books: what each partner spent in a quarter, on what, and what it brought in. Every member reads all of it."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.core.money import MoneyField


class CostCategory(models.Model):
    """A kind of cost, as the alliance agreed to tell them apart."""

    class Kind(models.TextChoices):
        """Which rules hold for its lines."""

        STAFF = "staff", "Staff: one total, never a person’s pay"
        DIRECT = "direct", "Direct cost"
        OVERHEAD = "overhead", "Overhead, under the agreed ceiling"

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    hint = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    order = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class BookReturn(models.Model):
    """A partner's books for one quarter. A correction is a new version; the earlier stay as they were."""

    class Status(models.TextChoices):
        """Where the return is; the transitions are in payments.rules.books."""

        OPEN = "open", "Being filled in"
        SUBMITTED = "submitted", "Submitted"
        ACCEPTED = "accepted", "Accepted"
        REPLACED = "replaced", "Replaced by a later version"

    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7, help_text="As in addresses: 2018-Q2.")
    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField(max_length=500, blank=True, help_text="Why the version before it is corrected.")
    charges = MoneyField(default=0, help_text="What users paid for services of the contract.")
    other_income = MoneyField(default=0, help_text="What else was brought in for the service: grants, gifts, trading.")
    free_reserves = MoneyField(null=True, blank=True, help_text="Of the whole organisation. Empty: not said.")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=80, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["quarter", "partner__organisation__name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "quarter", "version"], name="one_version_of_a_return"),
            models.UniqueConstraint(
                fields=["partner", "quarter"], condition=Q(status__in=["open", "submitted"]),
                name="one_return_under_way",
            ),
            models.UniqueConstraint(
                fields=["partner", "quarter"], condition=Q(status="accepted"), name="one_accepted_return"
            ),
            models.CheckConstraint(
                condition=Q(charges__gte=0, other_income__gte=0), name="return_income_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by="")
                | (Q(submitted_at__isnull=False) & ~Q(submitted_by="")),
                name="return_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by="")
                | (Q(accepted_at__isnull=False) & ~Q(accepted_by="")),
                name="return_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status="open", submitted_at__isnull=True, accepted_at__isnull=True)
                | Q(status="submitted", submitted_at__isnull=False, accepted_at__isnull=True)
                | Q(status="accepted", submitted_at__isnull=False, accepted_at__isnull=False)
                | Q(status="replaced", submitted_at__isnull=False),
                name="return_status_agrees",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.partner}, {self.quarter}, version {self.version}"


class ReturnStatus(models.Model):
    """What people see of a return's history: what it became, who said so, when, and why."""

    book = models.ForeignKey(BookReturn, on_delete=models.PROTECT, related_name="history")
    status = models.CharField(max_length=9, choices=BookReturn.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.book}: {self.status}"


class CostLine(models.Model):
    """What was spent on something. Without a description it is all of its category that is not told apart."""

    book = models.ForeignKey(BookReturn, on_delete=models.PROTECT, related_name="lines")
    category = models.ForeignKey(CostCategory, on_delete=models.PROTECT, related_name="+")
    description = models.CharField(max_length=120, blank=True)
    amount = MoneyField()

    class Meta:
        ordering = ["category__order", "description"]
        constraints = [
            models.UniqueConstraint(fields=["book", "category", "description"], name="one_line_of_a_kind"),
        ]

    def __str__(self):
        return f"{self.category} {self.description}: {self.amount}"


class ReturnQuery(models.Model):
    """A question that a member has about a return, and the answer, where all can read both."""

    book = models.ForeignKey(BookReturn, on_delete=models.PROTECT, related_name="queries")
    category = models.ForeignKey(CostCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.CharField(max_length=80)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", answered_by="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(answered_by="")),
                name="query_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")), name="query_answered_later"
            ),
        ]

    def __str__(self):
        return f"{self.book}: {self.text[:40]}"


class ReturnFile(models.Model):
    """Evidence of a return. It is kept outside what is served, and sent only to members, only to be saved."""

    book = models.ForeignKey(BookReturn, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, help_text="Its ending, as its content was found to be: pdf.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its bytes.")
    stored = models.FileField(upload_to="books")
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["book", "digest"], name="one_file_of_a_kind")]

    def __str__(self):
        return self.name

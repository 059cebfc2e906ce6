"""Small local bodies that a partner brings in, paid from its own share."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.contract import Contract
from trellis.contracts.models.partners import Partner
from trellis.core import clock
from trellis.core.money import MoneyField


class Subcontract(models.Model):
    """What a body of the register does for the alliance, for how much, from which partner's share."""

    class Status(models.TextChoices):
        """Where it is; the transitions are in contracts.rules.subcontracts."""

        PROPOSED = "proposed", "Proposed"
        CHECKED = "checked", "Checked"
        AGREED = "agreed", "Agreed"
        RUNNING = "running", "Running"
        ENDED = "ended", "Ended"
        DROPPED = "dropped", "Dropped"

    reference = models.CharField(max_length=16, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="subcontracts")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="subcontracts")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    services = models.TextField(help_text="What it does, in a few words.")
    districts = models.ManyToManyField("places.District", related_name="+")
    value = MoneyField(help_text="Pounds over its whole term.")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day as agreed, or on which it did end.")
    days_to_pay = models.PositiveSmallIntegerField(help_text="Days from a valid invoice in which the body is paid.")
    terms_passed_on = models.BooleanField(default=False, help_text="Whether the contract's terms bind the body too.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["organisation__name", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="subcontract_ends_after_start"),
            models.CheckConstraint(condition=Q(value__gt=0), name="subcontract_value_positive"),
            models.CheckConstraint(
                condition=Q(terms_passed_on=True) | Q(status__in=["proposed", "checked", "dropped"]),
                name="subcontract_agreed_with_terms_passed_on",
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.organisation}"


class SubcontractCheck(models.Model):
    """One answer of the due diligence: the question is the rulebook's, by its code."""

    class Answer(models.TextChoices):
        """What was found."""

        YES = "yes", "Yes"
        WITH_HELP = "with-help", "Not yet: we will help it get there"
        NOT_NEEDED = "not-needed", "Not needed for this work"
        NO = "no", "No"

    subcontract = models.ForeignKey(Subcontract, on_delete=models.PROTECT, related_name="checks")
    code = models.CharField(max_length=30)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(default=clock.now)
    answered_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["subcontract", "code"], name="subcontract_check_once")]

    def __str__(self):
        return f"{self.subcontract}: {self.code} {self.answer}"


class SubcontractStatus(models.Model):
    """What people see of its history: what it became, when, and why."""

    subcontract = models.ForeignKey(Subcontract, on_delete=models.PROTECT, related_name="history")
    status = models.CharField(max_length=10, choices=Subcontract.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=120, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.subcontract}: {self.status}"

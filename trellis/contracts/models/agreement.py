"""The alliance agreement's terms: who decides which matters, and how long each stage of deciding lasts."""

from django.db import models
from django.db.models import Q

from trellis.contracts.models.contract import Contract
from trellis.core import clock


class Matter(models.TextChoices):
    """What a proposal can be about."""

    SHARES = "shares", "Shares of the money"
    TARGET = "target", "A target and its floor"
    SUBCONTRACT = "subcontract", "A subcontract"
    ADMISSION = "admission", "Admitting a member"
    EXCLUSION = "exclusion", "Excluding a member"
    VARIATION = "variation", "A variation of the contract"
    RISK = "risk-appetite", "How much risk we take"
    TEXT = "text", "The words of the alliance agreement"
    OPERATIONS = "operations", "How the work is done from day to day"
    RESERVED = "reserved", "Extension, termination or a statutory duty"


class AgreementClass(models.Model):
    """A class of matters that are decided alike, from a day on. A later row of the same code takes its place."""

    class Decider(models.TextChoices):
        """Who decides."""

        EVERY_MEMBER = "every-member", "Every member, the commissioner among them"
        MANAGEMENT_TEAM = "management-team", "The management team, on which every member sits"
        COMMISSIONER = "commissioner", "The commissioner alone"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="agreement_classes")
    code = models.SlugField(max_length=24)
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    matters = models.JSONField(help_text="The kinds of matter that it covers. None: the class has ended.")
    decides = models.CharField(max_length=15, choices=Decider.choices)
    quorum = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many members have to agree. Empty: every one that has a position."
    )
    discussion_days = models.PositiveSmallIntegerField(help_text="Working days for the members by themselves.")
    facilitation_days = models.PositiveSmallIntegerField(help_text="Working days with a facilitator, after that.")
    expert_days = models.PositiveSmallIntegerField(help_text="Working days for an expert's opinion, after that.")
    concerned_decides = models.BooleanField(default=True, help_text="Whether the member concerned has a position.")
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["code", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "code", "starts_on"], name="agreement_class_once_a_date"),
            models.CheckConstraint(
                condition=Q(discussion_days__gte=1, facilitation_days__gte=1, expert_days__gte=1),
                name="agreement_stages_take_days",
            ),
            models.CheckConstraint(condition=Q(quorum__isnull=True) | Q(quorum__gte=1), name="quorum_is_somebody"),
            models.CheckConstraint(
                condition=Q(decides="management-team") | Q(quorum__isnull=True), name="only_a_team_has_a_quorum"
            ),
        ]

    def __str__(self):
        return f"{self.name} from {self.starts_on}"

"""How an organisation becomes a partner and stops being one: the state, its history, and the checks on the way."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.contract import Contract
from trellis.contracts.models.partners import Partner
from trellis.core import clock


class Membership(models.Model):
    """An organisation's way into the alliance and out of it. Its Partner row comes into being when it is admitted."""

    class Status(models.TextChoices):
        """Where it is; the transitions are in rules.membership."""

        INVITED = "invited", "Invited"
        DUE_DILIGENCE = "due-diligence", "Being checked"
        ADMITTED = "admitted", "Admitted, joins later"
        ACTIVE = "active", "Member"
        LEAVING = "leaving", "Leaving"
        LEFT = "left", "Has left"
        REMEDY = "remedy", "On a remedy plan"
        EXCLUDED = "excluded", "Excluded"
        WITHDRAWN = "withdrawn", "Did not join"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    partner = models.OneToOneField(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="membership")
    status = models.CharField(max_length=13, choices=Status.choices, default=Status.INVITED)
    invited_on = models.DateField(null=True, blank=True, help_text="Empty: it signed the contract at its start.")
    proposal = models.CharField(
        max_length=160, blank=True, help_text="What admitted it: a carried proposal, or the title of a document."
    )
    variation = models.CharField(
        max_length=160, blank=True, help_text="Why that was lawful: the variation, or the title of a document."
    )
    notice_on = models.DateField(null=True, blank=True)
    leaves_on = models.DateField(null=True, blank=True, help_text="The last day that its notice asks for.")
    leaving_proposal = models.CharField(
        max_length=160, blank=True, help_text="What settled its leaving, or excluded it: a proposal or a document."
    )
    leaving_reason = models.CharField(max_length=500, blank=True)
    remedy = models.TextField(blank=True, help_text="What is to be put right, and how.")
    remedy_review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "organisation"],
                condition=~Q(status="withdrawn"),
                name="alliance_membership_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["invited", "due-diligence", "withdrawn"], partner__isnull=True)
                | Q(status__in=["admitted", "active", "leaving", "left", "remedy", "excluded"], partner__isnull=False),
                name="alliance_membership_partner_once_admitted",
            ),
            models.CheckConstraint(
                condition=Q(notice_on__isnull=True, leaves_on__isnull=True)
                | Q(notice_on__isnull=False, leaves_on__gte=F("notice_on")),
                name="alliance_membership_leaves_after_notice",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_status_display()}"


class MembershipStatus(models.Model):
    """What people see of its history: what it became, who said so, when."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=13, choices=Membership.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.membership_id}: {self.status}"


class MembershipCheck(models.Model):
    """One question on the way in or out, as it was asked then: what was found, and who looked at it again."""

    class Kind(models.TextChoices):
        """Which checklist it is of."""

        DUE_DILIGENCE = "due-diligence", "Checks before it joins"
        HANDOVER = "handover", "Handover before it has left"

    class Outcome(models.TextChoices):
        """What was found."""

        MET = "met", "Yes"
        NOT_MET = "not-met", "No"

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    order = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True, help_text="The evidence, or why not. No personal details.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "kind", "order"], name="membership_check_order_once"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="membership_check_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(answered_at__isnull=False, verified_at__isnull=False, verified_by__isnull=False),
                name="membership_check_verified_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("answered_by")),
                name="membership_check_verified_by_somebody_else",
            ),
        ]

    def __str__(self):
        return self.question

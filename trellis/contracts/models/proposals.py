"""Proposals: what a member wants the alliance to do, version by version, and what was carried out of it."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.agreement import AgreementClass, Matter
from trellis.contracts.models.contract import Contract
from trellis.core import clock


class Proposal(models.Model):
    """Something that a member proposes to all the others. Its words are in its versions."""

    class Status(models.TextChoices):
        """Where it is."""

        DRAFT = "draft", "Draft"
        OPEN = "open", "Open"
        CARRIED = "carried", "Carried"
        CARRIED_OUT = "carried-out", "Carried out"
        LAPSED = "lapsed", "Lapsed: things stay as they are"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Stage(models.TextChoices):
        """What the members do about an open one."""

        DISCUSSION = "discussion", "Discussion"
        FACILITATION = "facilitation", "Facilitation"
        EXPERT = "expert", "Expert opinion"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="proposals")
    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=160, help_text="As its latest words have it.")
    matter = models.CharField(max_length=15, choices=Matter.choices)
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveSmallIntegerField(default=0, help_text="The version that stands; 0 while it is a draft.")
    proposer = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    concerned = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The member that it is about, if it is about one.",
    )  # fmt: skip
    terms = models.ForeignKey(
        AgreementClass, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals",
        help_text="How it is decided: the class that held on the day it was opened.",
    )  # fmt: skip
    stage = models.CharField(max_length=12, choices=Stage.choices, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    discussion_ends_on = models.DateField(null=True, blank=True)
    facilitation_ends_on = models.DateField(null=True, blank=True)
    clock_ends_on = models.DateField(null=True, blank=True, help_text="After it an undecided proposal lapses.")
    closed_on = models.DateField(null=True, blank=True)
    refusal = models.TextField(blank=True, help_text="Why it could not be carried out, when that was tried last.")

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(version__gte=1, terms__isnull=False),
                name="open_proposal_has_words_and_terms",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True)
                | Q(discussion_ends_on__gt=F("opened_on"))
                & Q(facilitation_ends_on__gt=F("discussion_ends_on"))
                & Q(clock_ends_on__gt=F("facilitation_ends_on")),
                name="proposal_clock_runs_forward",
            ),
            models.CheckConstraint(
                condition=~Q(matter="exclusion") | Q(concerned__isnull=False), name="exclusion_names_the_member"
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"


class ProposalWords(models.Model):
    """What a proposal says, whether anybody can still change it or not."""

    title = models.CharField(max_length=160)
    text = models.TextField(help_text="What is proposed.")
    best_for_service = models.TextField(help_text="Why it is best for the service, not for a member.")
    effective_on = models.DateField()
    payload = models.JSONField(default=dict, help_text="What it changes, by its matter. Empty: nothing but words.")

    class Meta:
        abstract = True


class ProposalDraft(ProposalWords):
    """The words while only the proposing member sees them."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="draft")
    edited_at = models.DateTimeField(default=clock.now)
    edited_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    def __str__(self):
        return f"draft of {self.proposal_id}"


class ProposalVersion(ProposalWords):
    """The words that members take positions on. They never change: an amendment is a further version."""

    is_append_only = True

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True, help_text="What is different, and why; the first needs none.")
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once"),
            models.CheckConstraint(condition=~Q(best_for_service=""), name="proposal_says_why_best"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="amendment_says_what_is_different"),
        ]

    def __str__(self):
        return f"version {self.number} of {self.proposal_id}"


class ProposalStatus(models.Model):
    """What happened to a proposal, as its page tells it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=11, choices=Proposal.Status.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80, help_text="As in the audit: person:12.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.proposal_id}: {self.status}"


class ProposalEffect(models.Model):
    """That a carried proposal was carried out: once, and what it changed."""

    is_append_only = True

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="effect")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(help_text="What it changed, in words.")
    carried_out_at = models.DateTimeField(default=clock.now)
    carried_out_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"what {self.proposal_id} changed"

"""The books: every pound of a contract in one account at a time, and each move of it written down once."""

from django.db import models
from django.db.models import F, Q

from trellis.audit.models import Link, Sealed, seals
from trellis.core import clock
from trellis.core.money import MoneyField


class Account(models.TextChoices):
    """Where money of a contract can be. The first four and the last are where it comes from, the rest where it goes."""

    CONTRACT = "contract", "Value of the contract"
    SHARE = "share", "Gain and pain shared"
    ADJUSTMENTS = "adjustments", "Adjustments"
    INTEREST = "interest", "Late interest"
    CREDITS = "credits", "Service credits held"
    SCHEDULE = "schedule", "Scheduled, not on a statement yet"
    PAYABLE = "payable", "On a statement, to be paid"
    DISPUTED = "disputed", "In dispute"
    SENT = "sent", "Sent to be paid"
    PAID = "paid", "Paid"
    VAT = "vat", "VAT on top"


class LedgerEntry(Sealed):
    """One move of money from the account that is credited to the one that is debited. Never edited.

    One row names both accounts and one amount, so an entry that does not balance cannot be written on any database.
    """

    digested = (
        "contract_id", "debit", "credit", "amount", "partner_id", "quarter", "source", "posted_on", "posted_at",
        "posted_by",
    )  # fmt: skip

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    debit = models.CharField(max_length=12, choices=Account.choices, help_text="Where the money goes.")
    credit = models.CharField(max_length=12, choices=Account.choices, help_text="Where it comes from.")
    amount = MoneyField()
    partner = models.ForeignKey("contracts.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7, blank=True)
    source = models.CharField(max_length=200, unique=True, help_text="The same source never moves money twice.")
    posted_on = models.DateField(help_text="The day of the deed, where the authority is.")
    posted_at = models.DateTimeField(default=clock.now)
    posted_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["contract", "posted_on"]),
            models.Index(fields=["contract", "debit", "credit"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_amount_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="ledger_two_accounts"),
            models.CheckConstraint(
                condition=Q(debit__in=Account.values, credit__in=Account.values), name="ledger_known_accounts"
            ),
        ]

    def __str__(self):
        return f"{self.pk} {self.source}: {self.amount} from {self.credit} to {self.debit}"


class LedgerLink(Link):
    """An entry's place in the chain."""

    row = seals(LedgerEntry)

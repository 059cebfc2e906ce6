"""The contract's documents: each with its versions, open to anybody or withheld for a reason in law."""

from django.db import models
from django.db.models import Q

from trellis.contracts.models.contract import Contract
from trellis.core import clock


class Document(models.Model):
    """One document of a contract. Withheld, it may have no version here: that it exists is said all the same."""

    class Kind(models.TextChoices):
        """What it is."""

        CONTRACT = "contract", "The contract and its schedules"
        AGREEMENT = "agreement", "The alliance agreement"
        BID = "bid", "The bid"
        MINUTES = "minutes", "Minutes"
        OTHER = "other", "Something else"

    class Ground(models.TextChoices):
        """Freedom of Information Act 2000: the section under which it is withheld."""

        PERSONAL = "40", "Section 40: personal information"
        CONFIDENCE = "41", "Section 41: given in confidence"
        PRIVILEGE = "42", "Section 42: legal professional privilege"
        COMMERCIAL = "43", "Section 43: trade secrets, or harm to commercial interests"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    is_public = models.BooleanField()
    ground = models.CharField(max_length=2, choices=Ground.choices, blank=True)
    withheld_reason = models.CharField(max_length=500, blank=True, help_text="Why, in words that anybody may read.")

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "title"], name="contract_document_once"),
            models.CheckConstraint(
                condition=Q(is_public=True, ground="", withheld_reason="")
                | (Q(is_public=False) & ~Q(ground="") & ~Q(withheld_reason="")),
                name="contract_document_withheld_for_a_reason",
            ),
        ]

    def __str__(self):
        return self.title


class DocumentVersion(models.Model):
    """A version of a document, as it was received; never changed, and none takes the place of another."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stored_file = models.FileField(upload_to="contracts", max_length=120)
    file_name = models.CharField(max_length=160, help_text="As it was called when it was sent.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True, help_text="What is different.")
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=80, help_text="As in the audit: person:12.")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_version_from_1"),
        ]

    def __str__(self):
        return f"{self.document}, version {self.number}"

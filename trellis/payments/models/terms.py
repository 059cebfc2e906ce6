"""What a contract says of its money: who funds it, when it is paid, and how each partner stands to VAT."""

from django.db import models
from django.db.models import Q

from trellis.core.money import MoneyField


class PaymentTerms(models.Model):
    """Whether a contract pays for a quarter once it is over, or as it begins; from a date."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    in_advance = models.BooleanField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["contract", "starts_on"], name="one_payment_terms_a_date")]

    def __str__(self):
        return f"{self.contract}: {'in advance' if self.in_advance else 'in arrears'} from {self.starts_on}"


class VatTreatment(models.Model):
    """How a partner's part of the contract stands to VAT, from a date. Contract values are without VAT."""

    class Treatment(models.TextChoices):
        """The rate of each is in the rulebook."""

        OUTSIDE = "outside", "Outside the scope of VAT"
        EXEMPT = "exempt", "Exempt"
        ZERO = "zero", "Zero-rated"
        STANDARD = "standard", "Standard-rated"

    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    treatment = models.CharField(max_length=10, choices=Treatment.choices)

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["partner", "starts_on"], name="one_vat_treatment_a_date")]

    def __str__(self):
        return f"{self.partner}: {self.get_treatment_display()} from {self.starts_on}"


class AuthorisationLimit(models.Model):
    """What one person may authorise for an authority from a date, in place of their role's limit in the rulebook."""

    authority = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    limit = MoneyField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "user", "starts_on"], name="one_authorisation_limit_a_date"),
            models.CheckConstraint(condition=Q(limit__gte=0), name="authorisation_limit_not_negative"),
        ]

    def __str__(self):
        return f"{self.user}: up to {self.limit} from {self.starts_on}"

"""The partners as equals, each one's share of the money and of the work, and who sits for each member."""

from django.db import models
from django.db.models import F, Q

from trellis.contracts.models.contract import Contract


class Partner(models.Model):
    """An equal member of the alliance that delivers the service, from a date and until one."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="partnerships"
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "organisation"], name="partner_once_a_contract"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="partner_left_after_joining"
            ),
        ]

    def __str__(self):
        return self.organisation.name


class PartnerShare(models.Model):
    """A partner's share of the money from a quarter on. The shares in force sum to 1 (contracts.rules)."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="shares")
    starts_on = models.DateField()
    share = models.DecimalField(max_digits=7, decimal_places=6, help_text="A fraction of the whole, such as 0.125.")
    document = models.ForeignKey(
        "contracts.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What it rests on, if it was agreed on paper.",
    )  # fmt: skip

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "starts_on"], name="one_share_a_date"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="share_is_a_fraction"),
        ]

    def __str__(self):
        return f"{self.partner}: {self.share} from {self.starts_on}"


class WorkShare(models.Model):
    """A partner's share of the work from a quarter on, under the same rules as its share of the money."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="work_shares")
    starts_on = models.DateField()
    share = models.DecimalField(max_digits=7, decimal_places=6, help_text="A fraction of the whole, such as 0.125.")
    document = models.ForeignKey(
        "contracts.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What it rests on, if it was agreed on paper.",
    )  # fmt: skip

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "starts_on"], name="one_work_share_a_date"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="work_share_is_a_fraction"),
        ]

    def __str__(self):
        return f"{self.partner}: {self.share} of the work from {self.starts_on}"


class Seat(models.Model):
    """A member's seat in the leadership team from a day on: who decides for it, and who does in their stead.

    The commissioner has one like every partner. A later seat of the same member takes the place of the earlier.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()

    class Meta:
        ordering = ["organisation__name", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "organisation", "starts_on"], name="one_seat_a_date"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("holder")), name="deputy_is_somebody_else"
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.holder} from {self.starts_on}"

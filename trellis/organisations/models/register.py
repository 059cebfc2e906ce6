"""Organisations themselves: each once, each field with its source."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Greatest, Length, Lower, Substr

from trellis.core import clock
from trellis.core.money import MoneyField


class Cause(models.Model):
    """What an organisation is for. Codes are those of the list that the authority chose."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class ServiceType(models.Model):
    """What an organisation does for people, such as befriending or transport. Interests are declared in these words."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


STANDS = Q(merged_into__isnull=True)
SHOWN = Q(merged_into__isnull=True, unlisted_at__isnull=True)


def stands_for(organisation: str = "organisation") -> Coalesce:
    """In a query, the number of the organisation that stands for the one a row points at by that name."""
    return Coalesce(f"{organisation}__merged_into_id", f"{organisation}_id")


class OrganisationQuerySet(models.QuerySet):
    """Reads of the register that every page starts from."""

    def listed(self):
        """The organisations that stand: not merged into another."""
        return self.filter(STANDS)

    def public(self):
        """Listed, and not taken out of the directory at their own wish: what a page for anybody may show."""
        return self.filter(SHOWN)

    def active(self):
        """Listed, and not wound up or removed from their register."""
        return self.listed().filter(status=Organisation.Status.ACTIVE)

    def same_as(self, organisation_ids):
        """These organisations with all that are the same by now: those merged into one another."""
        roots = Organisation.objects.filter(pk__in=organisation_ids).values(root=Coalesce("merged_into_id", "pk"))
        return self.filter(Q(pk__in=roots) | Q(merged_into__in=roots))


class Organisation(models.Model):
    """One organisation. Public facts only: people's own details belong to accounts."""

    class Status(models.TextChoices):
        """Whether it still exists, as far as its sources say."""

        ACTIVE = "active", "Active"
        REMOVED = "removed", "Removed from its register"

    class LegalForm(models.TextChoices):
        """How it is constituted."""

        CHARITABLE_COMPANY = "charitable-company", "Charitable company"
        CIO = "cio", "Charitable incorporated organisation"
        TRUST = "trust", "Trust"
        ASSOCIATION = "association", "Unincorporated association"
        CIC = "cic", "Community interest company"
        GUARANTEE = "guarantee", "Company limited by guarantee"
        SOCIETY = "society", "Registered society"
        COMPANY = "company", "Company"
        PUBLIC_BODY = "public-body", "Public body"
        OTHER = "other", "Other or not known"

    reference = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=255)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices, default=LegalForm.OTHER)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    district = models.ForeignKey("places.District", null=True, blank=True, on_delete=models.PROTECT, db_index=False)
    district_is_guess = models.BooleanField(default=False, help_text="From the first half of the postcode only.")
    address = models.CharField(max_length=400, blank=True)
    postcode = models.CharField(max_length=8, blank=True, help_text="As written on an envelope: ME14 1XQ.")
    address_is_private = models.BooleanField(
        default=False, help_text="Somebody's home: pages show the district alone, and no search leads from it."
    )
    outcode = models.GeneratedField(
        expression=Substr("postcode", 1, Greatest(Length("postcode") - Value(4), Value(0))),
        output_field=models.CharField(max_length=8),
        db_persist=True,
        help_text="The first half of the postcode: ME14. What lies near is found by it.",
    )
    website = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=255, blank=True, help_text="The organisation's public address.")
    phone = models.CharField(max_length=40, blank=True)
    activities = models.TextField(blank=True)
    latest_income = MoneyField(null=True, blank=True, help_text="Empty: not known.")
    latest_year_end = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    causes = models.ManyToManyField(Cause, blank=True)
    service_types = models.ManyToManyField(ServiceType, blank=True)
    provenance = models.JSONField(default=dict, help_text="For each field: which source list, and when.")
    went_to = models.CharField(
        max_length=200, blank=True, help_text="Of one that was removed: where its work and what it owned went."
    )
    confirmed_on = models.DateField(
        null=True, blank=True, help_text="When it last said itself that its profile is right, or put it right."
    )
    unlisted_at = models.DateTimeField(null=True, blank=True, help_text="When it asked not to be shown to the public.")
    unlisted_by = models.CharField(max_length=80, blank=True, help_text="As in the audit: person:12, never a name.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here", db_index=False
    )
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        # The directory shows those that are public, of one status, in these three orders: each page is read from an
        # index, also the last of 400,000. An index of merged_into would be all empty and mislead SQLite's planner.
        indexes = [
            models.Index("status", Lower("name"), "id", condition=SHOWN, name="organisation_name"),
            models.Index("status", "district", "latest_income", condition=SHOWN, name="organisation_district"),
            models.Index("status", "latest_income", condition=SHOWN, name="organisation_income"),
            models.Index("unlisted_at", condition=Q(unlisted_at__isnull=False), name="organisation_unlisted"),
            models.Index("postcode", name="organisation_postcode"),
            models.Index("outcode", name="organisation_outcode"),
            models.Index("merged_into", condition=Q(merged_into__isnull=False), name="organisation_merged_into"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="organisation_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(latest_income__isnull=True) | Q(latest_income__gte=0),
                name="organisation_income_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(unlisted_at__isnull=True, unlisted_by="")
                | Q(unlisted_at__isnull=False) & ~Q(unlisted_by=""),
                name="organisation_unlisted_at_and_by",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def standing(self) -> "Organisation":
        """Itself, or the one that stands for it since they were merged: what pages name."""
        return self.merged_into or self


class OrganisationName(models.Model):
    """Another name it goes or went by; searched, and shown on its profile."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="other_names", db_index=False)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, default="Working name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="organisation_name_once")]

    def __str__(self):
        return self.name


class Identifier(models.Model):
    """A number in a public register, by org-id scheme: GB-CHC 1007778."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_belongs_to_one")]

    def __str__(self):
        return f"{self.scheme}-{self.value}"


class YearEnd(models.Model):
    """One financial year of an organisation, as its register has it. Kept for good: eligibility looks back."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="years", db_index=False)
    ends_on = models.DateField()
    income = MoneyField(null=True)
    expenditure = MoneyField(null=True)

    class Meta:
        ordering = ["ends_on"]
        constraints = [models.UniqueConstraint(fields=["organisation", "ends_on"], name="one_year_end_a_year")]

    def __str__(self):
        return f"{self.organisation} to {self.ends_on}"


class ProfileChange(models.Model):
    """A change on an organisation's word, or its keepers', with what stood there before, so that it can be undone."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="profile_changes")
    before = models.JSONField(help_text="Field → value, and the provenance, before.")
    after = models.JSONField(help_text="Field → value after.")
    source = models.CharField(
        max_length=40, default="organisation", help_text="On whose word, as the provenance has it."
    )
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=80, help_text="As in the audit: person:12, never a name.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="") | Q(undone_at__isnull=False) & ~Q(undone_by=""),
                name="profile_change_undone_at_and_by",
            )
        ]

    def __str__(self):
        return f"{self.organisation} at {self.changed_at}"

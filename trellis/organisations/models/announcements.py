"""What an organisation announces on its own profile: opportunities to volunteer, and events."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from trellis.core import clock
from trellis.organisations.models.register import Organisation

# For people, the day that an announcement is about: an event's first, an opportunity's last.
DAY = Coalesce("starts_on", "ends_on")


class Announcement(models.Model):
    """One opportunity or event, in the words of the organisation. Everybody reads all of it but who wrote it."""

    class Kind(models.TextChoices):
        """What is announced."""

        OPPORTUNITY = "opportunity", "Opportunity to volunteer"
        EVENT = "event", "Event"

    reference = models.CharField(max_length=16, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="announcements", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=120)
    what = models.CharField(max_length=1000, help_text="What people will do, or what will happen.")
    where = models.CharField(max_length=200, blank=True, help_text="Blank: people ask.")
    starts_on = models.DateField(null=True, blank=True, help_text="The day of an event, or its first.")
    starts_time = models.TimeField(null=True, blank=True, help_text="On the authority's own clocks.")
    ends_on = models.DateField(
        null=True, blank=True, help_text="The last day of an event of several days, or to answer an opportunity."
    )
    last_day = models.GeneratedField(
        expression=Coalesce("ends_on", "starts_on"),
        output_field=models.DateField(),
        db_persist=True,
        help_text="It is current until the end of this day.",
    )
    website = models.CharField(max_length=255, blank=True, help_text="Where to ask or to book.")
    email = models.EmailField(max_length=254, blank=True, help_text="An address chosen to be public.")
    phone = models.CharField(max_length=40, blank=True, help_text="A number chosen to be public.")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=80, help_text="As in the audit: person:12, never a name.")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=80, help_text="As in the audit.")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Nobody else sees it since.")
    withdrawn_by = models.CharField(max_length=80, blank=True, help_text="As in the audit.")
    taken_off_because = models.CharField(
        max_length=300, blank=True, help_text="Why those who keep the register took it off; its organisation reads it."
    )

    class Meta:
        ordering = ["last_day", "id"]
        indexes = [models.Index("organisation", "last_day", name="announcement_of")]
        constraints = [
            # Two people of one organisation who announce the same at once, or one who presses twice: it stands once.
            models.UniqueConstraint(
                "organisation", "kind", Lower("title"), DAY,
                condition=Q(withdrawn_at__isnull=True), name="announcement_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="event", starts_on__isnull=False)
                | Q(kind="opportunity", starts_on__isnull=True, starts_time__isnull=True, ends_on__isnull=False),
                name="announcement_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="announcement_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(what=""), name="announcement_says_what"),
            models.CheckConstraint(
                condition=~Q(website="") | ~Q(email="") | ~Q(phone=""), name="announcement_says_how_to_ask"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
                name="announcement_withdrawn_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(taken_off_because="") | Q(withdrawn_at__isnull=False),
                name="announcement_taken_off_is_withdrawn",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    @property
    def starts_at(self) -> datetime | None:
        """The moment at which an event starts, where its time is told."""
        if self.starts_on is None or self.starts_time is None:
            return None
        return timezone.make_aware(datetime.combine(self.starts_on, self.starts_time))

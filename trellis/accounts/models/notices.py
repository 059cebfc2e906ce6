"""What the people of an organisation were told once, by e-mail."""

from django.db import models


class Notice(models.Model):
    """One message to those who speak for an organisation. Its day makes it one: the same is never sent twice."""

    class Kind(models.TextChoices):
        """What it is about."""

        CHECK_PROFILE = "check-profile", "Is your profile still right?"
        REMOVED = "removed", "Removed from its register"

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    about = models.DateField(help_text="The day on which the profile was due, or on which the register removed it.")
    sent_on = models.DateField()

    class Meta:
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "about"], name="notice_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.organisation}"

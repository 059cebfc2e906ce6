"""Who did what: append-only rows, their purgeable detail, and the chain that seals them."""

from django.db import models

from trellis.core import clock


class AuditEntry(models.Model):
    """One deed. Never changed and never deleted: triggers of the database refuse it (see migrations)."""

    recorded_at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=80, help_text="A reference such as person:12 or service:nightly, never a name.")
    action = models.CharField(max_length=80, help_text="area.verb_noun, as the command is called.")
    subject = models.CharField(max_length=80, help_text="What it was done to, as text, so that nothing blocks live data.")
    origin = models.CharField(max_length=20, help_text="Where it came from: web, command-line, nightly, import, simulator.")
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, help_text="What changed, without personal detail.")
    detail_digest = models.CharField(max_length=64, blank=True, help_text="Of the salted detail, if there is any.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of all the above; what the chain seals.")

    class Meta:
        indexes = [models.Index(fields=["subject", "id"]), models.Index(fields=["actor", "id"])]

    def __str__(self):
        return f"{self.id} {self.action} {self.subject}"


class AuditDetail(models.Model):
    """The personal part of a deed, apart from it so that it can be purged and the chain still verifies."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="detail")
    salt = models.CharField(max_length=32)
    detail = models.JSONField()


class AuditLink(models.Model):
    """One row's place in the hash chain. Append-only too."""

    position = models.BigIntegerField(primary_key=True)
    row = models.BigIntegerField(unique=True, help_text="The entry's id; no foreign key, so a missing row can be named.")
    hash = models.CharField(max_length=64, help_text="SHA-256 of the hash before it and the row's digest.")

"""Who did what: append-only rows, their purgeable detail, and the chain that seals them."""

from typing import ClassVar, cast

from django.db import models

from trellis.core import clock


class Sealed(models.Model):
    """A row that is never changed or deleted: triggers of the database refuse it, and a hash chain would show it."""

    digested: ClassVar[tuple[str, ...]]  # the columns that the digest is made of
    is_append_only = True

    digest = models.CharField(max_length=64, help_text="SHA-256 of the columns in `digested`; what the chain seals.")

    class Meta:
        abstract = True


class Link(models.Model):
    """One row's place in a hash chain. Rows get it after they were written, so writers never wait for a place."""

    is_append_only = True

    position = models.BigIntegerField(primary_key=True, help_text="From 1, without gaps.")
    digest = models.CharField(max_length=64, help_text="The row's digest as it was sealed.")
    hash = models.CharField(max_length=64, help_text="SHA-256 of the hash before it, position, row and digest.")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.db_table} {self.position}"

    @classmethod
    def sealed_model(cls) -> type[Sealed]:
        """The rows that this chain seals."""
        return cast(type[Sealed], cls._meta.get_field("row").related_model)


def seals(model: str | type[Sealed]) -> models.OneToOneField:
    """The column of a link that names its row. No foreign key in the database, so that a missing row can be named."""
    return models.OneToOneField(model, on_delete=models.DO_NOTHING, db_constraint=False, related_name="link")


class AuditEntry(Sealed):
    """One deed."""

    digested = ("recorded_at", "actor", "action", "subject", "origin", "reason", "facts", "detail_digest")

    recorded_at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=80, help_text="A reference such as person:12 or service:nightly, never a name.")
    action = models.CharField(max_length=80, help_text="area.verb_noun, as the command is called.")
    subject = models.CharField(
        max_length=80, help_text="What it was done to, as text, so that nothing blocks live data."
    )
    origin = models.CharField(
        max_length=20, help_text="Where it came from: web, command-line, nightly, import, simulator."
    )
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, help_text="What changed, without personal detail.")
    detail_digest = models.CharField(max_length=64, blank=True, help_text="Of the salted detail, if there is any.")

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["subject", "id"]),
            models.Index(fields=["actor", "id"]),
            models.Index(fields=["action", "id"]),
            models.Index(fields=["recorded_at"]),
        ]

    def __str__(self):
        return f"{self.pk} {self.action} {self.subject}"


class AuditDetail(models.Model):
    """The personal part of a deed, apart from it so that it can be purged and the chain still verifies."""

    is_append_only = True
    is_deletable = True  # the purge

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="detail")
    salt = models.CharField(max_length=32)
    detail = models.JSONField()

    def __str__(self):
        return f"detail of {self.pk}"


class AuditLink(Link):
    """An entry's place in the chain."""

    row = seals(AuditEntry)

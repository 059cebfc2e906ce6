"""Evidence beside a return: added and taken out while the books are open."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.payments.commands.books_changes import record_change
from trellis.payments.models import BookReturn, ReturnFile
from trellis.payments.rules import evidence_files as rules


@transaction.atomic
def add_file(*, book: BookReturn, name: str, content: bytes, by: Actor) -> ReturnFile:
    """Keep a file beside a return. Raises RuleBroken when it is too large, is there, or is not what its name says."""
    kind, digest = rules.kind_of(name, content), hashlib.sha256(content).hexdigest()
    record_change(book=book, verb="add_file", by=by, kind=kind, bytes=len(content), digest=digest)
    rules.check_can_add_file(files=book.files.count(), is_there=book.files.filter(digest=digest).exists())
    kept = ReturnFile(
        book=book, name=rules.safe_name(name), kind=kind, size=len(content), digest=digest, added_by=by.actor_name
    )  # fmt: skip
    # under its digest: the name that somebody gave it never reaches the file system
    kept.stored.save(f"{digest}.{kind}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise RuleBroken("This file is there already.", field="file") from error
    return kept


@transaction.atomic
def drop_file(*, file: ReturnFile, by: Actor) -> None:
    """Take a file out of books that are still open. An earlier version that holds it keeps it."""
    record_change(book=file.book, verb="drop_file", by=by, digest=file.digest)
    if not ReturnFile.objects.filter(pk=file.pk).delete()[0]:
        raise RuleBroken("This file has been taken out already.")
    stored = str(file.stored.name)
    if not ReturnFile.objects.filter(stored=stored).exists():
        transaction.on_commit(lambda: file.stored.storage.delete(stored))

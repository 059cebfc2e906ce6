"""Keeping the contract's documents: their versions as received, and whether anybody may read them."""

import hashlib
import secrets

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max

from trellis.audit import commands as audit
from trellis.contracts.models import Contract, Document, DocumentVersion
from trellis.contracts.rules import documents as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def add_document(
    *, contract: Contract, title: str, kind: str, is_public: bool, ground: str = "", withheld_reason: str = "",
    by: Actor,
) -> Document:  # fmt: skip
    """Name a document of a contract, open or withheld under a section of the law; its versions follow.

    RuleBroken for a title that is taken, and for a document that is withheld without a ground and a reason.
    """
    rules.check_openness(is_public=is_public, ground=ground, reason=withheld_reason)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                contract=contract, title=title.strip(), kind=kind, is_public=is_public, ground=ground,
                withheld_reason=withheld_reason.strip(),
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken("There is already a document of this title.", field="title") from error
    _record(document, "add_document", by, is_public=is_public, ground=ground)
    return document


@transaction.atomic
def set_openness(
    *, document: Document, is_public: bool, ground: str = "", withheld_reason: str = "", by: Actor
) -> None:
    """Open a document to anybody, or withhold it under a section of the law and say why."""
    rules.check_openness(is_public=is_public, ground=ground, reason=withheld_reason)
    changes = {"is_public": is_public, "ground": ground, "withheld_reason": withheld_reason.strip()}
    Document.objects.filter(pk=document.pk).update(**changes)
    for name, value in changes.items():
        setattr(document, name, value)
    _record(document, "set_openness", by, is_public=is_public, ground=ground)


@transaction.atomic
def add_version(*, document: Document, file: UploadedFile, note: str = "", by: Actor) -> DocumentVersion:
    """Keep a version of a document, as it was received, under a name of ours. The versions before it stay.

    RuleBroken for a file that is too large, of a type that is not taken, or the same as the latest version.
    """
    head = file.read(rules.HEAD)
    rules.check_file(file_name=file.name or "", size=file.size or 0, head=head)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    Document.objects.select_for_update().get(pk=document.pk)
    latest = document.versions.first()
    if latest and latest.sha256 == digest:
        raise RuleBroken("This is the version that is here already.", field="file")
    number = (document.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = DocumentVersion(
        document=document, number=number, file_name=(file.name or "")[-160:], size=file.size or 0, sha256=digest,
        note=note, added_by=by.actor_name,
    )  # fmt: skip
    ending = rules.ending_of(file.name or "")
    version.stored_file.save(f"{secrets.token_hex(16)}.{ending}", file, save=False)
    version.save()
    _record(document, "add_version", by, number=number, sha256=digest)
    return version


def _record(document: Document, verb: str, by: Actor, **facts: str | int | bool) -> None:
    subject = f"contract {document.contract.reference}"
    audit.record(by=by, action=f"contracts.{verb}", subject=subject, facts={"document": document.title} | facts)

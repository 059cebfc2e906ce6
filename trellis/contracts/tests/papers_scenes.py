"""Documents and promises of a contract, for tests."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.contracts.commands import documents, promises
from trellis.contracts.models import Document


def minutes(cast, contract=None) -> Document:
    """Minutes in which something was agreed."""
    contract = contract or cast.contract
    kept = Document.objects.filter(contract=contract, title="Minutes of 2 July").first()
    return kept or documents.add_document(
        contract=contract, title="Minutes of 2 July", kind="minutes", is_public=True, by=cast.olive
    )


def parts_of_addresses(cast) -> dict[str, object]:
    """A document that is withheld, its first version, and a promise: what stands in their addresses."""
    document = documents.add_document(
        contract=cast.contract, title="Prices", kind="bid", is_public=False, ground="43",
        withheld_reason="They would help rivals to bid.", by=cast.olive,
    )  # fmt: skip
    documents.add_version(document=document, file=SimpleUploadedFile("prices.txt", b"A desk: free."), by=cast.olive)
    promise = promises.record_promise(
        contract=cast.contract, partner=None, words="A desk in every district.", due_on=date(2018, 9, 30),
        indicator=None, evidence="Twelve addresses.", by=cast.olive,
    )  # fmt: skip
    return {
        "contracts document": document.pk,
        "document_version number": 1,
        "keep_promise number": promise.pk,
        "break_promise number": promise.pk,
    }

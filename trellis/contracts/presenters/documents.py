"""The words and rows of the page about the contract's documents."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract, Document, DocumentVersion
from trellis.contracts.presenters.members import trail
from trellis.contracts.queries import documents as queries
from trellis.core.permissions import Permission
from trellis.web.table import Column, Table

KEPT = "It is kept as you send it, and the versions before it stay. Take out personal details first if it is open."
KIB = 1024


def room(contract: Contract) -> str:
    """The address of the page about the documents."""
    return reverse("contract_documents", args=[contract.reference])


def version_address(document: Document) -> str:
    """Where a version of a document is added."""
    return reverse("add_document_version", args=[document.contract.reference, document.pk])


def step(contract: Contract, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing about the documents."""
    breadcrumbs = trail(contract, ("Documents", room(contract)))
    return {"title": title, "button": button, "cancel": room(contract), "breadcrumbs": breadcrumbs, **more}


def documents_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """What there is, with its versions, and what is withheld and why."""
    user = request.user
    manages = isinstance(user, User) and contract.authority_id in user.organisation_ids(Permission.CONTRACT_MANAGE)
    return {
        "contract": contract,
        "can_manage": manages,
        "documents": list(queries.documents(contract)),
        "tables": [_versions(request, contract), withheld_table(request, contract)],
        "breadcrumbs": trail(contract),
    }


def _versions(request: HttpRequest, contract: Contract) -> Table:
    def open_it(row: DocumentVersion) -> str:
        return reverse("document_version", args=[contract.reference, row.document_id, row.number])

    return Table(
        request,
        queries.versions_visible_to(request.user, contract).order_by("document__kind", "document__title", "-number"),
        columns=[
            Column("document", "Document", value=lambda row: row.document.title, link=open_it),
            Column("number", "Version", numeric=True),
            Column("added_at", "Added"),
            Column("note", "What is different", absent=""),
            Column("file", "File", value=lambda row: f"{_ending(row)}, {size(row.size)}"),
            Column("who", "Who may read it", value=lambda row: "Anybody" if row.document.is_public else "The members"),
        ],
        caption="Documents and their versions",
        name="versions",
        prefix="versions-",
        empty="There is no document here that you may read.",
    )


def withheld_table(request: HttpRequest, contract: Contract) -> Table:
    """What is withheld, under which section of the law, and why."""
    return Table(
        request,
        queries.withheld(contract),
        columns=[
            Column("title", "What is withheld", sort="title"),
            Column("ground", "Under", value=lambda row: row.get_ground_display()),
            Column("withheld_reason", "Why"),
        ],
        caption="What is withheld, and why",
        name="withheld",
        prefix="withheld-",
        empty="Nothing is withheld.",
    )


def size(number: int) -> str:
    """Bytes in words: 240 KB or 1.5 MB."""
    if number < KIB * KIB:
        return f"{max(1, round(number / KIB))} KB"
    return f"{number / KIB / KIB:.1f} MB".replace(".0 ", " ")


def _ending(row: DocumentVersion) -> str:
    return row.file_name.rpartition(".")[2].upper()

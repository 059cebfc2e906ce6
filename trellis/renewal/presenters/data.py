"""The page about the data that is handed on."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.contracts.models import Contract
from trellis.contracts.presenters.plans import room
from trellis.contracts.presenters.rooms import summary, trail
from trellis.renewal.export.columns import ExportTable
from trellis.renewal.export.tables import TABLES
from trellis.web.table import Column, Table


def data_page(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """What is in the data that is handed on, table by table."""
    return {
        "contract": contract,
        "title": "The data that is handed on",
        "lead": "All that this contract leaves behind, in open formats, for whoever comes next.",
        "inset": "No accounts or names of people are in it. Texts that people wrote may name somebody all the same: "
        "read them first. Cases and single facts are in the council’s own export alone, because a partner never sees "
        "the case of a group that it competes with.",
        "actions": [("Download what members may take (ZIP)", reverse("contract_data_file", args=[contract.reference]))],
        "facts": summary(
            ("Formats", "CSV and JSON, one of each for every table"),
            ("What each column means", "dictionary.csv"),
            ("Proof that nothing changed on the way", "manifest.json: SHA-256 of every file"),
            ("All of it, on the command line", f"trellis export_contract {contract.reference} --output FOLDER"),
        ),
        "tables": [_tables(request, contract)],
        "breadcrumbs": trail(contract, room(contract)),
    }


def _tables(request: HttpRequest, contract: Contract) -> Table:
    def number(table: ExportTable) -> int:
        return len(list(table.rows(contract)))

    return Table(
        request,
        TABLES,
        columns=[
            Column("name", "Table"),
            Column("means", "What is in it"),
            Column("for_members", "Members may take it", value=lambda table: "Yes" if table.for_members else "No"),
            Column("care", "Take care", value=lambda table: table.care),
            Column("columns", "Columns", value=lambda table: len(table.columns), numeric=True),
            Column("rows", "Rows today", value=number, numeric=True),
        ],
        caption="Tables",
        name="tables",
        page_size=60,
    )

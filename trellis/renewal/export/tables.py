"""All the tables that are handed on, in their order."""

from trellis.renewal.export import of_agreement, of_contract, of_delivery, of_money
from trellis.renewal.export.columns import ExportTable

TABLES: tuple[ExportTable, ...] = (
    *of_contract.TABLES,
    *of_agreement.TABLES,
    *of_money.TABLES,
    *of_delivery.TABLES,
)


def tables(*, for_members: bool) -> list[ExportTable]:
    """Those that every member may take; or all, for the authority to hand to whoever comes next."""
    return [table for table in TABLES if table.for_members or not for_members]

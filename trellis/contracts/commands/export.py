"""Handing the data of a contract on; who did so stays in the record."""

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts.export import files
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.actors import Actor


@transaction.atomic
def export_contract(*, contract: Contract, by: Actor) -> dict[str, bytes]:
    """The contract as files by their name, all of one moment, without personal data."""
    made = files.files_of(contract, clock.now())
    audit.record(
        by=by,
        action="contracts.export_contract",
        subject=f"contract {contract.reference}",
        facts={"files": len(made)},
    )
    return made


@transaction.atomic
def pack_contract(*, contract: Contract, by: Actor) -> bytes:
    """The same as one ZIP."""
    return files.packed(export_contract(contract=contract, by=by))

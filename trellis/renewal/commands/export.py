"""Handing the data of a contract on; who did so stays in the record."""

from django.db import transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.renewal.export import files


@transaction.atomic
def export_contract(*, contract: Contract, for_members: bool = False, by: Actor) -> dict[str, bytes]:
    """The contract as files by their name, all of one moment; `for_members` without cases and single facts."""
    made = files.files_of(contract, clock.now(), for_members=for_members)
    audit.record(
        by=by,
        action="renewal.export_contract",
        subject=f"contract {contract.reference}",
        facts={"files": len(made), "for_members": for_members},
    )
    return made


@transaction.atomic
def pack_contract(*, contract: Contract, by: Actor) -> bytes:
    """What every member may take, as one ZIP."""
    return files.packed(export_contract(contract=contract, for_members=True, by=by))

"""The first extension in the demo: its dossier is begun, with three of five sections written."""

from trellis.contracts.models import Contract
from trellis.demo.names import read
from trellis.demo.staff import Staff
from trellis.renewal.commands import dossiers as commands
from trellis.renewal.models import Dossier


def begin_dossier(contract: Contract, staff: Staff) -> Dossier:
    """What the contract manager has written so far; the rest waits for them."""
    manager = staff.contract_manager
    dossier = commands.begin_dossier(contract=contract, by=manager)
    for section, text in read("renewal")["meaning"].items():
        commands.assess_section(dossier=dossier, section=section, text=text, by=manager)
    return dossier

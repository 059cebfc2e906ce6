"""What funders say that they granted the demo's partners: a 360Giving file, brought in as any list is."""

import json
import tempfile
from pathlib import Path
from typing import Any

from trellis.contracts.models import Contract
from trellis.core.actors import SIMULATOR
from trellis.demo.names import read
from trellis.organisations.commands import record_source
from trellis.organisations.imports.lists import import_organisations
from trellis.organisations.imports.registers import REGISTERS
from trellis.organisations.models import Identifier, Organisation

CODE, CHARITIES = "grants", "GB-CHC"


def bring_in(contract: Contract) -> None:
    """Give the partners that had grants their charity numbers, then read the file: it knows them by those."""
    data, by_key = read("grants"), _partners(contract)
    numbers = {row["partner"]: str(row["charity_number"]) for row in data["recipient"]}
    for key, number in numbers.items():
        Identifier.objects.create(organisation=by_key[key], scheme=CHARITIES, value=number)
    register = next(one for one in REGISTERS if one.code == CODE)
    record_source(values={**register.record, "code": CODE}, by=SIMULATOR)
    published = [
        _published(number, row, by_key[row["to"]], numbers[row["to"]]) for number, row in enumerate(data["grant"], 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / data["file"]
        path.write_text(json.dumps({"grants": published}), encoding="utf-8")
        import_organisations(path=path, by=SIMULATOR, source=CODE)


def _partners(contract: Contract) -> dict[str, Organisation]:
    by_name = {one.organisation.name: one.organisation for one in contract.partners.select_related("organisation")}
    return {row["key"]: by_name[row["name"]] for row in read("alliance")["partner"]}


def _published(number: int, row: dict[str, Any], to: Organisation, charity_number: str) -> dict[str, Any]:
    """A grant as the 360Giving standard has it."""
    return {
        "id": f"360G-demo-{number:04}",
        "title": row["title"],
        "description": row["description"],
        "currency": "GBP",
        "amountAwarded": row["amount"],
        "awardDate": row["awarded_on"].isoformat(),
        "plannedDates": [{"endDate": row["ends_on"].isoformat()}],
        "recipientOrganization": [{"id": f"{CHARITIES}-{charity_number}", "name": to.name}],
        "fundingOrganization": [{"id": f"{CHARITIES}-{row['funder_number']}", "name": row["funder"]}],
        "grantProgramme": [{"title": row["programme"]}],
    }

"""A volunteer centre's own list: organisations that the register has already, each written in the centre's own way."""

import csv
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from trellis.core.actors import SIMULATOR
from trellis.organisations import commands, linkage
from trellis.organisations.commands import record_source
from trellis.organisations.imports.lists import import_organisations
from trellis.organisations.linkage import Linkage
from trellis.organisations.models import LinkRun, Organisation, SourceList

CODE = "volunteer-centre"
ON_RECORD = {
    "code": CODE, "name": "The volunteer centre’s list", "owner": "A volunteer centre", "rank": 60,
    "kind": SourceList.Kind.LIST, "terms": SourceList.Terms.AGREEMENT, "agreement_reference": "DSA-16",
    "agreed_on": date(2018, 1, 8), "contact_basis": "consent",
    "contact_basis_words": "Each group agreed that its contact is passed on.",
}  # fmt: skip
COLUMNS = {"Group": "name", "Postcode": "postcode", "Telephone": "phone", "Web": "website"}
FIRST = 40  # of the invented organisations, those from here on
# How the centre writes a name, and whether it has the postcode: some are plainly the same, of others nobody can tell.
WRITTEN: tuple[tuple[Callable[[str], str], bool], ...] = (
    (lambda name: f"The {name}", True),
    (lambda name: f"{name} Ltd", True),
    (lambda name: name.replace("Community", "Comm.").upper(), True),
    (lambda name: _misspelt(name), True),
    (lambda name: f"{name} (CIO)", True),
    (lambda name: " ".join(name.split()[:-1]), True),
    (lambda name: " ".join(name.split()[:-1]), False),
    (lambda name: f"Friends of {name}", True),
    (lambda name: f"{name} Branch", False),
    (lambda name: f"{name} Trading Ltd", True),
    (lambda name: _misspelt(name), False),
    (lambda name: " ".join(name.split()[:2]), False),
)


def bring_in(organisations: Sequence[Organisation]) -> LinkRun:
    """Import the centre's list, and look for doubles among it and the organisations that it was written from."""
    known = list(organisations[FIRST : FIRST + len(WRITTEN)])
    record_source(values=ON_RECORD, by=SIMULATOR)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "volunteer_centre.csv"
        _write(path, known)
        import_organisations(path=path, by=SIMULATOR, source=CODE, columns=COLUMNS)
    listed = Organisation.objects.filter(source_rows__source__code=CODE).values_list("pk", flat=True)
    wanted = {str(pk) for pk in [*listed, *(one.pk for one in known)]}
    return commands.find_links(by=SIMULATOR, link=lambda records: _link(records, wanted))


def _link(records: Any, wanted: set[str]) -> Linkage:
    """Only those, for the demo is loaded often and the whole register takes longer."""
    import pyarrow.compute

    return linkage.link(records.filter(pyarrow.compute.is_in(records["id"], pyarrow.array(sorted(wanted)))))


def _write(path: Path, known: Sequence[Organisation]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for number, (one, (written, has_postcode)) in enumerate(zip(known, WRITTEN, strict=False)):
            out.writerow((written(one.name), one.postcode if has_postcode else "", f"01632 960{number:03}", ""))


def _misspelt(name: str) -> str:
    """Two letters of the longest word have changed places."""
    word = max(name.split(), key=len)
    return name.replace(word, word[:2] + word[3] + word[2] + word[4:])

"""Registers and feeds that are known by the names of their columns, with what each column means. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trellis.organisations.imports.mapping import IGNORED, folded_column
from trellis.organisations.models import SourceList


@dataclass(frozen=True)
class Register:
    """One register: `needed` tells it from any other list; `forms` are the legal forms that are of use here."""

    code: str
    name: str
    owner: str
    kind: str
    rank: int
    licence: str
    basis: str
    needed: frozenset[str]
    columns: Mapping[str, str]
    forms: tuple[str, ...] = ()

    def meanings(self, heading: Sequence[str]) -> dict[str, str]:
        """A field, or nothing, for each column."""
        return {column: self.columns.get(folded_column(column), IGNORED) for column in heading}

    @property
    def record(self) -> dict[str, Any]:
        """What to record of it as a source."""
        words = "The register publishes them so that people can reach the organisation."
        return {
            "name": self.name, "owner": self.owner, "kind": self.kind, "rank": self.rank,
            "terms": SourceList.Terms.LICENCE.value, "agreement_reference": self.licence, "contact_basis": self.basis,
            "contact_basis_words": "" if self.basis == SourceList.Basis.NONE else words,
        }  # fmt: skip


def _read(file: Path) -> tuple[Register, ...]:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["register"]
    return tuple(
        Register(**row | {"needed": frozenset(row["needed"]), "forms": tuple(row.get("forms", ()))}) for row in rows
    )


REGISTERS = _read(Path(__file__).with_name("registers.toml"))


def recognised(heading: Sequence[str]) -> Register | None:
    """The register whose columns these are."""
    folded = {folded_column(column) for column in heading}
    return next((register for register in REGISTERS if folded >= register.needed), None)

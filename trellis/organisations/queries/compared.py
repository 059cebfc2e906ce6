"""What a look for doubles compares: each row of a list as it came, and what organisations say that no list does.

A row says more than the organisation that shows some of its values: in which town it is, how this list writes the name,
the telephone that lost against a better source's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from trellis.core.many import among
from trellis.organisations.models import Identifier, ImportRun, Organisation, OrganisationName, OwnValues, SourceRow
from trellis.organisations.rules.links import CHARITY_REGISTERS

if TYPE_CHECKING:
    import pyarrow

OWN = ("name", "postcode", "address", "phone", "email", "website")
COLUMNS = ("id", *OWN, "other_names", "town", "charity_no", "company_no")
MEANT = {name: name for name in (*OWN, "town")} | {"other_name": "other_names"}  # what a list's column means → ours
BETWEEN_NAMES, BETWEEN_CELLS = "; ", ", "
TOGETHER = 2_000  # organisations that are read at a time
Said = dict[str, str]


def records() -> "pyarrow.Table":
    """The records of all organisations that stand, as `link` takes them: those of what was merged into them included.

    The first of organisation 12 has the id "12", the others "12.2", "12.3" (`between.organisation_of`).
    """
    import pyarrow  # takes a while to load, and few processes need it

    columns: dict[str, list[str | None]] = {name: [] for name in COLUMNS}
    for root, said in _standing():
        for number, one in enumerate(said, start=1):
            for name, cells in columns.items():
                cells.append(one.get(name) or None)
            columns["id"][-1] = f"{root}.{number}" if number > 1 else str(root)
    return pyarrow.table(columns, schema=pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS]))


def _standing() -> Iterator[tuple[int, list[Said]]]:
    meanings = dict(ImportRun.objects.values_list("pk", "mapping"))
    roots = list(Organisation.objects.listed().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(roots), TOGETHER):
        some = roots[start : start + TOGETHER]
        families = {root: [root] for root in some}
        merged = Organisation.objects.filter(merged_into__in=among(some)).order_by("pk")
        for pk, root in merged.values_list("pk", "merged_into_id"):
            families[root].append(pk)
        said = _said([pk for family in families.values() for pk in family], meanings)
        for root, family in families.items():
            yield root, [one for pk in family for one in said[pk]]


def _said(organisations: Collection[int], meanings: Mapping[int, Mapping[str, str]]) -> dict[int, list[Said]]:
    """What each of some organisations says by its rows; and by itself, where that may be more. All with its numbers."""
    rows, names, numbers = _rows(organisations, meanings), _names(organisations), _numbers(organisations)
    found: dict[int, list[Said]] = {}
    for pk, values, sources in _own(organisations):
        said = [one for _, one in rows.get(pk, ())]
        if not said or pk in names or sources - {source for source, _ in rows[pk]}:
            said.append(values | {"other_names": BETWEEN_NAMES.join(names.get(pk, ()))})
        found[pk] = [one | numbers.get(pk, {}) for one in said]
    return found


def _rows(
    organisations: Collection[int], meanings: Mapping[int, Mapping[str, str]]
) -> dict[int, list[tuple[str, Said]]]:
    """The rows of lists: the code of each one's source, and what it says. A register's own tables mean nothing here."""
    rows = SourceRow.objects.filter(organisation__in=among(organisations), table="").order_by("pk")
    found: dict[int, list[tuple[str, Said]]] = {}
    for pk, source, run, data in rows.values_list("organisation_id", "source__code", "last_run_id", "data"):
        if (said := _meant(data, meanings[run])).get("name"):
            found.setdefault(pk, []).append((source, said))
    return found


def _meant(data: Mapping[str, str], meanings: Mapping[str, str]) -> Said:
    cells: dict[str, list[str]] = {}
    for column, meaning in meanings.items():
        if meaning in MEANT and data.get(column):
            cells.setdefault(MEANT[meaning], []).append(data[column])
    between = {"other_names": BETWEEN_NAMES}
    return {field: between.get(field, BETWEEN_CELLS).join(values) for field, values in cells.items()}


def _own(organisations: Collection[int]) -> Iterable[tuple[int, Said, set[str]]]:
    """What each says for itself, and the sources that say so."""
    beside = OwnValues.objects.filter(pk__in=among(organisations)).values_list("pk", "values", "provenance")
    own = {pk: (values, noted) for pk, values, noted in beside}
    rows = Organisation.objects.filter(pk__in=among(organisations)).order_by("pk")
    for pk, provenance, *shown in rows.values_list("pk", "provenance", *OWN):
        values, noted = own.get(pk) or (dict(zip(OWN, shown, strict=True)), provenance)
        yield pk, {name: values[name] for name in OWN}, {source for source, _ in noted.values()}


def _names(organisations: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    names = OrganisationName.objects.filter(organisation__in=among(organisations)).order_by("pk")
    for pk, name in names.values_list("organisation_id", "name"):
        found.setdefault(pk, []).append(name)
    return found


def _numbers(organisations: Collection[int]) -> dict[int, Said]:
    held: dict[int, dict[str, str]] = {}
    numbers = Identifier.objects.filter(organisation__in=among(organisations)).order_by("-pk")
    for pk, scheme, value in numbers.values_list("organisation_id", "scheme", "value"):
        held.setdefault(pk, {})[scheme] = value
    return {pk: _numbered(its) for pk, its in held.items()}


def _numbered(held: Mapping[str, str]) -> Said:
    charity = next((held[scheme] for scheme in CHARITY_REGISTERS if scheme in held), "")
    return {"charity_no": charity, "company_no": held.get("GB-COH", "")}

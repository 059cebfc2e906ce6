"""A batch of a list: organisations found again by number, or by name and postcode; the others are new."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from trellis.organisations import search
from trellis.organisations.imports import bulk, listed, matching, sources, writing
from trellis.organisations.imports.listed import Listed
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.runs import Outcome
from trellis.organisations.imports.seen import Seen
from trellis.organisations.imports.sources import Fresh
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import ImportRun, Organisation, OrganisationName, SourceList

TABLE = ""
BLANK = dict.fromkeys(writing.FIELDS, "") | {
    "legal_form": Organisation.LegalForm.OTHER.value,
    "status": Organisation.Status.ACTIVE.value,
    "latest_income": None, "latest_year_end": None, "registered_on": None, "removed_on": None,
}  # fmt: skip
Due = list[tuple[Fresh, Listed]]
Owned = list[tuple[Fresh, Listed, int]]


def take(run: ImportRun, heading: Sequence[str], batch: Sequence[RawRow], seen: Seen) -> Outcome:
    """Take a batch in, inside the caller's transaction. A row's values are the day of reading, then its cells."""
    outcome = Outcome(refusals=[(row.line, row.reason) for row in batch if row.reason])
    read = _read(run.mapping, heading, batch, outcome)
    meaning = json.dumps(run.mapping, sort_keys=True)
    found = sources.sorted_out(run, TABLE, [(_key(said), row) for row, said in read], seen, meaning)
    outcome.refusals += [(row.line, "The same organisation is already on an earlier line.") for row in found.twice]
    outcome.unchanged = len(found.same)
    said_on = {row.line: said for row, said in read}
    due = [(fresh, said_on[fresh.row.line]) for fresh in found.fresh]
    while due:  # a row may mean an organisation that one before it in the batch brings in
        new, known, due = _matched(due, outcome)
        _add(run, heading, new, seen)
        _change(run, heading, known, seen)
        outcome.added, outcome.changed = outcome.added + len(new), outcome.changed + len(known)
    return outcome


def skip(run: ImportRun, heading: Sequence[str], batch: Sequence[RawRow], seen: Seen) -> None:
    """Note what a batch holds that is safely in already."""
    keys = [_key(said) for _, said in _read(run.mapping, heading, batch, Outcome())]
    for known in sources.known_rows(run, TABLE, keys).values():
        seen.add(known.id)


def _read(
    mapping: Mapping[str, str], heading: Sequence[str], batch: Sequence[RawRow], outcome: Outcome
) -> list[tuple[RawRow, Listed]]:
    places = [(mapping.get(column, ""), place) for place, column in enumerate(heading, 1)]
    read = []
    for row in batch:
        if row.reason:
            continue
        by_field: dict[str, list[str]] = {}
        for field, place in places:
            if field:
                by_field.setdefault(field, []).append(row.values[place])
        try:
            read.append((row, listed.organisation(by_field)))
        except Refused as refusal:
            outcome.refusals.append((row.line, str(refusal)))
    return read


def _key(said: Listed) -> str:
    """What names a row: its first number, or else its name and postcode."""
    if said.numbers:
        return "-".join(said.numbers[0])
    words = f"{matching.folded_name(said.fields['name'])} {said.fields.get('postcode', '')}"
    return words if len(words) <= 100 else hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


def _matched(due: Due, outcome: Outcome) -> tuple[Due, Owned, Due]:
    """Rows of new organisations, of those there are, and those that must wait until these are in."""
    numbers = matching.by_number([number for _, said in due for number in said.numbers])
    names = matching.by_name_and_postcode([_name_and_postcode(said) for _, said in due])
    new, known, later = [], [], []
    claimed: set[object] = set()
    for fresh, said in due:
        marks = {*said.numbers, _name_and_postcode(said)}
        owner = fresh.known.organisation_id if fresh.known else None
        try:
            owner = owner or matching.owner(said.numbers, _name_and_postcode(said), numbers, names)
        except Refused as refusal:
            outcome.refusals.append((fresh.row.line, str(refusal)))
            continue
        if (marks | {owner}) & claimed:
            later.append((fresh, said))
        elif owner:
            known.append((fresh, said, owner))
            claimed.add(owner)
        else:
            new.append((fresh, said))
        claimed |= marks
    return new, known, later


def _name_and_postcode(said: Listed) -> tuple[str, str]:
    return matching.folded_name(said.fields["name"]), said.fields.get("postcode", "")


def _add(run: ImportRun, heading: Sequence[str], new: Due, seen: Seen) -> None:
    days = [fresh.row.values[0] for fresh, _ in new]
    ids = writing.add([BLANK | said.fields for _, said in new], run.source.code, days)
    _write_around(run, heading, [(fresh, said, pk) for (fresh, said), pk in zip(new, ids, strict=True)], seen)
    search.index(ids)  # with the other names that a list may give


def _change(run: ImportRun, heading: Sequence[str], known: Owned, seen: Seen) -> None:
    if not known:
        return
    writing.change(
        {pk: said.fields for _, said, pk in known},
        run.source.code,
        {pk: fresh.row.values[0] for fresh, _, pk in known},
        dict(SourceList.objects.values_list("code", "rank")),
    )
    _write_around(run, heading, known, seen)
    search.index([pk for _, _, pk in known])


def _write_around(run: ImportRun, heading: Sequence[str], rows: Owned, seen: Seen) -> None:
    """What stands beside an organisation: its numbers, other name, year, source row."""
    writing.add_identifiers([(pk, scheme, number) for _, said, pk in rows for scheme, number in said.numbers])
    writing.add_years([(pk, *said.year) for _, said, pk in rows if said.year])
    others = [(pk, said.other_name) for _, said, pk in rows if said.other_name]
    bulk.insert(OrganisationName, ("organisation_id", "name"), others, on_conflict="(organisation_id, name) DO NOTHING")
    columns = ("", *heading)
    sources.keep(run, TABLE, columns, [(fresh, pk) for fresh, _, pk in rows], seen)

"""A batch of a list: organisations found again by number, or by name and postcode; the others are new."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trellis.organisations import search
from trellis.organisations.imports import bulk, listed, matching, reported, sources, writing
from trellis.organisations.imports.listed import Listed
from trellis.organisations.imports.reading import Reading
from trellis.organisations.imports.reported import Reported
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.runs import Outcome
from trellis.organisations.imports.seen import Seen
from trellis.organisations.imports.sources import Fresh
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import ImportRun, Organisation, OrganisationName, SourceList
from trellis.places import queries as places

TABLE = ""
BLANK = dict.fromkeys(writing.FIELDS, "") | {
    "legal_form": Organisation.LegalForm.OTHER.value,
    "status": Organisation.Status.ACTIVE.value,
    "latest_income": None, "latest_year_end": None, "registered_on": None, "removed_on": None,
}  # fmt: skip
Read = list[tuple[RawRow, Listed]]
Due = list[tuple[Fresh, Listed]]
Owned = list[tuple[Fresh, Listed, int]]


@dataclass(frozen=True)
class Plan:
    """How the rows of a list are to be taken: what its columns mean, and which organisations of it are wanted."""

    heading: Sequence[str]
    mapping: Mapping[str, str]
    reading: Reading

    @property
    def meaning(self) -> str:
        """What makes another row of the same words."""
        order = {"": self.reading.day_order} if self.reading.month_first else {}
        return json.dumps(dict(self.mapping) | order, sort_keys=True)


def take(run: ImportRun, plan: Plan, batch: Sequence[RawRow], seen: Seen) -> Outcome:
    """Take a batch in, inside the caller's transaction. A row's values are the day of reading, then its cells."""
    outcome = Outcome(refusals=[(row.line, row.reason) for row in batch if row.reason])
    read = _wanted(plan.reading, _read(plan, batch, outcome), outcome)
    found = sources.sorted_out(run, TABLE, [(_key(said), row) for row, said in read], seen, plan.meaning)
    outcome.refusals += [(row.line, "The same organisation is already on an earlier line.") for row in found.twice]
    outcome.unchanged = len(found.same)
    said_on = {row.line: said for row, said in read}
    outcome.lines = [_line(row, said_on[row.line], "unchanged", known.owner) for row, known in found.same]
    due = [(fresh, said_on[fresh.row.line]) for fresh in found.fresh]
    while due:  # a row may mean an organisation that one before it in the batch brings in
        new, known, due = _matched(due, outcome)
        outcome.lines += _add(run, plan, new, seen) + _change(run, plan, known, seen)
        outcome.added, outcome.changed = outcome.added + len(new), outcome.changed + len(known)
    return outcome


def skip(run: ImportRun, plan: Plan, batch: Sequence[RawRow], seen: Seen) -> None:
    """Note what a batch holds that is safely in already."""
    keys = [_key(said) for _, said in _read(plan, batch, Outcome())]
    for known in sources.known_rows(run, TABLE, keys).values():
        seen.add(known.id)


def _read(plan: Plan, batch: Sequence[RawRow], outcome: Outcome) -> Read:
    places = [(plan.mapping.get(column, ""), place) for place, column in enumerate(plan.heading, 1)]
    read = []
    for row in batch:
        if row.reason:
            continue
        by_field: dict[str, list[str]] = {}
        for field, place in places:
            if field:
                by_field.setdefault(field, []).append(row.values[place])
        try:
            read.append((row, listed.organisation(by_field, month_first=plan.reading.month_first)))
        except Refused as refusal:
            outcome.refusals.append((row.line, str(refusal)))
    return read


def _wanted(reading: Reading, read: Read, outcome: Outcome) -> Read:
    """The organisations of the kinds and places that were asked for; the others are counted and left aside."""
    wanted = read
    if reading.forms:
        wanted = [pair for pair in wanted if pair[1].fields.get("legal_form") in reading.forms]
    if reading.served:
        placed = writing.districts_of({said.fields.get("postcode", "") for _, said in wanted})
        served = {district.code for district in places.districts_served()}
        nowhere = writing.NOWHERE
        wanted = [pair for pair in wanted if placed.get(pair[1].fields.get("postcode", ""), nowhere)[0] in served]
    outcome.aside = len(read) - len(wanted)
    return wanted


def _line(row: RawRow, said: Listed, outcome: str, organisation: int, changes: dict | None = None) -> Reported:
    return Reported(row.line, outcome, said.fields["name"], organisation, changes or {})


def _key(said: Listed) -> str:
    """What names a row: the list's own number for it, its first number in a register, or its name and place."""
    if said.row_id:
        return said.row_id if len(said.row_id) <= 100 else _digest(said.row_id)
    if said.numbers:
        return "-".join(said.numbers[0])
    words = f"{matching.folded_name(said.fields['name'])} {said.fields.get('postcode') or said.town}"
    return words if len(words) <= 100 else _digest(words)


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


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


def _add(run: ImportRun, plan: Plan, new: Due, seen: Seen) -> list[Reported]:
    days = [fresh.row.values[0] for fresh, _ in new]
    ids = writing.add([BLANK | said.fields for _, said in new], run.source.code, days)
    _write_around(run, plan, [(fresh, said, pk) for (fresh, said), pk in zip(new, ids, strict=True)], seen)
    search.index(ids)  # with the other names that a list may give
    return [_line(fresh.row, said, "added", pk) for (fresh, said), pk in zip(new, ids, strict=True)]


def _change(run: ImportRun, plan: Plan, known: Owned, seen: Seen) -> list[Reported]:
    if not known:
        return []
    before = reported.held([pk for _, _, pk in known], writing.FIELDS)
    changed = writing.change(
        {pk: said.fields for _, said, pk in known},
        run.source.code,
        {pk: fresh.row.values[0] for fresh, _, pk in known},
        dict(SourceList.objects.values_list("code", "rank")),
    )
    _write_around(run, plan, known, seen)
    search.index([pk for _, _, pk in known])
    return [
        _line(fresh.row, said, "changed", pk, reported.differences(before[pk], changed.get(pk, {})))
        for fresh, said, pk in known
    ]


def _write_around(run: ImportRun, plan: Plan, rows: Owned, seen: Seen) -> None:
    """What stands beside an organisation: its numbers, other name, year, source row."""
    writing.add_identifiers([(pk, scheme, number) for _, said, pk in rows for scheme, number in said.numbers])
    writing.add_years([(pk, *said.year) for _, said, pk in rows if said.year])
    others = [(pk, said.other_name) for _, said, pk in rows if said.other_name]
    bulk.insert(OrganisationName, ("organisation_id", "name"), others, on_conflict="(organisation_id, name) DO NOTHING")
    columns = ("", *plan.heading)
    sources.keep(run, TABLE, columns, [(fresh, pk) for fresh, _, pk in rows], seen)

"""A batch of a list: organisations found again by number, or by name and postcode; the others are new."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from trellis.organisations import search
from trellis.organisations.imports import bulk, contacts, listed, matching, registrations, reported, sources, writing
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
TWICE = "The same organisation is already on an earlier line."
BLANK = dict.fromkeys(writing.FIELDS, "") | {
    "legal_form": Organisation.LegalForm.OTHER.value,
    "status": Organisation.Status.ACTIVE.value,
    "latest_income": None, "latest_year_end": None, "registered_on": None, "removed_on": None,
}  # fmt: skip
Read = list[tuple[RawRow, Listed]]
Due = list[tuple[Fresh, Listed]]
Owned = list[tuple[Fresh, Listed, int]]


@dataclass
class Met:
    """The kept rows that this file has: taken from it, or in it and refused or left aside; and its unreadable lines.

    `faulty`: how many rows came in without a value that could not be read.
    """

    taken: Seen = field(default_factory=Seen)
    others: Seen = field(default_factory=Seen)
    unreadable: int = 0
    faulty: int = 0

    def __contains__(self, row: int) -> bool:
        return row in self.taken or row in self.others


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


def take(run: ImportRun, plan: Plan, batch: Sequence[RawRow], met: Met) -> Outcome:
    """Take a batch in, inside the caller's transaction. A row's values are the day of reading, then its cells."""
    outcome = Outcome(refusals=[(row.line, row.reason) for row in batch if row.reason])
    read, others = _sifted(plan, batch, outcome)
    met.faulty += sum(bool(said.faults) for _, said in read)
    found = sources.sorted_out(run, TABLE, [(_key(said), row) for row, said in read], met.taken, plan.meaning)
    said_on = {row.line: said for row, said in read}
    outcome.refusals += [(row.line, reported.of(said_on[row.line].fields["name"], TWICE)) for row in found.twice]
    outcome.unchanged = len(found.same)
    outcome.lines = [_line(row, said_on[row.line], "unchanged", known.owner) for row, known in found.same]
    due = [(fresh, said_on[fresh.row.line]) for fresh in found.fresh]
    while due:  # a row may mean an organisation that one before it in the batch brings in
        new, known, due = _matched(due, outcome)
        outcome.lines += _add(run, plan, new, met.taken) + _change(run, plan, known, met.taken)
        outcome.added, outcome.changed = outcome.added + len(new), outcome.changed + len(known)
    here = _note_others(run, batch, others, met)
    sources.are_back([known.id for _, known in found.same] + here)
    return outcome


def skip(run: ImportRun, plan: Plan, batch: Sequence[RawRow], met: Met) -> None:
    """Note what a batch holds that is safely in already."""
    read, others = _sifted(plan, batch, Outcome())
    met.faulty += sum(bool(said.faults) for _, said in read)
    for known in sources.known_rows(run, TABLE, [_key(said) for _, said in read]).values():
        met.taken.add(known.id)
    _note_others(run, batch, others, met)


def _note_others(run: ImportRun, batch: Sequence[RawRow], keys: Sequence[str], met: Met) -> list[int]:
    """The kept rows of lines that were not taken: the file has them all the same."""
    met.unreadable += sum(bool(row.reason) for row in batch)
    here = [known.id for known in sources.known_rows(run, TABLE, keys).values()] if keys else []
    for row in here:
        met.others.add(row)
    return here


def _sifted(plan: Plan, batch: Sequence[RawRow], outcome: Outcome) -> tuple[Read, list[str]]:
    """The rows to take; and the keys of those that are refused, or of kinds and places that were not asked for."""
    places = [(plan.mapping.get(column, ""), place) for place, column in enumerate(plan.heading, 1)]
    read, refused = [], []
    for row in batch:
        if row.reason:
            continue
        by_field: dict[str, list[str]] = {}
        for meaning, place in places:
            if meaning:
                by_field.setdefault(meaning, []).append(row.values[place])
        try:
            read.append((row, listed.organisation(by_field, month_first=plan.reading.month_first)))
        except Refused as refusal:
            outcome.refusals.append((row.line, reported.of("".join(by_field.get("name", ())), str(refusal))))
            refused += _keys_of_refused(by_field)
    wanted = _wanted(plan.reading, read)
    outcome.aside = len(read) - len(wanted)
    if not outcome.aside:
        return wanted, refused
    lines = {row.line for row, _ in wanted}
    return wanted, refused + [_key(said) for row, said in read if row.line not in lines]


def _keys_of_refused(by_field: Mapping[str, Sequence[str]]) -> list[str]:
    """Under what a row may be kept from the time when it made sense: by all that it still says."""
    said = {name: next(filter(None, given), "") for name, given in by_field.items()}
    alone = ({"row_id": said.get("row_id", "")}, *({name: said.get(name, "")} for name in contacts.NUMBERS),
             {"postcode": said.get("postcode", "")})  # fmt: skip
    keys = []
    for part in alone:
        name = said.get("name", "") or "x"
        with suppress(Refused):
            keys.append(_key(listed.organisation({"name": [name], **{key: [value] for key, value in part.items()}})))
    return keys


def _wanted(reading: Reading, read: Read) -> Read:
    """The organisations of the kinds and places that were asked for."""
    wanted = read
    if reading.forms:
        wanted = [pair for pair in wanted if pair[1].fields.get("legal_form") in reading.forms]
    if reading.served:
        placed = writing.districts_of({said.fields.get("postcode", "") for _, said in wanted})
        served = {district.code for district in places.districts_served()}
        nowhere = writing.NOWHERE
        wanted = [pair for pair in wanted if placed.get(pair[1].fields.get("postcode", ""), nowhere)[0] in served]
    return wanted


def _line(row: RawRow, said: Listed, outcome: str, organisation: int, changes: dict | None = None) -> Reported:
    return Reported(
        row.line, outcome, said.fields["name"], organisation, (changes or {}) | reported.not_taken(said.faults)
    )


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
            outcome.refusals.append((fresh.row.line, reported.of(said.fields["name"], str(refusal))))
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
        registrations.elsewhere(run.source, {pk: dict(said.numbers) for _, said, pk in known}),
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

"""A batch of the register's main table: charities added, found again, changed or refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from trellis.organisations import search
from trellis.organisations.imports import matching, registrations, sources, writing
from trellis.organisations.imports.charities import FIELDS, Charity, charity
from trellis.organisations.imports.contacts import Sieve
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.runs import Outcome
from trellis.organisations.imports.seen import Seen
from trellis.organisations.imports.sources import Fresh
from trellis.organisations.imports.tables import CHARITY, EXTRACTED, ORGANISATION
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import ImportRun, SourceList

fields_of = attrgetter(*FIELDS)
# As to people: all its organisations are in a register, and no other column of it leads to anybody.
MEANINGS = dict.fromkeys(CHARITY.columns, "row_id") | {
    "charity_contact_email": "email", "charity_contact_phone": "phone", "charity_activities": "activities",
}  # fmt: skip


@dataclass
class Met:
    """What has been met so far in this file: main rows and their organisations by id, and the numbers refused.

    `others` are kept rows whose line makes no sense now, `unreadable` counts lines that do not even say whose they are,
    and `day` is the file's own.
    """

    rows: Seen = field(default_factory=Seen)
    others: Seen = field(default_factory=Seen)
    organisations: Seen = field(default_factory=Seen)
    refused: set[str] = field(default_factory=set)
    unreadable: int = 0
    day: str = ""

    def __contains__(self, row: int) -> bool:
        return row in self.rows or row in self.others


def take(run: ImportRun, batch: Sequence[RawRow], met: Met) -> Outcome:
    """Take a batch in, inside the caller's transaction. Counts are charities."""
    outcome = Outcome(refusals=[(row.line, row.reason) for row in batch if row.reason])
    if not run.source.keeps_contacts:
        sieve = Sieve(CHARITY.columns, MEANINGS)
        batch = [row if row.reason else row._replace(values=tuple(sieve.without(row.values))) for row in batch]
    bad = _note_unreadable(run, batch, met)
    keyed = [(CHARITY.key(row.values), row) for row in batch if not row.reason]
    found = sources.sorted_out(run, CHARITY.name, keyed, met.rows)
    for row in found.twice:
        outcome.refusals.append((row.line, f"Charity {row.values[ORGANISATION]} is already on an earlier line."))
    for _, known in found.same:
        met.organisations.add(known.owner)
    outcome.unchanged = len(found.same)
    read = _read(found.fresh, outcome, met)
    _add(run, [pair for pair in read if not pair[0].known], outcome, met)
    _change(run, [(fresh, said, fresh.known.owner) for fresh, said in read if fresh.known], outcome, met)
    refused = [one.known.id for one in found.fresh if one.known and one.key in met.refused]
    sources.are_back([known.id for _, known in found.same] + refused + bad)
    return outcome


def skip(run: ImportRun, batch: Sequence[RawRow], met: Met) -> None:
    """Note what a batch holds that is safely in already."""
    _note_unreadable(run, batch, met)
    known = sources.known_rows(run, CHARITY.name, [CHARITY.key(row.values) for row in batch if not row.reason])
    for row in batch:
        if row.reason or (kept := known.get(CHARITY.key(row.values))) is None:
            met.refused.update(row.values[ORGANISATION : ORGANISATION + 1])
        else:
            met.rows.add(kept.id)
            met.organisations.add(kept.owner)


def _note_unreadable(run: ImportRun, batch: Sequence[RawRow], met: Met) -> list[int]:
    """The kept rows of lines that cannot be read, as far as they say whose they are: the file has them all the same."""
    met.day = max([met.day, *(row.values[EXTRACTED] for row in batch if not row.reason)])
    bad = [row for row in batch if row.reason]
    numbers = {row.values[ORGANISATION] for row in bad if len(row.values) > ORGANISATION}
    met.refused.update(numbers)
    met.unreadable += sum(len(row.values) <= ORGANISATION or not row.values[ORGANISATION].isdecimal() for row in bad)
    here = [known.id for known in sources.known_rows(run, CHARITY.name, numbers).values()] if numbers else []
    for row in here:
        met.others.add(row)
    return here


def _read(fresh: Sequence[Fresh], outcome: Outcome, met: Met) -> list[tuple[Fresh, Charity]]:
    """The rows that make sense, with what they say; the others are refused."""
    read = []
    for one in fresh:
        try:
            read.append((one, charity(one.row.values)))
        except Refused as refusal:
            outcome.refusals.append((one.row.line, str(refusal)))
            met.refused.add(one.key)
    return read


def _add(run: ImportRun, read: Sequence[tuple[Fresh, Charity]], outcome: Outcome, met: Met) -> None:
    """Charities that the register did not have before: new organisations, unless another list brought them first."""
    held = matching.by_charity([(said.number, said.company) for _, said in read])
    new, already = [], []
    claimed: set[str] = set()
    for fresh, said in read:
        if said.number in claimed or (said.number in held and held[said.number].has_charity_row):
            outcome.refusals.append(
                (fresh.row.line, f"Charity number {said.number} belongs to another charity already.")
            )
            met.refused.add(fresh.key)
            continue
        claimed.add(said.number)
        if said.number in held:
            already.append((fresh, said, held[said.number].organisation_id))
        else:
            new.append((fresh, said))
    ids = writing.add(
        [dict(zip(FIELDS, fields_of(said), strict=True)) for _, said in new],
        run.source.code, [fresh.row.values[EXTRACTED] for fresh, _ in new],
    )  # fmt: skip
    _write_around(run, [(fresh, said, pk) for (fresh, said), pk in zip(new, ids, strict=True)], met)
    search.index_new({pk: said.name for pk, (_, said) in zip(ids, new, strict=True)})
    outcome.added += len(new)
    _change(run, already, outcome, met)


def _change(run: ImportRun, rows: Sequence[tuple[Fresh, Charity, int]], outcome: Outcome, met: Met) -> None:
    """Charities that the register has already: what is new of them is taken over."""
    if not rows:
        return
    changed = writing.change(
        {pk: dict(zip(FIELDS, fields_of(said), strict=True)) for _, said, pk in rows},
        run.source.code,
        {pk: fresh.row.values[EXTRACTED] for fresh, _, pk in rows},
        dict(SourceList.objects.values_list("code", "rank")),
        registrations.elsewhere(run.source, {pk: ["GB-CHC"] for *_, pk in rows}),
    )
    _write_around(run, rows, met)
    search.index([pk for pk, changes in changed.items() if "name" in changes])
    outcome.changed += len(rows)


def _write_around(run: ImportRun, rows: Sequence[tuple[Fresh, Charity, int]], met: Met) -> None:
    """What stands beside an organisation: its numbers, its latest year, its source row."""
    writing.add_identifiers([(pk, "GB-CHC", said.number) for _, said, pk in rows])
    writing.add_identifiers([(pk, "GB-COH", said.company) for _, said, pk in rows if said.company])
    writing.add_years([
        (pk, said.latest_year_end, said.latest_income, said.expenditure) for _, said, pk in rows if said.latest_year_end
    ])  # fmt: skip
    sources.keep(run, CHARITY.name, CHARITY.columns, [(fresh, pk) for fresh, _, pk in rows], met.rows)
    for *_, pk in rows:
        met.organisations.add(pk)

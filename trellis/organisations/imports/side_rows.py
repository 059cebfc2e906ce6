"""Batches of the register's other tables: what they add to charities, and what they no longer say.

A table's facts are written by its `Writer`; all tables keep their source rows. A row whose charity was refused in the
same file is kept and waits for it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from trellis.organisations import search
from trellis.organisations.imports import bulk, sources, values, writing
from trellis.organisations.imports.charity_rows import Met
from trellis.organisations.imports.rows import RawRow
from trellis.organisations.imports.runs import Outcome
from trellis.organisations.imports.seen import Seen
from trellis.organisations.imports.sources import Fresh
from trellis.organisations.imports.tables import AREAS, CHARITY, CLASSES, DOCUMENTS, NAMES, ORGANISATION, RETURNS, Table
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import Cause, ImportRun, Organisation, OrganisationName, SourceRow

Row = dict[str, str]
Facts = list[tuple[int, Row]]
BATCH = 2000
THEME = "What"  # of the three kinds of classification, the one that says what a charity is for
FORMER, WORKING = "Former name", "Working name"


@dataclass(frozen=True)
class Writer:
    """What a table means: `check` raises Refused; `add` and `remove` write its facts, each with its organisation."""

    check: Callable[[Row], None]
    add: Callable[[Facts], None]
    remove: Callable[[Facts], None]


def take(run: ImportRun, table: Table, batch: Sequence[RawRow], met: Met, seen: Seen) -> Outcome:
    """Take a batch in, inside the caller's transaction. Counts are charities that were not counted before."""
    outcome = Outcome(refusals=[(row.line, row.reason) for row in batch if row.reason])
    found = sources.sorted_out(run, table.name, _keyed(table, batch, outcome), seen)
    waiting = [
        Fresh(row, table.key(row.values), known.digest, known) for row, known in found.same if not known.organisation_id
    ]
    digests = {one.key: one.digest for one in found.fresh}
    for row in found.twice:  # the very same row again says nothing new
        if digests.get(table.key(row.values), sources.digest_of(row.values)) != sources.digest_of(row.values):
            outcome.refusals.append((row.line, "An earlier line says something else under the same key."))
    charities = sources.known_rows(
        run, CHARITY.name, [fresh.row.values[ORGANISATION] for fresh in found.fresh + waiting]
    )
    kept = []
    for fresh in found.fresh + waiting:
        number = fresh.row.values[ORGANISATION]
        owner = charities.get(number)
        try:
            WRITERS[table.name].check(_named(table, fresh.row))
            if not owner and number not in met.refused:
                raise Refused(f"No charity has the organisation number {number[:40]}.")
        except Refused as refusal:
            outcome.refusals.append((fresh.row.line, str(refusal)))
            continue
        kept.append((fresh, owner.organisation_id if owner else None))
    _write(run, table, kept, seen)
    _count(run, [charities[fresh.row.values[ORGANISATION]].id for fresh, owner in kept if owner], met, outcome)
    return outcome


def skip(run: ImportRun, table: Table, batch: Sequence[RawRow], seen: Seen) -> None:
    """Note what a batch holds that is safely in already."""
    keys = [table.key(row.values) for row in batch if not row.reason]
    for known in sources.known_rows(run, table.name, keys).values():
        seen.add(known.id)


def withdraw_unseen(run: ImportRun, table: Table, met: Met, seen: Seen) -> Outcome:
    """Take back what the table no longer says about the charities of this file. Years stay: eligibility looks back."""
    outcome = Outcome()
    gone = _unseen(run, table, met, seen)
    while batch := list(islice(gone, BATCH)):
        WRITERS[table.name].remove([(organisation, data) for _, organisation, data in batch])
        ids = [pk for pk, *_ in batch]
        SourceRow.objects.filter(pk__in=ids).update(digest="", last_run=run)
        owners = {organisation for _, organisation, _ in batch}
        main = SourceRow.objects.filter(source=run.source_id, table=CHARITY.name, organisation__in=owners)
        _count(run, list(main.values_list("pk", flat=True)), met, outcome)
    return outcome


def _unseen(run: ImportRun, table: Table, met: Met, seen: Seen) -> Iterator[tuple[int, int, Row]]:
    rows = SourceRow.objects.filter(source=run.source_id, table=table.name).exclude(digest="")
    ids = [
        pk
        for pk, organisation in rows.values_list("pk", "organisation_id").iterator()
        if organisation and pk not in seen and organisation in met.organisations
    ]
    for start in range(0, len(ids), BATCH):
        some = SourceRow.objects.filter(pk__in=ids[start : start + BATCH])
        yield from some.values_list("pk", "organisation_id", "data")


def _keyed(table: Table, batch: Sequence[RawRow], outcome: Outcome) -> list[tuple[str, RawRow]]:
    keyed = []
    for row in batch:
        if row.reason:
            continue
        if not row.values[ORGANISATION].isdecimal():
            outcome.refusals.append((row.line, "It has no charity's number (organisation_number)."))
            continue
        keyed.append((table.key(row.values), row))
    return keyed


def _write(run: ImportRun, table: Table, kept: Sequence[tuple[Fresh, int | None]], seen: Seen) -> None:
    """Facts and source rows; what a changed row said before is taken back first."""
    writer = WRITERS[table.name]
    old_ids = [fresh.known.id for fresh, _ in kept if fresh.known and fresh.known.digest]
    old = SourceRow.objects.filter(pk__in=old_ids, organisation__isnull=False)
    writer.remove(list(old.values_list("organisation_id", "data")))
    writer.add([(owner, _named(table, fresh.row)) for fresh, owner in kept if owner])
    sources.keep(run, table.name, table.columns, kept, seen)


def _count(run: ImportRun, main_rows: Sequence[int], met: Met, outcome: Outcome) -> None:
    """Count the charities whose side rows changed, each once, unless their own row was counted in this run."""
    not_yet = SourceRow.objects.filter(pk__in=set(main_rows)).exclude(last_run=run)
    ids = list(not_yet.values_list("pk", flat=True))
    SourceRow.objects.filter(pk__in=ids).update(last_run=run)
    outcome.changed += len(ids)
    outcome.unchanged -= sum(pk in met.rows for pk in ids)


def _named(table: Table, row: RawRow) -> Row:
    return {column: value for column, value in zip(table.columns, row.values, strict=True) if value}


# --- What each table means


def _check_return(row: Row) -> None:
    if not values.day(row.get("fin_period_end_date", ""), "fin_period_end_date"):
        raise Refused("It has no end of the financial year (fin_period_end_date).")
    _amounts(row)


def _amounts(row: Row) -> tuple[int | None, int | None]:
    return (
        values.pence(row.get("total_gross_income", ""), "total_gross_income"),
        values.pence(row.get("total_gross_expenditure", ""), "total_gross_expenditure"),
    )


def _add_years(facts: Facts) -> None:
    writing.add_years(
        (pk, values.day(row["fin_period_end_date"], "fin_period_end_date") or "", *_amounts(row)) for pk, row in facts
    )


def _check_name(row: Row) -> None:
    values.name(row.get("charity_name", ""), "charity_name")


def _add_names(facts: Facts) -> None:
    rows = [(pk, " ".join(row["charity_name"].split()), _kind(row)) for pk, row in facts]
    bulk.insert(
        OrganisationName, ("organisation_id", "name", "kind"), rows, on_conflict="(organisation_id, name) DO NOTHING"
    )
    search.index(list({pk for pk, _ in facts}))


def _kind(row: Row) -> str:
    return FORMER if "previous" in row.get("charity_name_type", "").lower() else WORKING


def _remove_names(facts: Facts) -> None:
    for pk, row in facts:
        OrganisationName.objects.filter(organisation=pk, name=" ".join(row["charity_name"].split())).delete()
    search.index(list({pk for pk, _ in facts}))


def _check_class(row: Row) -> None:
    values.whole_number(row.get("classification_code", ""), "classification_code", most=99_999)


def _add_causes(facts: Facts) -> None:
    themes = [(pk, row) for pk, row in facts if row.get("classification_type") == THEME]
    names = {row["classification_code"]: row.get("classification_description", "") for _, row in themes}
    bulk.insert(Cause, ("code", "name"), [(code, (name or code)[:120]) for code, name in names.items()],
                on_conflict="(code) DO NOTHING")  # fmt: skip
    through = Organisation.causes.through
    bulk.insert(through, ("organisation_id", "cause_id"), [(pk, row["classification_code"]) for pk, row in themes],
                on_conflict="(organisation_id, cause_id) DO NOTHING")  # fmt: skip


def _remove_causes(facts: Facts) -> None:
    for pk, row in facts:
        Organisation.causes.through.objects.filter(organisation=pk, cause=row["classification_code"]).delete()


def _nothing(_: object) -> None:
    """This table's rows are kept as they came and say nothing that a field of ours holds."""


WRITERS = {
    RETURNS.name: Writer(_check_return, _add_years, _nothing),
    NAMES.name: Writer(_check_name, _add_names, _remove_names),
    CLASSES.name: Writer(_check_class, _add_causes, _remove_causes),
    AREAS.name: Writer(_nothing, _nothing, _nothing),
    DOCUMENTS.name: Writer(_nothing, _nothing, _nothing),
}

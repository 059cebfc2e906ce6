"""What came from a list whose contacts have no legal basis any more, taken out of organisations.

And out of what tells of their past: their changes, the reports of imports, the reasons of merges.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from trellis.core.many import among
from trellis.organisations import families, provenance, search
from trellis.organisations.imports import contacts, kept_rows, writing
from trellis.organisations.imports.contacts import HIDDEN
from trellis.organisations.imports.reported import NOT_TAKEN
from trellis.organisations.models import (
    ImportLine,
    ImportRefusal,
    LinkQuestion,
    Merge,
    Organisation,
    OrganisationName,
    ProfileChange,
    SourceList,
    SourceRow,
)

FIELDS = ("name", "activities", "email", "phone", "address")
LINES = 5_000
QUOTED = re.compile(r"“[^”]*”")
MAY_HOLD_ONE = ("@", "0")  # no e-mail address and no telephone number is without


def take_from(owners: Collection[int], homes: Collection[int], code: str) -> int:
    """Take what the list of that code gave out of organisations' own values; how many held any.

    `homes`: those whose address may be somebody's home. Where another list knows how to reach one, that is shown next.
    Inside the caller's transaction.
    """
    families.locked(owners)
    gone: dict[int, dict[str, Any]] = {}
    noted: dict[int, provenance.Provenance] = {}
    for pk, own in families.own_values(owners).items():
        goes = _given_by(code, own.values, own.provenance, may_be_home=pk in homes)
        if goes:
            gone[pk], noted[pk] = goes, own.provenance
    _fill_again(gone, noted, code)
    writing.store(gone, noted)
    names = _forget_names(owners)
    search.index([*{*names, *(pk for pk, goes in gone.items() if "name" in goes)}])
    _forget_changes(owners, homes, code)
    _forget_reasons(gone.keys())
    return len(gone)


def forget_reports(source: SourceList) -> None:
    """Hide in the reports of imports what the list said, and what stood in its organisations before others changed it.

    What stood there may have been another list's, but the report does not say whose.
    """
    _forget_refusals(source)
    _forget_named(source)
    lines = ImportLine.objects.exclude(changes={})
    _hide(lines.filter(run__source=source), sides=(0, 1))
    here = Organisation.objects.filter(source_rows__source=source).values("reference")
    _hide(lines.exclude(run__source=source).filter(organisation__in=here), sides=(0,))


def _given_by(code: str, held: Mapping[str, Any], noted: provenance.Provenance, *, may_be_home: bool) -> dict[str, Any]:
    """Which of these fields go, and what is left of them: those that the list gave."""
    texts = {field: held[field] for field in FIELDS if held.get(field)}
    goes = contacts.what_goes(texts, may_be_home=may_be_home)
    return {field: left for field, left in goes.items() if (provenance.source_of(noted, field) or ("",))[0] == code}


def _fill_again(gone: dict[int, dict[str, Any]], noted: dict[int, provenance.Provenance], code: str) -> None:
    """Where a field is empty now, what the next of an organisation's other lists says of it, by its kept row."""
    rows = SourceRow.objects.filter(organisation__in=among(gone.keys()), table__in=kept_rows.DAYS).exclude(digest="")
    others = rows.exclude(source__code=code).select_related("source", "last_run")
    for row in others.order_by("source__rank", "-last_run", "pk"):
        assert row.organisation_id is not None  # it was asked for by that
        said, goes = kept_rows.said_of(row), gone[row.organisation_id]
        for field, value in said.fields.items():
            if goes.get(field) == "":
                goes[field] = value
                noted[row.organisation_id] = noted[row.organisation_id] | {field: [row.source.code, said.day]}


def _forget_names(owners: Collection[int]) -> set[int]:
    """Other names that hold a number or an address to reach somebody by; whose they were."""
    names = OrganisationName.objects.filter(organisation__in=among(owners))
    found = [one for one in names if contacts.without(one.name) != one.name]
    OrganisationName.objects.filter(pk__in=[one.pk for one in found]).delete()
    return {one.organisation_id for one in found}


def _forget_changes(owners: Collection[int], homes: Collection[int], code: str) -> None:
    """Out of what stood before people changed a profile, so that an undo does not bring it back."""
    for change in ProfileChange.objects.filter(organisation__in=among(owners)):
        noted = change.before.get("provenance", {})
        goes = _given_by(code, change.before, noted, may_be_home=change.organisation_id in homes)
        if goes:
            ProfileChange.objects.filter(pk=change.pk).update(before=change.before | goes)


def _forget_reasons(organisation_ids: Collection[int]) -> None:
    """Out of the reasons why two were asked about or merged: they quote what both have."""
    ids = among(organisation_ids)
    questions = LinkQuestion.objects.filter(Q(first__in=ids) | Q(second__in=ids))
    merges = Merge.objects.filter(Q(merged__in=ids) | Q(into__in=ids))
    for rows in (questions, merges):
        for pk, evidence in rows.values_list("pk", "evidence"):
            left = [reason | {"words": _without_quotes(reason)} for reason in evidence]
            if left != evidence:
                rows.model._base_manager.filter(pk=pk).update(evidence=left)


def _without_quotes(reason: Mapping[str, Any]) -> str:
    words = contacts.without(reason["words"])
    is_address = words.startswith("One address, “")
    return f"One address, {HIDDEN}" if is_address else words


def _forget_refusals(source: SourceList) -> None:
    """A refusal quotes what could not be taken: a telephone number in the column of dates."""
    refusals = ImportRefusal.objects.filter(run__source=source, reason__contains="“")
    for pk, reason in refusals.values_list("pk", "reason"):
        ImportRefusal.objects.filter(pk=pk).update(reason=QUOTED.sub(f"“{HIDDEN}”", reason))


def _forget_named(source: SourceList) -> None:
    """Names of a report's rows with a number or an address in them to reach somebody by."""
    may_hold_one = Q(*(("name__contains", mark) for mark in MAY_HOLD_ONE), _connector=Q.OR)
    for pk, name in ImportLine.objects.filter(may_hold_one, run__source=source).values_list("pk", "name"):
        if (left := contacts.without(name)) != name:
            ImportLine.objects.filter(pk=pk).update(name=left)


def _hide(lines: QuerySet[ImportLine], sides: tuple[int, ...]) -> None:
    """Put a mark in the place of what a report says of contacts before (0) and after (1)."""
    last = 0
    while some := list(lines.filter(pk__gt=last).order_by("pk")[:LINES]):
        last, changed = some[-1].pk, []
        for line in some:
            hidden = {field: _pair(field, pair, sides) for field, pair in line.changes.items()}
            if hidden != line.changes:
                line.changes = hidden
                changed.append(line)
        ImportLine.objects.bulk_update(changed, ["changes"], batch_size=500)


def _pair(field: str, pair: list[Any], sides: tuple[int, ...]) -> list[Any]:
    return [_hidden(field, value) if side in sides else value for side, value in enumerate(pair)]


def _hidden(field: str, value: Any) -> Any:
    if field in contacts.CONTACTS:
        return HIDDEN if value else value
    if field == NOT_TAKEN:
        return QUOTED.sub(f"“{HIDDEN}”", value)
    return contacts.without(value) if field in FIELDS and isinstance(value, str) else value

"""A small register to merge, and what is looked at afterwards."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from trellis.core.actors import SIMULATOR
from trellis.organisations import commands, search
from trellis.organisations.imports import runs
from trellis.organisations.models import Identifier, LinkQuestion, LinkRun, Merge, Organisation, SourceList
from trellis.organisations.rules.survivorship import COLUMNS


def organisation(name: str, source: str = "list", on: str = "2018-01-01", number: str = "", **values) -> Organisation:
    """One of a list, with a charity number if given."""
    SourceList.objects.get_or_create(
        code=source, defaults={"name": f"The {source}", "rank": 10 if source == "ccew" else 50}
    )
    made = Organisation.objects.create(
        reference=f"ORG-{Organisation.objects.count() + 1:04}", name=name, provenance={"*": [source, on]}, **values
    )
    if number:
        Identifier.objects.create(organisation=made, scheme="GB-CHC", value=number)
    search.index([made.pk])
    return made


def question(one: Organisation, other: Organisation, probability: float = 0.5, **fields) -> LinkQuestion:
    """Are they the same?"""
    first, second = sorted((one, other), key=lambda each: each.pk)
    said = {"probability": probability, "chance": probability} | fields
    return LinkQuestion.objects.create(first=first, second=second, **said)


def merge(one: Organisation, other: Organisation, by=SIMULATOR) -> Merge:
    """Merge two."""
    return commands.merge_organisations(one=one, other=other, reason="They share a hall", by=by)


def undo(merge: Merge, by=SIMULATOR) -> None:
    """Undo a merge."""
    commands.undo_merge(merge=merge, reason="They do not", by=by)


def rows() -> dict[int, tuple]:
    """All that the register shows of each organisation, and what it is found by."""
    shown = {pk: row for pk, *row in Organisation.objects.values_list("pk", "merged_into_id", "provenance", *COLUMNS)}
    return {
        pk: (row, search.finding.SearchEntry.objects.filter(pk=pk).values_list("text").first())
        for pk, row in shown.items()
    }


def parts_of_addresses() -> dict[str, object]:
    """A question that waits, a merge and a run, for the routes that are about one."""
    one, other, third = organisation("Ash Choir"), organisation("Ash Singers"), organisation("Singers of Ash")
    merged = merge(one, other).reference
    run = LinkRun.objects.create(reference="LNK-7K2M", started_by="person:0")
    return {
        "organisations question": question(one, third).pk,
        "organisations field": "phone",
        "merge reference": merged,
        "check_merge reference": merged,
        "undo_merge reference": merged,
        "link_run reference": run.reference,
    }


@contextmanager
def somebody_at_it() -> Iterator[None]:
    """An import in another thread, for a session that holds the register may hold it twice."""
    held, may_end = threading.Event(), threading.Event()

    def bring_in():
        with runs.only_one():
            held.set()
            may_end.wait(60)
        connections.close_all()

    importing = threading.Thread(target=bring_in)
    importing.start()
    assert held.wait(60)
    try:
        yield
    finally:
        may_end.set()
        importing.join()

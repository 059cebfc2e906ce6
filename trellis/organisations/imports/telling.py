"""What an import says on the command line: progress on standard error, the result on standard output."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from trellis.organisations.imports import gone, runs
from trellis.organisations.models import ImportRun
from trellis.organisations.rules.sources import NONE_IS_GONE
from trellis.web.words import counted

EVERY_SECONDS = 2.0
MOST_SHOWN = 50


@contextmanager
def progress(stream: Any) -> Iterator[Callable[[str, int], None]]:
    """A function that notes the line reached, every two seconds."""
    said_at = time.monotonic()

    def say(table: str, line: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= EVERY_SECONDS:
            said_at = time.monotonic()
            stream.write(f"{table}: {counted(line, 'line')}")

    yield say


def tell(run: ImportRun, stream: Any, *, as_json: bool, main_table: str = "") -> None:
    """The counts and the refusals of a run; as JSON, one object on one line."""
    refused = list(runs.refusals(run, main_table=main_table))
    counts = {name: getattr(run, name) for name in runs.COUNTS}
    if as_json:
        stream.write(json.dumps(counts | {"refusals": refused}))
        return
    stream.write(
        f"{run.reference}: {run.added:,} added, {run.changed:,} changed, {run.unchanged:,} unchanged, "
        f"{counted(run.refused, 'line')} refused, {run.gone:,} gone from the list."
    )
    if why := NONE_IS_GONE.get(run.notes.get(gone.NOTE, "")):
        stream.write(why)
    if faulty := run.notes.get("faulty"):
        stream.write(
            f"{counted(faulty, 'row')} taken without a value that could not be read: the import's page shows each."
        )
    for refusal in refused[:MOST_SHOWN]:
        table = f" of {refusal['table']}" if "table" in refusal else ""
        stream.write(f"line {refusal['line']}{table}: {refusal['reason']}")
    if len(refused) > MOST_SHOWN:
        stream.write(f"… and {len(refused) - MOST_SHOWN:,} more: --json gives all of them.")

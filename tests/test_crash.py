"""The register's import, killed (SIGKILL) at random moments and taken up again, loses and doubles nothing.

Short here; `TRELLIS_KILLS=50` (script/bench) makes it long.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Count

from trellis.audit.models import AuditEntry
from trellis.organisations.models import ImportRun, Organisation, OrganisationName, SearchEntry, SourceRow
from trellis.organisations.tests.extracts import charity, side, write

KILLS = int(os.environ.get("TRELLIS_KILLS", "1"))
ROWS = max(6_000, 2_000 * KILLS)  # a batch and a half
MEMBERS = ROWS // 2  # of a list, whose batches are half as long
BAD = 7
ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.real_time


@pytest.fixture(scope="module")
def extract(tmp_path_factory) -> Path:
    """A main table with some bad rows, and another table."""
    folder = tmp_path_factory.mktemp("extract")
    bad = set(random.Random(2).sample(range(ROWS), BAD))
    rows = [
        charity(200_000 + number, charity_name="" if number in bad else f"Choir of {number}") for number in range(ROWS)
    ]
    write(folder, "charity", rows)
    others = [
        side(200_000 + number, charity_name_id=str(number), charity_name=f"Singers {number}")
        for number in range(ROWS)
        if number % 3 == 0 and number not in bad
    ]
    write(folder, "charity_other_names", others)
    return folder


@pytest.fixture(scope="module")
def members(tmp_path_factory) -> Path:
    """A list as a body keeps it, some organisations in it twice."""
    path = tmp_path_factory.mktemp("list") / "members.csv"
    rows = [f"Choir of {number},{200_000 + number},TN1 1AA" for number in range(MEMBERS)]
    path.write_text("\n".join(["Name,Charity number,Postcode", *rows, *rows[:BAD]]), encoding="utf-8")
    return path


def start(copy, extract: Path) -> subprocess.Popen:
    deed = ["import_charities", str(extract)]
    if extract.suffix == ".csv":
        deed = ["import_organisations", str(extract), "--yes", "--owner", "Us", "--own", "--basis", "none"]
    command = [sys.executable, "-m", "trellis", *deed, "--json"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env=copy.environment(), **pipes)


def finish(process: subprocess.Popen) -> dict:
    out, error = process.communicate(timeout=600)
    assert process.returncode == 0, error
    return json.loads(out.splitlines()[-1])


def batches() -> int:
    return sum(ImportRun.objects.values_list("batches", flat=True))


def kill_after_progress(
    process: subprocess.Popen, chance: random.Random, progress: Callable[[], int] = batches, wait: float = 0.4
) -> bool:
    """Kill it at a random moment, at most `wait` seconds after its next batch; False when it ended before."""
    before = progress()
    while process.poll() is None and progress() == before:
        time.sleep(0.02)
    time.sleep(chance.random() * wait)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    return process.returncode == -signal.SIGKILL


def test_an_import_that_is_killed_and_taken_up_loses_and_doubles_nothing(committed_db, extract):
    chance = random.Random(1)
    killed = sum(kill_after_progress(start(committed_db, extract), chance) for _ in range(KILLS))
    assert killed, "it was never killed: give it more rows"

    finish(start(committed_db, extract))

    run = ImportRun.objects.get(status=ImportRun.Status.FINISHED, added__gt=0)
    assert (run.added, run.changed, run.unchanged, run.refused) == (ROWS - BAD, 0, 0, BAD)
    assert run.refusals.count() == BAD
    assert Organisation.objects.count() == ROWS - BAD
    assert SearchEntry.objects.count() == ROWS - BAD
    assert OrganisationName.objects.count() == SourceRow.objects.filter(table="charity_other_names").count()
    sharing = SourceRow.objects.filter(table="charity").values("organisation").annotate(rows=Count("id"))
    assert not sharing.filter(rows__gt=1).exists()
    assert AuditEntry.objects.filter(action="organisations.finish_import").exists()
    assert finish(start(committed_db, extract)) == {
        "added": 0, "changed": 0, "unchanged": ROWS - BAD, "refused": BAD, "gone": 0,
        "refusals": [{"line": refusal.line, "reason": refusal.reason} for refusal in run.refusals.all()],
    }  # fmt: skip


def test_a_list_that_is_killed_and_taken_up_loses_and_doubles_nothing(committed_db, members):
    chance = random.Random(3)
    assert sum(kill_after_progress(start(committed_db, members), chance) for _ in range(max(1, KILLS // 3)))

    finish(start(committed_db, members))

    run = ImportRun.objects.get(status=ImportRun.Status.FINISHED)
    assert (run.added, run.changed, run.unchanged, run.refused) == (MEMBERS, 0, 0, BAD)
    assert Organisation.objects.count() == SourceRow.objects.count() == SearchEntry.objects.count() == MEMBERS
    assert run.lines.count() == MEMBERS, "the report has a row for each"
    again = finish(start(committed_db, members))
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, MEMBERS)


def test_the_same_file_sent_twice_at_once_comes_in_once(committed_db, extract):
    first, second = start(committed_db, extract), start(committed_db, extract)
    outcomes = [(process.communicate(timeout=600), process.returncode) for process in (first, second)]

    assert 0 in (first.returncode, second.returncode)
    for (out, error), code in outcomes:
        if code:  # unless it began after the other had ended
            assert (code, out) == (2, "")
            assert error.strip() == "Another import is running. Wait until it ends, then start this one again."
    assert Organisation.objects.count() == ROWS - BAD
    assert sum(ImportRun.objects.values_list("added", flat=True)) == ROWS - BAD

"""The contacts of a list are being taken out, and the worker is killed (SIGKILL): begun again, it ends, and ends once.

Short here; `TRELLIS_KILLS=50` (script/bench) makes it long.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_crash import KILLS, ROOT, kill_after_progress
from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT
from trellis.organisations.commands import record_source
from trellis.organisations.imports import lists, withdrawal
from trellis.organisations.models import ContactWithdrawal, ImportRun, Organisation, SourceList, SourceRow
from trellis.organisations.tests.lists import on_record

ROWS = withdrawal.BATCH * max(3, KILLS)
PHONE = "01622 96"
NO_BASIS = {"contact_basis": "none", "contact_basis_words": "", "takes_out": True}
pytestmark = pytest.mark.real_time


@pytest.fixture
def outside(committed_db, settings, tmp_path) -> dict[str, str]:
    """The environment of a worker as it runs in use: its tasks come from the database, its files from a folder."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return committed_db.environment(TRELLIS_ENV="demo", TRELLIS_VAR=str(tmp_path))


def bring_in(folder: Path) -> Path:
    """A list with contacts, all in; and a file of it that was sent and waits. The place of that file."""
    text = "\n".join(
        ["Name,Email,Telephone,Postcode"]
        + [f"Choir of {number},c{number}@b.org,{PHONE}{number:04},TN1 1AA" for number in range(ROWS)]
    )
    path = folder / "members.csv"
    path.write_text(text, encoding="utf-8")
    source = on_record("members", agreed_until=None)
    lists.import_organisations(path=path, by=IMPORT, source="members")
    sent = folder / "uploads" / "imports" / "sent.csv"
    sent.parent.mkdir(parents=True)
    sent.write_text(text[:200], encoding="utf-8")
    ImportRun.objects.create(
        reference="IMP-SENT", source=source, file_name="sent.csv", file_digest="", status="checked",
        stored_file="imports/sent.csv", started_by="person:0",
    )  # fmt: skip
    return sent


def worker(environment: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "trellis", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def rows_done() -> int:
    return ContactWithdrawal.objects.get().rows_done


def check_nothing_is_half_done() -> None:
    """What is counted as done holds no contacts, neither row nor organisation; what is not is as it was."""
    done = ContactWithdrawal.objects.get()
    before, after = SourceRow.objects.filter(pk__lte=done.last_row), SourceRow.objects.filter(pk__gt=done.last_row)
    assert (before.count(), before.filter(data__has_key="Telephone").count()) == (done.rows_done, 0)
    assert after.count() == after.filter(data__has_key="Telephone").count() == ROWS - done.rows_done
    assert not Organisation.objects.filter(source_rows__in=before).exclude(email="", phone="").exists()
    assert Organisation.objects.filter(source_rows__in=after, phone__startswith=PHONE).count() == after.count()
    assert done.rows_cleared == done.organisations_cleared == done.rows_done


def audited(verb: str) -> list[dict]:
    return list(AuditEntry.objects.filter(action=f"organisations.{verb}").values_list("facts", flat=True))


def test_a_withdrawal_that_is_killed_and_taken_up_ends_complete_and_once(outside, tmp_path):
    sent, chance = bring_in(tmp_path), random.Random(5)
    record_source(values=NO_BASIS, source=SourceList.objects.get(code="members"), by=IMPORT)
    killed = 0
    for _ in range(max(1, KILLS // 2)):
        killed += kill_after_progress(worker(outside), chance, rows_done, wait=0.1)
        check_nothing_is_half_done()
        withdrawal.take_up(withdrawal=ContactWithdrawal.objects.get(), by=IMPORT)
    assert killed, "it was never killed: give it more rows"

    again = worker(outside)
    _, error = again.communicate(timeout=120)
    assert again.returncode == 0, error

    check_nothing_is_half_done()
    done = ContactWithdrawal.objects.get()
    assert (done.rows_done, done.rows_total, bool(done.finished_at)) == (ROWS, ROWS, True)
    assert not sent.exists()
    assert not ImportRun.objects.exclude(stored_file="").exists()
    assert audited("withdraw_contacts") == [{"rows": ROWS, "files": 1}]
    assert audited("finish_withdrawal") == [{"rows": ROWS, "organisations": ROWS}]
    assert withdrawal.go_on_with_withdrawals(by=IMPORT) == 0

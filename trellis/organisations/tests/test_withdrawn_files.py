"""A file that was sent and is not in holds the contacts of its list too: it goes with them, and its page says so."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT, NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.organisations import commands
from trellis.organisations.imports import runs, steering, uploads, withdrawal
from trellis.organisations.models import ContactWithdrawal, ImportRun, SourceList
from trellis.organisations.queries import imports as queries
from trellis.organisations.tests.lists import on_record

pytestmark = pytest.mark.django_db
ROWS = "Name,Email,Postcode\nAsh Choir,jean@b.org,TN1 1AA\n"
NO_BASIS = {"contact_basis": "none", "contact_basis_words": "", "takes_out": True}
Status = ImportRun.Status


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


def sent(name: str = "groups.csv", status: str = "", source: str = "groups") -> ImportRun:
    """A file of a list that is on record; `status`: where its run is meanwhile."""
    on_record(source)
    upload = SimpleUploadedFile(name, ROWS.encode())
    run = uploads.upload_list(upload=upload, file_name=name, source=source, by=IMPORT)
    if status:
        ImportRun.objects.filter(pk=run.pk).update(status=status)
    run.refresh_from_db()
    return run


def withdraw() -> None:
    commands.record_source(values=NO_BASIS, source=SourceList.objects.get(code="groups"), by=IMPORT)


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("status", ["mapping", "checking", "checked", "waiting", "paused"])
def test_a_file_that_waits_is_deleted_and_cannot_be_read_any_more(status, stored, django_capture_on_commit_callbacks):
    run = sent(status=status)
    assert files(stored)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw()
    run.refresh_from_db()
    assert (run.status, bool(run.stored_file), files(stored)) == ("cancelled", False, [])
    assert "Send the file again" in run.failure
    with pytest.raises(RuleBroken):
        uploads.confirm_list(run=run, by=IMPORT)
    with pytest.raises(RuleBroken):
        steering.resume_import(run=run, by=IMPORT)
    begun = AuditEntry.objects.get(action="organisations.withdraw_contacts")
    assert begun.facts == {"rows": 0, "files": 1}


def test_files_of_runs_that_failed_or_broke_off_go_too(stored, django_capture_on_commit_callbacks):
    failed, broken_off = sent("first.csv", Status.FAILED), sent("second.csv", Status.RUNNING)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw()
    assert files(stored) == []
    failed.refresh_from_db()
    broken_off.refresh_from_db()
    assert (failed.failure, broken_off.status) == ("", "failed")
    assert "so it was deleted" in broken_off.failure


def test_files_of_other_lists_and_those_sent_after_it_stay(stored, django_capture_on_commit_callbacks):
    other = sent("towns.csv", source="towns")
    mine = sent()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw()
    mine.refresh_from_db()
    later = uploads.upload_list(
        upload=SimpleUploadedFile("groups.csv", ROWS.encode()), file_name="groups.csv", source="groups", by=IMPORT
    )
    assert sorted(files(stored)) == sorted(Path(run.stored_file.name).name for run in (other, later))
    assert mine.status == "cancelled"


def test_a_kill_before_the_file_is_gone_leaves_it_to_the_next(stored, django_capture_on_commit_callbacks):
    sent()
    with django_capture_on_commit_callbacks(execute=False):
        withdraw()  # and then it is killed
    assert files(stored), "what deletes a file cannot be rolled back, so it waits for the commit"
    assert ContactWithdrawal.objects.get().finished_at is None
    for name in files(stored):
        (stored / "imports" / name).unlink()  # killed again, between the file and the row that names it
    assert withdrawal.go_on_with_withdrawals(by=NIGHTLY) == 1
    assert not ImportRun.objects.exclude(stored_file="").exists()
    assert ContactWithdrawal.objects.get().finished_at


def test_an_import_that_is_under_way_keeps_its_file_until_it_has_stopped(stored, django_capture_on_commit_callbacks):
    run = sent(status=Status.RUNNING)
    with django_capture_on_commit_callbacks(execute=False):
        withdraw()
    run.refresh_from_db()
    assert (run.status, len(files(stored))) == ("running", 1)
    with pytest.raises(RuleBroken, match="has changed meanwhile"):
        run.source.contact_basis = "interests"
        runs.hold_basis(run)


@pytest.mark.real_time
def test_the_page_names_them_though_time_passes(django_capture_on_commit_callbacks):
    on_record("groups", agreed_until=None)
    sent()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw()
    done = ContactWithdrawal.objects.get()
    assert [run.file_name for run in queries.deleted_files(done)] == ["groups.csv"]


def test_the_page_tells_of_a_file_in_the_folder_of_lists(page_client, cast):
    on_record("groups", watched_file="groups.csv")
    withdraw()
    page = page_client.get("/organisations/import/lists/groups/contacts/", by=cast.olive)
    assert "Its file in the folder of lists, groups.csv, is not ours to delete." in page.text


def test_the_pages_say_which_files_to_send_again(page_client, cast, django_capture_on_commit_callbacks):
    run = sent("members of June.csv")
    path = "/organisations/import/lists/groups/"
    with django_capture_on_commit_callbacks(execute=False):
        withdraw()
    page = page_client.get(path + "contacts/", by=cast.olive)
    assert "so we delete it" in page.text
    withdrawal.go_on_with_withdrawals(by=NIGHTLY)
    page = page_client.get(path + "contacts/", by=cast.olive)
    assert "so we deleted it" in page.text
    assert page.href("members of June.csv") == f"/organisations/import/{run.reference}/"
    assert page.href("Send it again") == "/organisations/import/new/"
    page = page_client.get(f"/organisations/import/{run.reference}/", by=cast.olive)
    assert "Its file held them, so it was deleted. Send the file again" in page.text

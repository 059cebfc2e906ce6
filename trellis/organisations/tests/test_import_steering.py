"""Runs that are paused, go on, are given up; lists that come in by night."""

import shutil
from datetime import date

import pytest
from django.core.management import call_command

from trellis.audit.models import AuditEntry
from trellis.core.actors import COMMAND_LINE, NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.organisations.imports import lists, steering, watching
from trellis.organisations.models import ImportRun, Organisation, SourceRow
from trellis.organisations.tests.lists import counts, on_record, read, write

pytestmark = pytest.mark.django_db
ROWS = [f"Choir of {number},TN1 {number % 10}AA" for number in range(30)]


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(lists, "BATCH", 10)


def stop_after_first_batch(deed):
    """A progress function that steers the run once its first batch is in."""

    def steer(table: str, line: int) -> None:
        if line <= 11:
            deed(run=ImportRun.objects.get(), by=COMMAND_LINE)

    return steer


def test_a_run_that_is_paused_keeps_what_is_in_and_goes_on_from_there(tmp_path, small_batches):
    path = write(tmp_path, "Name,Postcode", *ROWS)
    run = read(path, progress=stop_after_first_batch(steering.pause_import))
    assert (run.status, run.added, Organisation.objects.count()) == ("paused", 10, 10)
    again = read(path)
    assert again == run
    assert (again.status, *counts(again)) == ("finished", 30, 0, 0, 0)
    assert SourceRow.objects.count() == 30
    actions = [entry.action.split(".")[1] for entry in AuditEntry.objects.filter(subject=f"import {run.reference}")]
    assert sorted(actions) == ["finish_import", "pause_import", "resume_import", "start_import"]


def test_a_run_that_was_started_elsewhere_is_told_how_to_go_on(tmp_path, small_batches):
    run = read(write(tmp_path, "Name,Postcode", *ROWS), progress=stop_after_first_batch(steering.pause_import))
    with pytest.raises(RuleBroken, match="Give the same command again"):
        steering.resume_import(run=run, by=COMMAND_LINE)
    steering.cancel_import(run=run, by=COMMAND_LINE)
    assert ImportRun.objects.get().status == "cancelled"


def test_a_run_that_has_ended_is_neither_paused_nor_cancelled(tmp_path, cast):
    run = read(write(tmp_path, "Name,Postcode", *ROWS[:1]))
    for deed in (steering.pause_import, steering.cancel_import, steering.resume_import):
        with pytest.raises(RuleBroken):
            deed(run=run, by=cast.ada)
    with pytest.raises(RuleBroken, match="You may not"):
        steering.pause_import(run=run, by=cast.alice)
    assert (
        not AuditEntry.objects.filter(action__endswith="e_import", subject__contains=run.reference)
        .exclude(action__endswith="finish_import")
        .exists()
    )


def test_imports_are_listed_and_steered_on_the_command_line(tmp_path, capsys):
    run = read(write(tmp_path, "Name,Postcode", *ROWS[:1]))
    ImportRun.objects.update(status="running")
    call_command("imports", "pause", run.reference.lower())
    call_command("imports")
    assert f"{run.reference}  Paused: groups, groups.csv; 1 added" in capsys.readouterr().out


@pytest.fixture
def folder(settings, tmp_path):
    settings.LISTS_ROOT = tmp_path / "lists"
    settings.LISTS_ROOT.mkdir()
    return settings.LISTS_ROOT


def night() -> list[str]:
    return [watching.said(found) for found in watching.import_changed_lists(by=NIGHTLY)]


def test_a_watched_list_comes_in_by_night_when_it_has_changed_and_shows_only_that(folder):
    first = write(folder, "Name,Postcode,Email", "Choir,TN1 1AA,a@b.org", "Singers,TN1 1AB,")
    on_record(watched_file="groups.csv")
    read(first)
    assert night() == []
    write(folder, "Name,Postcode,Email", "Choir,TN1 1AA,new@b.org", "Singers,TN1 1AB,")
    assert night() == ["groups: 0 added, 1 changed, 1 unchanged, 0 refused, 0 gone"]
    line = ImportRun.objects.first().lines.get()
    assert (line.line, line.changes) == (2, {"email": ["a@b.org", "new@b.org"]})
    assert night() == []


@pytest.mark.parametrize(
    ("heading", "changes", "said"),
    [("Name,Postcode,Colour", {}, "“Colour” of which nobody has said"), (None, {}, "There is no file"),
     ("Name,Postcode", {"agreed_until": date(2018, 7, 1)}, "ended on 1 July 2018")],
)  # fmt: skip
def test_a_watched_list_that_cannot_come_in_says_why_once(folder, heading, changes, said):
    read(write(folder, "Name,Postcode", "Choir,TN1 1AA"))
    on_record(watched_file="groups.csv", **changes)
    (folder / "groups.csv").unlink()
    if heading:
        write(folder, heading, "Choir,TN1 1AA,red")
    assert said in night()[0]
    night()
    assert ImportRun.objects.filter(status="failed").count() == 1


def test_a_watched_file_is_never_read_outside_its_folder(folder, tmp_path):
    read(write(tmp_path, "Name,Postcode", "Choir,TN1 1AA"))
    shutil.copy(tmp_path / "groups.csv", folder.parent / "else.csv")
    (folder / "groups.csv").symlink_to(folder.parent / "else.csv")
    on_record(watched_file="groups.csv")
    assert "not in the folder of lists" in night()[0]

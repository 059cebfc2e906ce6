"""`trellis`: what it lists, and how it refuses."""

import subprocess
import sys

import pytest
from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from django.db import OperationalError, ProgrammingError

from trellis import __main__ as command_line
from trellis import command_list
from trellis.core.errors import RuleBroken
from trellis.settings import ROOT


def trellis(*typed: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "trellis", *typed],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def failing(monkeypatch, capsys):
    """Run a command that fails with an error; gives the exit code and what was said on standard error."""

    def failing(error: BaseException, *typed: str) -> tuple[int, str]:
        class Command(BaseCommand):
            requires_system_checks: list[str] = []

            def handle(self, **options):
                raise error

        monkeypatch.setattr(command_line, "find_command", lambda name: Command())
        monkeypatch.setattr(command_line.sys, "argv", ["trellis", "fail", *typed])
        monkeypatch.setattr("django.db.connections.close_all", lambda: None)
        with pytest.raises(SystemExit) as left:
            command_line.main()
        said = capsys.readouterr()
        assert said.out == ""
        return left.value.code, said.err

    return failing


def test_trellis_alone_lists_our_commands_by_area_above_djangos():
    alone, asked = trellis(), trellis("help")
    assert (alone.returncode, alone.stderr) == (0, "")
    assert alone.stdout == asked.stdout
    lines = alone.stdout.splitlines()
    area = lines.index("Commissioning")
    assert lines[area + 2].split(maxsplit=1) == ["budget", command_list.purpose(command_list.commands()["budget"])]
    assert area < lines.index("Django")
    assert "migrate" in alone.stdout.partition("\nDjango\n")[2]


def test_help_says_how_one_command_works():
    told = trellis("help", "budget")
    assert told.returncode == 0
    assert told.stdout.startswith("usage: trellis budget")
    assert "--step-down PERCENT" in told.stdout


def test_the_version_is_the_one_of_this_checkout():
    asked, alone = trellis("--version"), trellis("version")
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, alone.stdout, "")
    assert f'version = "{alone.stdout.strip()}"' in (ROOT / "pyproject.toml").read_text()


def test_every_command_of_ours_says_what_it_does():
    ours = {name: file for name, file in command_list.commands().items() if ROOT / "trellis" in file.parents}
    assert "budget" in ours
    assert {name for name, file in ours.items() if not command_list.purpose(file)} == set()


def test_a_name_that_no_command_has_is_refused_with_the_nearest():
    ran = trellis("bugdet")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "There is no command called bugdet: did you mean budget?\n"
    assert (
        trellis("help", "xyzzy").stderr == "There is no command called xyzzy: `trellis help` lists those there are.\n"
    )


def test_a_setting_that_is_wrong_is_refused_in_a_sentence():
    ran = trellis("migrate", TRELLIS_ENV="holiday")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "TRELLIS_ENV is 'holiday': use one of demo, test, production.\n"


def test_where_nothing_can_be_written_a_budget_is_still_worked_out_and_the_rest_is_refused():
    nowhere = {"TRELLIS_VAR": "/dev/null/nowhere", "TRELLIS_ENV": "demo"}
    assert trellis("budget", "--baseline", "1", "--step-down", "1", "--years", "1", **nowhere).returncode == 0
    ran = trellis("migrate", **nowhere)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert ran.stderr.startswith("The database says “unable to open database file”")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CommandError("no such file"), "No such file.\n"),
        (CommandError("list.csv is empty"), "list.csv is empty.\n"),
        (CommandError("Two lines\n  of it.", returncode=1), "Two lines of it.\n"),
        (CommandError(""), "CommandError.\n"),
        (RuleBroken("The step down must be under 100."), "The step down must be under 100.\n"),
        (
            ProgrammingError("no relation cases\nLINE 1: SELECT"),
            "The database says “no relation cases”: check DATABASE_URL, and that `trellis migrate` has run.\n",
        ),
        (
            OperationalError("no such table: cases"),
            "The database says “no such table: cases”: check DATABASE_URL, and that `trellis migrate` has run.\n",
        ),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_2(failing, error, said):
    assert failing(error) == (2, said)


def test_faults_that_checks_find_are_listed_whole(failing):
    faults = "System check identified some issues:\n\nERRORS:\n?: (x.E1) Broken."
    assert failing(SystemCheckError(faults)) == (2, f"{faults}\n")


def test_traceback_shows_where_a_refusal_arose(failing):
    code, said = failing(CommandError("No."), "--traceback")
    assert code == 2
    assert said.startswith("Traceback")
    assert said.endswith("\nNo.\n")


def test_stopping_a_command_by_hand_is_no_failure_of_ours(failing):
    assert failing(KeyboardInterrupt()) == (130, "")

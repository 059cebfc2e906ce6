"""`trellis deadline` as people and programs run it: a process of its own, with nothing in its environment."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from trellis.core import rulebook
from trellis.settings import ROOT


def trellis(*typed: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "trellis", *typed], env={}, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def deadline(*typed: str) -> str:
    out = StringIO()
    call_command("deadline", *typed, stdout=out)
    return out.getvalue()


def test_it_runs_with_no_database_and_no_environment():
    ran = trellis("deadline", "call-in", "--from", "2019-10-17", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    found = json.loads(ran.stdout)
    assert list(found) == ["date", "working"]
    assert found["date"] == "2019-10-25"
    assert found["working"][1] == {"date": "2019-10-18", "count": 1, "note": "working day 1 of 5"}
    assert found["working"][2] == {"date": "2019-10-19", "count": None, "note": "Saturday"}
    assert [day["date"] for day in found["working"]][:: len(found["working"]) - 1] == ["2019-10-17", "2019-10-25"]


def test_a_standstill_has_its_end():
    found = json.loads(deadline("standstill-pcr2015", "--from", "2016-10-14", "--json"))
    assert list(found) == ["date", "end", "working"]
    assert (found["end"], found["date"]) == ("2016-10-24", "2016-10-25")


def test_it_prints_lines_to_read():
    lines = deadline("forward-plan", "--from", "2018-01-08").splitlines()
    assert lines[0] == (
        "When the notice is published on Monday 8 January 2018, the decision may be made from Tuesday 6 February 2018."
    )
    assert lines[1].startswith("28 clear calendar days: Local Authorities")
    assert lines[3] == "Mon  8 January 2018      the day on which the notice is published"
    assert lines[4] == "Tue  9 January 2018   1  clear day 1 of 28"
    assert len(lines) == 3 + 30


def test_a_figure_that_nobody_checked_says_so(monkeypatch):
    figure = rulebook.parameter("decisions.agenda_days", on=date(2018, 7, 2))
    unseen = rulebook.book() | {figure.name: (replace(figure, verified=False),)}
    said = "Nobody has checked this figure at its source yet."
    assert said not in deadline("agenda", "--from", "2018-07-02")
    monkeypatch.setattr(rulebook, "book", lambda: unseen)
    assert said in deadline("agenda", "--from", "2018-07-02")


REFUSED = [
    ((), "Say which rule: one of forward-plan, agenda, call-in"),
    (("agenda",), "Say --from: a day like 2018-01-08."),
    (("tea", "--from", "2018-01-08"), "There is no rule called tea"),
    (("agenda", "--from", "8/1/2018"), "Write --from as a day like 2018-01-08, not '8/1/2018'."),
    (("agenda", "--from", "2018-02-30"), "There is no day 2018-02-30"),
    (("agenda", "--from", "20180108"), "Write --from as a day like 2018-01-08"),
    (("agenda", "--from", "2018-W02-1"), "Write --from as a day like 2018-01-08"),
    (("standstill-pa2023", "--from", "2025-02-23"), "is counted from 24 February 2025 on"),
    (("call-in", "--from", "2050-01-01"), "The bank holidays of 2050 are not known yet"),
]


@pytest.mark.parametrize(("typed", "sentence"), REFUSED, ids=[" ".join(typed) or "nothing" for typed, _ in REFUSED])
def test_what_it_cannot_do_it_refuses_in_a_sentence(typed, sentence):
    with pytest.raises(CommandError) as refused:
        deadline(*typed)
    assert sentence in str(refused.value)


def test_a_refusal_is_exit_2_with_nothing_printed():
    ran = trellis("deadline", "standstill-pa2023", "--from", "2025-02-23", "--json")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "The standstill of the 2023 act is counted from 24 February 2025 on: Procurement Act 2023, section 51.\n"
    )

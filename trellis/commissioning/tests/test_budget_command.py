"""`trellis budget` as people and programs run it: a process of its own, with nothing in its environment."""

import json
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from trellis.settings import ROOT

DECIDED = ["--baseline", "615291", "--step-down", "10", "--years", "3", "--extensions", "2", "--start", "2017-01-01"]


def trellis(*typed: str) -> subprocess.CompletedProcess:
    """Run the command line with an empty environment."""
    return subprocess.run(
        [sys.executable, "-m", "trellis", *typed], env={}, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def budget(*typed: str) -> dict:
    out = StringIO()
    call_command("budget", *typed, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_it_runs_with_no_database_and_no_environment():
    ran = trellis("budget", *DECIDED, "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    found = json.loads(ran.stdout)
    assert list(found) == [
        "years",
        "financial_years",
        "term_total",
        "total_with_extensions",
        "present_value",
        "present_value_with_extensions",
    ]
    assert list(found["years"][0]) == [
        "year",
        "start",
        "end",
        "value",
        "annual_saving",
        "cumulative_saving",
        "quarters",
    ]
    assert found["years"][0]["quarters"][0] == {"start": "2017-01-01", "end": "2017-03-31", "value": "138440.48"}
    assert found["years"][4]["quarters"][0]["value"] == "90830.80"
    assert found["financial_years"][0] == {"year": "2016-17", "value": "138440.48"}
    assert found["term_total"] == "1500694.75"
    assert found["total_with_extensions"] == "2267710.36"
    assert found["present_value"] == "1454017.54"
    assert found["present_value_with_extensions"] == "2134740.14"


def test_it_prints_tables_to_read():
    ran = trellis("budget", *DECIDED)
    assert "1              2017-01-01  2017-12-31  £553,761.90     £61,529.10         £61,529.10" in ran.stdout
    assert "3 years                      £1,500,694.75          £1,454,017.54" in ran.stdout


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Say --baseline: an amount in pounds like 615291 or 615291.50.\n"),
        ("--baseline 100 --step-down 100 --years 3", "The step down must be a percentage from 0 to under 100.\n"),
        ("--baseline --years 3", "Argument --baseline: expected one argument.\n"),
        ("--baseline 100 --colour red", "Unrecognized arguments: --colour red.\n"),
    ],
)
def test_a_refusal_is_one_sentence_on_standard_error_and_exit_2(typed, sentence):
    ran = trellis("budget", *typed.split(), "--json")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", sentence)


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--baseline", "x"),
        ("--baseline", "NaN"),
        ("--baseline", "Infinity"),
        ("--baseline", "1e3"),
        ("--baseline", "1_000"),
        ("--baseline", "12,34"),
        ("--baseline", "9" * 400),
        ("--baseline", "100.001"),
        ("--baseline", "0"),
        ("--step-down", "ten"),
        ("--step-down", "£10"),
        ("--years", "1.5"),
        ("--years", "0"),
        ("--years", "99999999999999999999"),
        ("--extensions", ""),
        ("--extensions", "-1"),
        ("--start", "2017-02-30"),
        ("--start", "1 January 2017"),
        ("--start", ""),
        ("--start", "9999-12-31"),
    ],
)
def test_what_cannot_be_read_is_refused(option, text):
    good = {"--baseline": "100", "--step-down": "10", "--years": "3", "--start": "2017-01-01"}
    with pytest.raises(CommandError):
        budget(*(f"{name}={given}" for name, given in (good | {option: text}).items()))


@pytest.mark.parametrize("written", ["615291", "615,291", "£615,291.00", " 615291.0 "])
def test_pounds_may_be_written_as_people_write_them(written):
    found = budget("--baseline", written, "--step-down", "12.5%", "--years", "1", "--start", "2017-01-01")
    assert found["term_total"] == "538379.63"
    assert found["term_total"] == found["total_with_extensions"]


def test_it_starts_on_the_next_1_april_unless_told():
    found = budget("--baseline", "100", "--step-down", "0", "--years", "1")
    assert found["years"][0]["start"] == str(date(2019, 4, 1))
    assert found["financial_years"] == [{"year": "2019-20", "value": "100.00"}]

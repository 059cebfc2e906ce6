"""`trellis share` as people and programs run it, and what it refuses."""

import copy
import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from trellis.payments.tests.test_sharing import a_year
from trellis.settings import ROOT

SCHEMA = json.loads((ROOT / "trellis/payments/sharing/schema.json").read_text())
GOOD = a_year()


def changed(path: list, value: object) -> dict:
    """The good file with one thing put another way; `...` takes it away."""
    document = copy.deepcopy(GOOD)
    *way, last = path
    inner: object = document
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return document


def trellis(*typed: str, stdin: str = "") -> subprocess.CompletedProcess:
    """Run the command line with an empty environment."""
    return subprocess.run(
        [sys.executable, "-m", "trellis", *typed],
        env={}, cwd=ROOT, capture_output=True, text=True, timeout=120, input=stdin,
    )  # fmt: skip


@pytest.fixture
def file(tmp_path):
    def write(document: object) -> str:
        path = tmp_path / "year.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return str(path)

    return write


def shared(path: str) -> dict:
    out = StringIO()
    call_command("share", path, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_it_runs_with_no_database_and_no_environment():
    ran = trellis("share", "-", "--json", stdin=json.dumps(GOOD))

    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == {
        "quality": 0.8,
        "difference": "100.00",
        "pool": "40.00",
        "partners": [
            {"name": "Cobnut", "amount": "12.00"},
            {"name": "Ash", "amount": "12.00"},
            {"name": "Bramble", "amount": "16.00"},
        ],
        "commissioner": "60.00",
    }


def test_it_prints_tables_to_read():
    ran = trellis("share", "-", stdin=json.dumps(a_year(actual_cost=2000)))

    assert "Bramble  −£200.00       −£100.00" in ran.stdout
    assert "Caps keep £200.00 from the partners" in ran.stdout


def test_numbers_are_read_as_they_are_written(file):
    written = json.dumps(GOOD).replace('"0.4"', "0.40000000000000000000000000000").replace("1000", "1e3", 1)
    assert shared(file(written)) == shared(file(GOOD))
    # 0.1 + 0.2 + 0.7 is 1 in decimals, and is not in floating numbers
    tenths = [{"name": name, "share": part, "pain_cap": 0} for name, part in (("a", 0.1), ("b", 0.2), ("c", 0.7))]
    assert shared(file(a_year(partners=tenths)))["pool"] == "40.00"


def test_notes_of_ones_own_and_a_byte_order_mark_are_passed_over(file):
    assert shared(file("\ufeff" + json.dumps(GOOD | {"note": "agreed in June"}))) == shared(file(GOOD))


REFUSED = [
    (["target_cost"], ..., "target_cost is missing."),
    (["target_cost"], True, "target_cost must be a number."),
    (["target_cost"], None, "target_cost must be a number."),
    (["target_cost"], -1, "target_cost must be 0 or more."),
    (["target_cost"], "£5", 'target_cost must be a number, or a number in quotation marks such as "0.1".'),
    (["target_cost"], "", 'target_cost must be a number, or a number in quotation marks such as "0.1".'),
    (["target_cost"], "NaN", 'target_cost must be a number, or a number in quotation marks such as "0.1".'),
    (["target_cost"], "1e999999999", "target_cost is too long a number, too large or too small."),
    (["target_cost"], 10**16, "target_cost must be at most 1,000,000,000,000,000."),
    (["actual_cost"], float("nan"), "actual_cost must be a finite number."),
    (["actual_cost"], float("inf"), "actual_cost must be a finite number."),
    (["actual_cost"], "-0.01", "actual_cost must be 0 or more."),
    (["overshoot"], -0.1, "overshoot must be 0 or more."),
    (["gate"], ..., "gate is missing."),
    (["gate"], -1, "gate must be 0 or more."),
    (["gain_ratio"], 1.5, "gain_ratio must be from 0 to 1."),
    (["pain_ratio"], -0.5, "pain_ratio must be 0 or more."),
    (["measures"], [], "measures must be a list in brackets, with one entry at least."),
    (["measures"], {}, "measures must be a list in brackets, with one entry at least."),
    (["measures", 0], 7, "measures[0] must be an object in braces."),
    (["measures", 0, "name"], " ", "measures[0].name must be a name, in quotation marks."),
    (["measures", 0, "name"], "a\nb", "measures[0].name must be a name on one line, without control characters."),
    (["measures", 0, "target"], 0, "measures[0].target must differ from the floor."),
    (["measures", 0, "target"], "0.0", "measures[0].target must differ from the floor."),
    (["measures", 0, "actual"], [1], "measures[0].actual must be a number."),
    (["measures", 0, "weight"], "0.999", "measures have weights that sum to 0.999: they must sum to 1 exactly."),
    (["measures", 0, "weight"], "0.9999999999999999999",
     "measures have weights that sum to not quite 1: they must sum to 1 exactly."),
    (["partners"], ..., "partners is missing."),
    (["partners"], [], "partners must be a list in brackets, with one entry at least."),
    (["partners", 1, "name"], "Cobnut",
     "partners[1].name is “Cobnut”, as another before it: give each a name of its own."),
    (["partners", 1, "share"], -0.3, "partners[1].share must be 0 or more."),
    (["partners", 1, "share"], 0.31, "partners have shares that sum to 1.01: they must sum to 1 exactly."),
    (["partners", 2, "pain_cap"], -1, "partners[2].pain_cap must be 0 or more."),
    (["partners", 2, "pain_cap"], ..., "partners[2].pain_cap is missing."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "sentence"), REFUSED, ids=[each[2].replace(".", "") for each in REFUSED])
def test_what_is_wrong_is_named_by_its_path(path, value, sentence, file):
    with pytest.raises(CommandError) as refused:
        shared(file(changed(path, value)))
    assert str(refused.value).endswith(f"year.json, {sentence}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is not JSON: Expecting value at line 1, column 1."),
        ("[]", "the whole of it must be an object in braces."),
        ('{"gate": 0, "gate": 1}', "gate stands twice."),
        (json.dumps(GOOD).replace('"floor": 0', '"floor": 0, "floor": 1'), "measures[0].floor stands twice."),
        ("9" * 5000, "it is not JSON that can be read: a number is too long or lists stand too deep."),
    ],
)
def test_what_is_no_sharing_at_all_is_refused(text, sentence, file):
    with pytest.raises(CommandError) as refused:
        shared(file(text))
    assert str(refused.value).endswith(f"year.json, {sentence}")


def test_a_refusal_is_one_sentence_on_standard_error_and_exit_2():
    ran = trellis("share", "-", "--json", stdin=json.dumps(changed(["measures", 0, "target"], 0)))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "In standard input, measures[0].target must differ from the floor.\n"
    ran = trellis("share", "nowhere.json")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "The file nowhere.json cannot be read: No such file or directory.\n"


def test_the_published_schema_says_what_the_reader_says():
    validator = Draft202012Validator(SCHEMA)
    Draft202012Validator.check_schema(SCHEMA)
    assert validator.is_valid(GOOD)
    beyond = ("sum to", "must differ", "as another before", "finite", "too long", "control characters")
    for path, value, sentence in REFUSED:
        if value == float("inf"):
            continue  # no JSON has it
        assert validator.is_valid(changed(path, value)) == any(words in sentence for words in beyond), sentence
